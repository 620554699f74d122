import { absenceEvidence } from "../evidence.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";
import { lockGraphOf, type Queue } from "./lock-graph.js";
import { lockWords, waitEvidence } from "./lock-words.js";
import { queuesToTell, toldWaits } from "./queues.js";

/** Many threads that wait for one lock, and nothing tells who owns it. */
export const lockQueue: Detector = {
  name: "lock-queue",
  placeholders: ["count", "lock", "ask"],
  detect: (scene) => queuesToTell(lockGraphOf(scene), scene).flatMap((queue) => queueOf(queue, scene)),
};

function queueOf({ lock, waits, owner }: Queue, scene: DetectorScene): Detection[] {
  const [first] = waits;
  const about = first.thread.index;
  const [one, ...others] = toldWaits(waits).flatMap((wait) => waitEvidence(wait, scene, about));
  if (owner !== null || one === undefined) return [];
  const place = { trace: scene.index, thread: about, excerpt: scene.excerpt };
  const missing = absenceEvidence(`the owner of ${lockWords(lock)} is not printed`, scene.trace.span, place);
  return [
    {
      thread: about,
      frames: first.frames,
      evidence: [one, ...others, missing],
      confidence: "possible",
      data: { count: `${waits.length}`, lock: lockWords(lock), ask: lock.ask ?? "" },
    },
  ];
}
