import type { Confidence, Evidence } from "../../model/report.js";
import type { DeadlyAccess } from "./deadly-access.js";
import { kindOfAddress } from "./pointer.js";
import { type Poison, poisonOf } from "./poison.js";
import {
  isNull,
  pointerArguments,
  pointerLocals,
  printedPointers,
  type ShownPointer,
} from "./shown-pointers.js";

/** What an access was made with, and why it could not be made. */
export type BadKind =
  | "null-call"
  | "null-argument"
  | "null-member"
  | "null-access"
  | "poisoned"
  | "impossible";

/** What is wrong with a crash's access. */
export interface BadPointer {
  readonly kind: BadKind;
  /** The pointers that show it: of several, which was followed is not known. None where only the address is known. */
  readonly pointers: readonly ShownPointer[];
  /** The address that was followed; null where nothing tells. */
  readonly address: bigint | null;
  readonly poison: Poison | null;
  readonly confidence: Confidence;
  /** What tells the address. */
  readonly evidence: readonly Evidence[];
}

const nothing = { pointers: [], address: null, poison: null, evidence: [] } as const;

/** Finds what is wrong with the access that ended a process; null where the trace shows nothing of it. Never throws. */
export function badPointerOf(access: DeadlyAccess): BadPointer | null {
  const jump = calledNull(access) ?? jumpedAway(access);
  if (jump !== null) return jump;
  if (access.fault.refused) return strange(access);
  if (access.fault.address !== null) return byAddress(access);
  const found = byArguments(access);
  // Linux sends SIGBUS for what a mapped file does not have any more, and for alignment.
  return found !== null && access.crash.signal?.name === "SIGBUS"
    ? { ...found, confidence: "possible" }
    : found;
}

function calledNull(access: DeadlyAccess): BadPointer | null {
  if (!access.nullCall) return null;
  const { frames, origin, crashFrame, jumpedTo } = access;
  const calls = crashFrame === origin + 1 && frames[crashFrame]?.level === (frames[origin]?.level ?? 0) + 1;
  const nulls = neededNulls(access, crashFrame);
  return {
    ...nothing,
    kind: "null-call",
    pointers: nulls.length === 1 ? nulls : [],
    address: jumpedTo,
    confidence: calls ? "certain" : "likely",
  };
}

/** The thread went on where no code can be. */
function jumpedAway({ jumpedTo }: DeadlyAccess): BadPointer | null {
  if (jumpedTo === null) return null;
  const poison = poisonOf(jumpedTo);
  if (poison === null && kindOfAddress(jumpedTo) !== "impossible") return null;
  return {
    ...nothing,
    kind: poison === null ? "impossible" : "poisoned",
    address: jumpedTo,
    poison,
    confidence: "likely",
  };
}

/** The address of the access is known. */
function byAddress(access: DeadlyAccess): BadPointer | null {
  const told = access.fault.address;
  if (told === null) return null;
  const { address, exact } = told;
  const evidence = [told.evidence];
  const poison = poisonOf(address);
  if (poison !== null)
    return { ...nothing, kind: "poisoned", address, poison, evidence, confidence: "certain" };
  const kind = kindOfAddress(address);
  if (kind === "impossible") return { ...nothing, kind, address, evidence, confidence: "likely" };
  if (kind === "plain") return null;
  const unnamed = exact ? null : strange(access);
  if (unnamed !== null) return unnamed;
  const found = nullNear(access, address);
  if (found !== null) return { ...found, address, evidence };
  if (kind === "null")
    return { ...nothing, kind: "null-access", address, evidence, confidence: exact ? "certain" : "likely" };
  const confidence = isOffset(address) ? "likely" : "possible";
  return { ...nothing, kind: "null-member", address, evidence, confidence };
}

/** The pointers that an access close to address 0 may have been made with. */
function nullNear(access: DeadlyAccess, address: bigint): BadPointer | null {
  const needed = firstOf(access, neededNulls);
  if (needed.length > 0) return nullsOf(access, needed, true);
  const small = firstOf(access, smallPointers).filter((one) => one.address <= address);
  if (small.length > 0) return smallOf(access, small, true);
  const optional = firstOf(access, optionalNulls);
  if (optional.length > 0) return nullsOf(access, optional, true);
  const unsure = otherNulls(access);
  return unsure.length === 0 ? null : nullsOf(access, unsure, true);
}

/** Nothing but the values that frames show tells of the access: what may be null on purpose tells nothing. */
function byArguments(access: DeadlyAccess): BadPointer | null {
  const odd = strange(access);
  if (odd !== null) return odd;
  const [nulls, small] = [firstOf(access, neededNulls), firstOf(access, smallPointers)];
  const [nullAt, smallAt] = [
    access.suspects.indexOf(frameOf(nulls)),
    access.suspects.indexOf(frameOf(small)),
  ];
  if (smallAt !== -1 && (nullAt === -1 || smallAt < nullAt)) return smallOf(access, small, false);
  if (nullAt === -1) {
    const unsure = otherNulls(access);
    return unsure.length === 1 ? nullsOf(access, unsure, false) : null;
  }
  const found = nullsOf(access, nulls, false);
  return smallAt === nullAt ? { ...found, confidence: "possible" } : found;
}

function frameOf([first]: readonly ShownPointer[]): number {
  return first?.frame ?? -1;
}

/** The nulls among the locals of the crash frame, and what somebody printed. */
function otherNulls({ frames, crashFrame, prints }: DeadlyAccess): ShownPointer[] {
  const shown = [...pointerLocals(frames, crashFrame), ...printedPointers(prints)];
  return shown.filter((one) => isNull(one) && !one.optional);
}

/** A pointer that is a well-known pattern, or no address at all. */
function strange(access: DeadlyAccess): BadPointer | null {
  const given = firstOf(access, strangePointers);
  const locals = pointerLocals(access.frames, access.crashFrame).filter(
    ({ address }) => poisonOf(address) !== null,
  );
  const [first] = given.length > 0 ? given : locals;
  if (first === undefined) return null;
  const poison = poisonOf(first.address);
  const sure = given.length === 1 && !first.optional && isDirect(access, first);
  return {
    ...nothing,
    kind: poison === null ? "impossible" : "poisoned",
    pointers: [first],
    address: first.address,
    poison,
    confidence: sure ? "likely" : "possible",
  };
}

function nullsOf(access: DeadlyAccess, nulls: readonly ShownPointer[], known: boolean): BadPointer {
  const confidence = sureOf(access, nulls, known);
  return { ...nothing, kind: "null-argument", pointers: nulls, confidence };
}

function smallOf(access: DeadlyAccess, pointers: readonly ShownPointer[], known: boolean): BadPointer {
  const address = pointers[0]?.address ?? 0n;
  const confidence = isOffset(address) ? sureOf(access, pointers, known) : "possible";
  return { ...nothing, kind: "null-member", pointers, address, confidence };
}

/** The address of a member: most are aligned, and few structures are larger than a page. Others may be numbers. */
function isOffset(address: bigint): boolean {
  return address < 0x1000n && address % 4n === 0n;
}

/**
 * Sure where the access went to the first pages and one pointer alone can have led there. A local may be one that was not
 * written yet, and what a caller shows may not be what it handed on.
 * @param known whether the address of the access is known
 */
function sureOf(access: DeadlyAccess, pointers: readonly ShownPointer[], known: boolean): Confidence {
  const [only, ...others] = pointers;
  if (only === undefined || others.length > 0 || (only.optional && isNull(only))) return "possible";
  if (only.position !== null && isDirect(access, only)) return known && !only.atEntry ? "certain" : "likely";
  return known ? "likely" : "possible";
}

/** The pointer was in the hands of the code that made the access. */
function isDirect({ origin, suspects, throughStrings }: DeadlyAccess, { frame }: ShownPointer): boolean {
  return frame === origin || (throughStrings && suspects.includes(frame ?? -1));
}

/** The pointers of the innermost frame, of those where the access was made, that has any of a kind. */
function firstOf(
  access: DeadlyAccess,
  kind: (access: DeadlyAccess, frame: number) => ShownPointer[],
): ShownPointer[] {
  for (const frame of access.suspects) {
    const found = kind(access, frame);
    if (found.length > 0) return found;
  }
  return [];
}

function neededNulls({ frames }: DeadlyAccess, frame: number): ShownPointer[] {
  return pointerArguments(frames, frame).filter((one) => isNull(one) && !one.optional);
}

function optionalNulls({ frames }: DeadlyAccess, frame: number): ShownPointer[] {
  return pointerArguments(frames, frame).filter((one) => isNull(one) && one.optional);
}

function smallPointers({ frames }: DeadlyAccess, frame: number): ShownPointer[] {
  return pointerArguments(frames, frame).filter(
    ({ address, number }) => kindOfAddress(address) === "small" && !number,
  );
}

function strangePointers({ frames }: DeadlyAccess, frame: number): ShownPointer[] {
  return pointerArguments(frames, frame).filter(
    ({ address, number }) =>
      !number && (poisonOf(address) !== null || kindOfAddress(address) === "impossible"),
  );
}
