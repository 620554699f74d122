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
  return (
    calledNull(access) ??
    jumpedAway(access) ??
    (access.fault.address === null ? byArguments(access) : byAddress(access))
  );
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
  const direct = kind === "null" ? "null-access" : "null-member";
  return { ...nothing, kind: direct, address, evidence, confidence: exact ? "certain" : "likely" };
}

/** The pointers that an access close to address 0 may have been made with. */
function nullNear(access: DeadlyAccess, address: bigint): BadPointer | null {
  const needed = firstOf(access, neededNulls);
  if (needed.length > 0) return nullsOf(access, needed, address);
  const small = firstOf(access, smallPointers).filter((one) => one.address <= address);
  if (small.length > 0) return smallOf(access, small, true);
  const optional = firstOf(access, optionalNulls);
  if (optional.length > 0) return nullsOf(access, optional, address);
  const unsure = [
    ...pointerLocals(access.frames, access.crashFrame),
    ...printedPointers(access.prints),
  ].filter(isNull);
  return unsure.length === 0 ? null : nullsOf(access, unsure, address);
}

/** Nothing but the values that frames show tells of the access. */
function byArguments(access: DeadlyAccess): BadPointer | null {
  const odd = strange(access);
  if (odd !== null) return odd;
  const nulls = firstOf(access, neededNulls);
  const small = firstOf(access, smallPointers);
  const nullFirst = nulls.length > 0 && (small[0]?.frame ?? Infinity) >= (nulls[0]?.frame ?? 0);
  if (nullFirst) {
    const found = nullsOf(access, nulls, null);
    return small[0]?.frame === nulls[0]?.frame ? { ...found, confidence: "possible" } : found;
  }
  if (small.length > 0) return smallOf(access, small, false);
  const optional = firstOf(access, optionalNulls);
  if (optional.length > 0) return nullsOf(access, optional, null);
  const unsure = [
    ...pointerLocals(access.frames, access.crashFrame),
    ...printedPointers(access.prints),
  ].filter(isNull);
  return unsure.length === 1 ? nullsOf(access, unsure, null) : null;
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

function nullsOf(access: DeadlyAccess, nulls: readonly ShownPointer[], address: bigint | null): BadPointer {
  return {
    ...nothing,
    kind: "null-argument",
    pointers: nulls,
    confidence: sureOf(access, nulls, address !== null),
  };
}

/**
 * Sure where the access went to the first pages and one pointer alone can have led there; an optional one may be null on
 * purpose, a local may be one that was not written yet, and what a caller shows may not be what it handed on.
 */
function sureOf(access: DeadlyAccess, pointers: readonly ShownPointer[], known: boolean): Confidence {
  const [only, ...others] = pointers;
  if (only === undefined || others.length > 0 || only.optional) return "possible";
  const isArgument = only.position !== null;
  if (isArgument && isDirect(access, only)) return known && !only.atEntry ? "certain" : "likely";
  return known ? "likely" : "possible";
}

/** The pointer was in the hands of the code that made the access. */
function isDirect({ origin, suspects, crashFrame }: DeadlyAccess, { frame }: ShownPointer): boolean {
  return frame === origin || (frame !== crashFrame && suspects.includes(frame ?? -1));
}

function smallOf(access: DeadlyAccess, pointers: readonly ShownPointer[], known: boolean): BadPointer {
  const address = pointers[0]?.address ?? null;
  return { ...nothing, kind: "null-member", pointers, address, confidence: sureOf(access, pointers, known) };
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
    ({ address, quantity }) => kindOfAddress(address) === "small" && !quantity,
  );
}

function strangePointers({ frames }: DeadlyAccess, frame: number): ShownPointer[] {
  return pointerArguments(frames, frame).filter(
    ({ address, quantity }) =>
      !quantity && (poisonOf(address) !== null || kindOfAddress(address) === "impossible"),
  );
}
