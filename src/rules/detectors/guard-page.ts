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

function fullWithout({ crash, thread, origin, said, near }: StackCrash): Detection | null {
  const [first = null, ...rest] = [...said, ...near];
  if (first === null || recursionOf(thread.frames, origin) !== null) return null;
  const depth = (thread.frames.at(-1)?.level ?? 0) + 1;
  return {
    thread: thread.index,
    frames: [crash.frame ?? origin],
    evidence: [first, ...rest],
    confidence: leastSure([said.length > 0 ? "certain" : "likely", crash.sure ? "certain" : "possible"]),
    data: { depth: `${depth} ${depth === 1 ? "frame" : "frames"}` },
  };
}
