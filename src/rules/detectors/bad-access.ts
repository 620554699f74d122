import type { Evidence } from "../../model/report.js";
import { frameEvidence } from "../evidence.js";
import { leastSure } from "../reasons.js";
import { type BadKind, type BadPointer, badPointerOf } from "./bad-pointer.js";
import { type DeadlyAccess, deadlyAccesses } from "./deadly-access.js";
import type { Detection, DetectorScene } from "./detector.js";
import { hexadecimal, textOf } from "./pointer.js";
import {
  changedSince,
  frameName,
  isNull,
  passedThrough,
  pointerEvidence,
  type ShownPointer,
} from "./shown-pointers.js";

/** What each detection of a bad access fills. */
export const accessPlaceholders = [
  /** `` `node` of #0 walk ``, ``one of `a`, `b` of #0 walk``, or that only the address is known. */
  "pointer",
  /** ``, which comes from #3 main (`head`) through #2 visit``, or nothing. */
  "passed",
  /** What speaks against it, behind a semicolon, or nothing. */
  "doubt",
  /** What was followed: an address. */
  "address",
  /** The same in decimal: behind a null pointer, the offset of a member. */
  "offset",
  /** What the address is known for. */
  "meaning",
] as const;

/** The crashes of a trace whose access is wrong in one way. Never throws. */
export function badAccesses(scene: DetectorScene, kind: BadKind): Detection[] {
  return deadlyAccesses(scene).flatMap((access) => {
    const bad = badPointerOf(access);
    return bad?.kind === kind ? detectionsOf(access, bad) : [];
  });
}

function detectionsOf(access: DeadlyAccess, bad: BadPointer): Detection[] {
  const { crash, crashFrame } = access;
  const passed = passedOf(access, bad);
  const shown = [...bad.pointers, ...passed];
  const [first, ...rest] = [
    ...bad.evidence,
    ...jumpEvidence(access, bad),
    ...shown.map((pointer) => shownEvidence(access, pointer)),
  ];
  if (first === undefined) return [];
  const frames = shown.flatMap(({ frame }) => frame ?? []);
  return [
    {
      thread: crash.thread,
      frames: frames.length > 0 ? [...new Set(frames)] : [crashFrame],
      evidence: [first, ...rest],
      confidence: leastSure([bad.confidence, crash.sure ? "certain" : "possible"]),
      data: {
        pointer: pointerText(access, bad),
        passed: passedText(access, bad, passed),
        doubt: doubtText(bad),
        address: bad.address === null ? "an address that is not shown" : hexadecimal(bad.address),
        offset: `${bad.address ?? 0n}`,
        meaning: meaningOf(bad),
      },
    },
  ];
}

/** Who handed a null pointer on, where it is clear which it is. */
function passedOf({ frames }: DeadlyAccess, { pointers }: BadPointer): ShownPointer[] {
  const [only, ...others] = pointers;
  return only !== undefined && others.length === 0 && isNull(only) ? passedThrough(frames, only) : [];
}

/** The innermost frame is where no code is. */
function jumpEvidence(
  { frames, origin, place }: DeadlyAccess,
  { pointers, evidence, kind }: BadPointer,
): Evidence[] {
  const frame = frames[origin];
  const isJump = kind === "null-call" || (pointers.length === 0 && evidence.length === 0);
  return isJump && frame !== undefined
    ? [frameEvidence(frame, "for", "no code is at this address", place)]
    : [];
}

function shownEvidence({ frames, place }: DeadlyAccess, pointer: ShownPointer): Evidence {
  const value = isNull(pointer) ? "null" : hexadecimal(pointer.address);
  const when = pointer.atEntry ? " when it was called" : "";
  const where = pointer.frame === null ? "gdb printed" : `${frames[pointer.frame]?.function ?? "??"} has`;
  return pointerEvidence(frames, pointer, `${where} ${pointer.name} = ${value}${when}`, place);
}

function pointerText({ frames }: DeadlyAccess, { pointers, address }: BadPointer): string {
  const [first, ...others] = pointers;
  if (first === undefined) return address === null ? "a pointer" : `the address ${hexadecimal(address)}`;
  const names = [...new Set(pointers.map(({ name }) => `\`${name}\``))].slice(0, mostNames);
  const where = first.frame === null ? "" : ` of ${frameName(frames, first.frame)}`;
  return `${others.length > 0 ? "one of " : ""}${names.join(", ")}${where}`;
}

/** More names than these help nobody. */
const mostNames = 4;

function passedText(
  { frames }: DeadlyAccess,
  { pointers }: BadPointer,
  passed: readonly ShownPointer[],
): string {
  const [only] = pointers;
  const origin = passed.at(-1);
  if (only === undefined) return "";
  if (origin === undefined)
    return changedSince(frames, only) ? ", which was not null when it was called" : "";
  const through = passed
    .slice(0, -1)
    .flatMap(({ frame }) => (frame === null ? [] : [frameName(frames, frame)]));
  const by = through.length === 0 ? "" : ` through ${through.toReversed().join(", ")}`;
  return `, which comes from ${frameName(frames, origin.frame ?? 0)} (\`${origin.name}\`)${by}`;
}

function doubtText({ kind, pointers }: BadPointer): string {
  const [first, ...others] = pointers;
  if (first === undefined || kind === "null-call") return "";
  if (others.length > 0) return "; which of them was followed is not shown";
  if (first.optional) return "; by its name it may be meant to be no valid pointer";
  return first.frame !== null && first.position === null ? "; a local may not have been in use yet" : "";
}

function meaningOf({ poison, address, kind }: BadPointer): string {
  if (poison !== null) return `${poison.pattern} is the value that ${poison.meaning}`;
  const text = kind !== "impossible" || address === null ? null : textOf(address);
  if (text !== null) return `its bytes are the text \`${text}\``;
  return kind === "impossible" ? "no memory has such an address" : "nothing is mapped so close to address 0";
}
