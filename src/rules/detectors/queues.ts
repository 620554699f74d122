import type { DetectorScene } from "./detector.js";
import type { LockGraph, Queue } from "./lock-graph.js";
import type { Wait } from "./lock-waits.js";

/** Two threads at one lock are nothing to speak of. */
const fewest = 3;
/** A trace tells of so many queues. */
const most = 32;
/** So many threads of one queue are told one by one. */
const mostTold = 8;

/** The locks that many threads wait for. None beside a crash: it may be why nobody goes on. */
export function queuesToTell({ queues }: LockGraph, { crashes }: DetectorScene): readonly Queue[] {
  return crashes.length > 0 ? [] : queues.filter(({ waits }) => waits.length >= fewest).slice(0, most);
}

/** Those of a queue that are shown as evidence. */
export function toldWaits(waits: readonly Wait[]): readonly Wait[] {
  return waits.slice(0, mostTold);
}
