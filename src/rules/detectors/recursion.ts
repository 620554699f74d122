import type { Confidence, Evidence } from "../../model/report.js";
import type { Frame } from "../../model/trace.js";
import { frameEvidence } from "../evidence.js";
import { leastSure } from "../reasons.js";
import { badPointerOf } from "./bad-pointer.js";
import { deadlyAccesses } from "./deadly-access.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";
import { kindOfAddress } from "./pointer.js";
import { type Recursion, recursionOf } from "./rounds.js";
import { type StackCrash, stackCrashes } from "./stack-crash.js";

/** A stack that a recursion has filled, as far as the fault, a message or the depth of the stack tells. */
export const recursion: Detector = {
  name: "recursion",
  placeholders: [
    /** The functions, in the order of their calls: `` `height` calls itself ``, `` `expr` and `term` call each other ``. */
    "cycle",
    /** `62431 times`; `in 62431 frames` where the order of the calls is not fixed. */
    "times",
    /** The frame that entered it: `#62432 main`. */
    "entry",
    /** `is full`, `may be full`: as sure as the evidence is. */
    "full",
  ],
  detect: (scene) => stackCrashes(scene).flatMap((crash) => fullBy(scene, crash) ?? []),
};

/** The stack of a thread of eight megabytes holds many more frames; one of a few dozen kilobytes not many more. */
const deep = 200;
/** No ordinary recursion is so deep: what goes so far down a list or a tree fills a stack soon. */
const veryDeep = 1000;
/** A stack that was cut tells how deep it is at the least. */
const leastShown = 16;

function fullBy(scene: DetectorScene, stack: StackCrash): Detection | null {
  const { frames } = stack.thread;
  const found = recursionOf(frames, stack.origin);
  if (found === null) return null;
  const confidence = confidenceOf(scene, stack, found);
  if (confidence === null) return null;
  const entry = frames[found.end];
  const [first = null, ...rest] = [...proofOf(stack), ...stack.unreadable, ...runEvidence(stack, found)];
  if (first === null) return null;
  return {
    thread: stack.thread.index,
    frames: [
      ...found.round.toSorted((one, other) => one - other),
      ...(entry === undefined ? [] : [found.end]),
    ],
    evidence: [first, ...rest],
    confidence: leastSure([confidence, stack.crash.sure ? "certain" : "possible"]),
    data: {
      cycle: cycleText(frames, found),
      times: timesText(stack, found),
      entry: entry === undefined ? "a frame that is not shown" : nameOf(entry),
      full:
        confidence === "certain" ? "is full" : confidence === "likely" ? "seems to be full" : "may be full",
    },
  };
}

function proofOf({ said, near }: StackCrash): Evidence[] {
  return [...said, ...near];
}

/** Null where the crash has another reason, or the recursion is one that any program may be in. */
function confidenceOf(scene: DetectorScene, stack: StackCrash, found: Recursion): Confidence | null {
  if (proofOf(stack).length > 0) return "certain";
  if (isElsewhere(stack)) return null;
  if (stack.unreadable.length > 0) return "likely";
  const depth = (stack.thread.frames[found.end - 1]?.level ?? 0) + 1;
  const isCut = found.end === stack.thread.frames.length && found.end - found.start >= leastShown;
  const beginsLate = (stack.thread.frames[0]?.level ?? 0) > 0;
  if (depth < veryDeep && (beginsLate || (depth < deep && !isCut))) return null;
  if (depth < veryDeep) return isExplained(scene, stack) ? null : "possible";
  return isExplained(scene, stack) ? "possible" : "likely";
}

/** The access went to the first pages, or, where the stack pointer is known, not to where it was. */
function isElsewhere({ fault: { address, stack } }: StackCrash): boolean {
  if (address === null) return false;
  return stack !== null || (address.exact && kindOfAddress(address.address) !== "plain");
}

/** A pointer at the crash frame that cannot be followed is reason enough. */
function isExplained(scene: DetectorScene, { thread }: StackCrash): boolean {
  return deadlyAccesses(scene).some((access) => {
    const bad = access.thread === thread ? badPointerOf(access) : null;
    return bad !== null && bad.confidence !== "possible";
  });
}

function cycleText(frames: readonly Frame[], { round }: Recursion): string {
  const names = round.map((index) => shownName(frames[index]));
  const [last] = names.slice(-1);
  if (names.length < 2) return `${last ?? "a function"} calls itself`;
  return `${names.slice(0, -1).join(", ")} and ${last} call each other`;
}

function shownName(frame: Frame | undefined): string {
  return frame?.function == null
    ? `the function without a name at ${frame?.address ?? "??"}`
    : `\`${frame.function}\``;
}

/** Frames that were left out at the start or the end are not counted. */
function timesText({ thread: { frames } }: StackCrash, { rounds, depth, end }: Recursion): string {
  const isWhole = end < frames.length && frames[0]?.level === 0;
  const count = rounds === null ? `in ${isWhole ? "" : "at least "}${depth} frames` : null;
  return count ?? `${isWhole ? "" : "at least "}${rounds} times`;
}

function nameOf({ level, function: name }: Frame): string {
  return `#${level} ${name ?? "??"}`;
}

function runEvidence(
  { thread: { frames }, place }: StackCrash,
  { start, end, round }: Recursion,
): Evidence[] {
  const [inner, outer, entry] = [frames[start], frames[end - 1], frames[end]];
  if (inner === undefined || outer === undefined) return [];
  const functions = round.length === 1 ? "this function" : `these ${round.length} functions`;
  const message = `from here to #${outer.level} there is nothing but ${functions}`;
  return [
    frameEvidence(inner, "for", message, place),
    ...(entry === undefined
      ? []
      : [frameEvidence(entry, "for", `the recursion was entered from ${nameOf(entry)}`, place)]),
  ];
}
