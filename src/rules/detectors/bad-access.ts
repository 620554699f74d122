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
  /** What is wrong with which pointer: `` `node` of #0 walk is null ``, `the access went to 0x18`. */
  "pointer",
  /** `` and comes from #3 main (`head`) through #2 visit``, or nothing. */
  "passed",
  /** What speaks against it, behind a semicolon, or nothing. */
  "doubt",
  /** The address of the access, or what the pointer holds where that is not known. */
  "address",
  /** What the pointer holds, in decimal: behind a null pointer the offset of a member. */
  "offset",
  /** What the address is known for. */
  "meaning",
] as const;

/** The crashes of a trace whose access is wrong in one way. Never throws. */
export function badAccesses(scene: DetectorScene, kind: BadKind): Detection[] {
  return badIn(scene).flatMap(({ access, bad }) => (bad.kind === kind ? detectionsOf(access, bad) : []));
}

/** Each way in which an access can be wrong has a detector of its own; all look at the same accesses. */
const known = new WeakMap<DetectorScene, readonly BadAccess[]>();

interface BadAccess {
  readonly access: DeadlyAccess;
  readonly bad: BadPointer;
}

function badIn(scene: DetectorScene): readonly BadAccess[] {
  const seen = known.get(scene);
  if (seen !== undefined) return seen;
  const found = deadlyAccesses(scene).flatMap((access) => {
    const bad = badPointerOf(access);
    return bad === null ? [] : [{ access, bad }];
  });
  known.set(scene, found);
  return found;
}

function detectionsOf(access: DeadlyAccess, bad: BadPointer): Detection[] {
  const { crash, crashFrame } = access;
  const passed = passedOf(access, bad);
  const shown = [...bad.pointers, ...passed];
  const [first, ...rest] = [
    ...bad.evidence,
    ...jumpEvidence(access, bad),
    ...shown.map((pointer) => shownEvidence(access, pointer)),
    ...crashEvidence(access),
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
        offset: `${bad.pointers[0]?.address ?? bad.address ?? 0n}`,
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

/** Where it is: by this frame the findings of several tools are told to be one. */
function crashEvidence({ frames, crashFrame, place }: DeadlyAccess): Evidence[] {
  const frame = frames[crashFrame];
  return frame === undefined
    ? []
    : [frameEvidence(frame, "for", "the innermost frame that is not machinery", place)];
}

function shownEvidence({ frames, place }: DeadlyAccess, pointer: ShownPointer): Evidence {
  const value = isNull(pointer) ? "null" : hexadecimal(pointer.address);
  const when = pointer.atEntry ? " when it was called" : "";
  const where = pointer.frame === null ? "gdb printed" : `${frames[pointer.frame]?.function ?? "??"} has`;
  return pointerEvidence(frames, pointer, `${where} ${pointer.name} = ${value}${when}`, place);
}

function pointerText({ frames }: DeadlyAccess, bad: BadPointer): string {
  const [first, ...others] = bad.pointers;
  if (first === undefined) return addressText(bad);
  const names = [...new Set(bad.pointers.map(({ name }) => `\`${name}\``))];
  const where = first.frame === null ? "" : ` of ${frameName(frames, first.frame)}`;
  const value = isNull(first) ? "null" : hexadecimal(first.address);
  const verb = others.length > 0 ? "are" : first.atEntry ? "was, when it was called," : "is";
  return `${names.slice(0, mostNames).join(", ")}${where} ${verb} ${value}`;
}

/** More names than these help nobody. */
const mostNames = 4;

function addressText({ kind, address, evidence }: BadPointer): string {
  if (kind === "null-call" || address === null) return "no frame shows which pointer it is";
  const did = evidence.length > 0 ? "the access went to" : "the thread went on at";
  return `${did} ${hexadecimal(address)}`;
}

function passedText(
  { frames }: DeadlyAccess,
  { pointers: [only] }: BadPointer,
  passed: readonly ShownPointer[],
): string {
  if (only === undefined) return "";
  const origin = passed.at(-1);
  if (origin === undefined)
    return changedSince(frames, only) ? " and was not when the function was called" : "";
  const through = passed
    .slice(0, -1)
    .flatMap(({ frame }) => (frame === null ? [] : [frameName(frames, frame)]));
  const by = through.length === 0 ? "" : ` through ${through.toReversed().join(", ")}`;
  return ` and comes from ${frameName(frames, origin.frame ?? 0)} (\`${origin.name}\`)${by}`;
}

function doubtText({ kind, pointers }: BadPointer): string {
  const [first, ...others] = pointers;
  if (first === undefined || kind === "null-call") return "";
  if (others.length > 0) return "; which of them was followed is not shown";
  if (first.optional && isNull(first)) return "; by its name it may be null on purpose";
  return first.frame !== null && first.position === null ? "; a local may not have been in use yet" : "";
}

function meaningOf({ poison, address, kind }: BadPointer): string {
  if (poison !== null) return `${poison.pattern} is the value that ${poison.meaning}`;
  const text = kind !== "impossible" || address === null ? null : textOf(address);
  if (text !== null) return `its bytes are the text \`${text}\``;
  return kind === "impossible" ? "no memory has such an address" : "nothing is mapped so close to address 0";
}
