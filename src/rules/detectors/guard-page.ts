import { frameEvidence } from "../evidence.js";
import { leastSure } from "../reasons.js";
import type { Detection, Detector } from "./detector.js";
import { recursionOf } from "./rounds.js";
import { type StackCrash, stackCrashes } from "./stack-crash.js";

/** A stack that is full without a recursion: large arrays, alloca, a small stack. */
export const guardPage: Detector = {
  name: "guard-page",
  placeholders: [
    /** How many frames the stack has, by its levels. */
    "depth",
  ],
  detect: (scene) => stackCrashes(scene).flatMap((stack) => fullWithout(stack) ?? []),
};

function fullWithout({ crash, thread, origin, said, near, place }: StackCrash): Detection | null {
  const { frames, end } = thread;
  const [first = null, ...rest] = [...said, ...near];
  const beginsLate = (frames[0]?.level ?? 0) > 0;
  if (first === null || beginsLate || recursionOf(frames, origin) !== null) return null;
  const depth = (frames.at(-1)?.level ?? 0) + 1;
  const frame = frames[crash.frame ?? origin];
  const least = end === null ? "" : "at least ";
  return {
    thread: thread.index,
    frames: [crash.frame ?? origin],
    evidence: [
      first,
      ...rest,
      ...(frame === undefined
        ? []
        : [frameEvidence(frame, "for", "the innermost frame that is not machinery", place)]),
    ],
    confidence: leastSure([said.length > 0 ? "certain" : "likely", crash.sure ? "certain" : "possible"]),
    data: { depth: `${least}${depth} ${depth === 1 ? "frame" : "frames"}` },
  };
}
