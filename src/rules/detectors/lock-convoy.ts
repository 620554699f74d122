import type { Confidence, Evidence } from "../../model/report.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";
import { type LockGraph, lockGraphOf, type Queue } from "./lock-graph.js";
import type { Owner } from "./lock-owners.js";
import { doingOf } from "./lock-waits.js";
import { doingEvidence, lockWords, ownerEvidence, threadWords, waitEvidence } from "./lock-words.js";
import { queuesToTell, toldWaits } from "./queues.js";

/**
 * Many threads that wait for one lock whose owner is known and goes on, or waits for somebody who goes on. Those who wait
 * for a circle are told with the circle.
 */
export const lockConvoy: Detector = {
  name: "lock-convoy",
  placeholders: ["count", "lock", "owner", "doing", "ask"],
  detect: (scene) => {
    const graph = lockGraphOf(scene);
    return queuesToTell(graph, scene).flatMap((queue) => convoyOf(queue, graph, scene));
  },
};

const confidences: Readonly<Record<Owner["how"], Confidence>> = {
  printed: "certain",
  guarded: "likely",
  inferred: "possible",
};

function convoyOf({ lock, waits, owner }: Queue, graph: LockGraph, scene: DetectorScene): Detection[] {
  if (owner === null) return [];
  const end = owner.thread === null ? null : graph.endOf(owner.thread);
  if (owner.thread !== null && end === null) return [];
  const [first] = waits;
  const about = first.thread.index;
  const [one, ...others] = toldWaits(waits).flatMap((wait) => waitEvidence(wait, scene, about));
  if (one === undefined) return [];
  return [
    {
      thread: about,
      frames: first.frames,
      evidence: [
        one,
        ...others,
        ownerEvidence(owner, lock, scene),
        ...holderEvidence(owner, end, graph, scene, about),
      ],
      confidence: confidences[owner.how],
      data: {
        count: `${waits.length}`,
        lock: lockWords(lock),
        owner: ownerWords(owner, scene),
        doing: doingWords(owner, end, scene),
        ask: owner.how === "printed" ? "" : (lock.ask ?? ""),
      },
    },
  ];
}

function ownerWords({ thread, lwp }: Owner, { trace }: DetectorScene): string {
  const holder = thread === null ? undefined : trace.threads[thread];
  return holder === undefined ? `LWP ${lwp}, which is not shown` : threadWords(holder);
}

/** What the owner does; where it waits as well, what the thread does that all of them wait for. */
function doingWords({ thread }: Owner, end: number | null, { trace, rolesOf }: DetectorScene): string {
  const last = end === null ? undefined : trace.threads[end];
  if (last === undefined) return "";
  const name = doingOf(last, rolesOf)?.function ?? null;
  const where = name === null ? "" : ` in ${name}`;
  return end === thread ? where : `; that waits for ${threadWords(last)}${where}`;
}

function holderEvidence(
  { thread }: Owner,
  end: number | null,
  graph: LockGraph,
  scene: DetectorScene,
  about: number,
): Evidence[] {
  const last = end === null ? undefined : scene.trace.threads[end];
  const next = thread === null ? null : graph.edgeOf(thread);
  return [
    ...(next === null ? [] : waitEvidence(next.wait, scene, about)),
    ...(last === undefined ? [] : doingEvidence(last, scene, about)),
  ];
}
