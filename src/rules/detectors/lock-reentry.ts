import type { Frame, ReadThread } from "../../model/trace.js";
import { canonicalName } from "../../text/names.js";
import { frameEvidence } from "../evidence.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";
import { lockGraphOf } from "./lock-graph.js";
import type { Wait } from "./lock-waits.js";
import { lockWords, threadWords } from "./lock-words.js";
import { pointerIn } from "./mutex-text.js";

/**
 * A thread that waits for a lock in a function which further out, for the same object, has gone on past that place: it may
 * hold the lock itself. It may also have let it go before it called on, which the stack does not show.
 */
export const lockReentry: Detector = {
  name: "lock-reentry",
  placeholders: ["lock", "function", "line", "outer", "ask"],
  detect: (scene) => {
    if (scene.crashes.length > 0) return [];
    const { queues } = lockGraphOf(scene);
    const loose = queues.filter(({ owner, waits }) => owner === null && waits.length < 3);
    return loose.flatMap(({ waits }) => waits.flatMap((wait) => reentryOf(wait, scene))).slice(0, most);
  },
};

const most = 32;

function reentryOf(wait: Wait, scene: DetectorScene): Detection[] {
  const { thread, caller, frames, lock } = wait;
  const inner = caller === null ? undefined : thread.frames[caller];
  const outer = inner === undefined ? null : outerCallOf(thread, inner);
  if (caller === null || inner === undefined || outer === null || lock === null) return [];
  const place = { trace: scene.index, thread: thread.index, excerpt: scene.excerpt };
  const name = inner.function ?? "??";
  const [line, later] = [inner.location?.line, outer.location?.line];
  return [
    {
      thread: thread.index,
      frames,
      evidence: [
        frameEvidence(
          inner,
          "for",
          `${threadWords(thread)} waits for ${lockWords(lock)} at line ${line}`,
          place,
        ),
        frameEvidence(
          outer,
          "for",
          `${name} has gone past that line, to ${later}, for the same object`,
          place,
        ),
      ],
      confidence: "possible",
      data: {
        lock: lockWords(lock),
        function: name,
        line: `${line}`,
        outer: `${later}`,
        ask: lock.ask ?? "",
      },
    },
  ];
}

/** A call of the same function for the same object that has come further than the inner one. */
function outerCallOf({ frames }: ReadThread, inner: Frame): Frame | null {
  const line = inner.location?.line ?? null;
  const object = objectOf(inner);
  if (line === null || inner.function === null || object === null) return null;
  const name = canonicalName(inner.function);
  const isLater = (frame: Frame): boolean =>
    frame.level > inner.level &&
    frame.function !== null &&
    canonicalName(frame.function) === name &&
    frame.location?.file === inner.location?.file &&
    (frame.location?.line ?? 0) > line &&
    objectOf(frame) === object;
  return frames.find(isLater) ?? null;
}

/** The first argument, where it is a pointer. */
function objectOf({ arguments: [first] }: Frame): string | null {
  return first === undefined ? null : (pointerIn(first.value ?? first.entryValue ?? "")?.address ?? null);
}
