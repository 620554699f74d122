import type { DetectorScene } from "./detector.js";
import { type Owner, ownersOf } from "./lock-owners.js";
import { type Lock, type Wait, waitsOf } from "./lock-waits.js";

/** A thread that waits for another. */
export interface Edge {
  readonly wait: Wait;
  /** The index of the thread that it waits for. */
  readonly to: number;
  /** Who owns the lock; null where it waits for the thread's end. */
  readonly owner: Owner | null;
}

/** Those who wait for one lock. */
export interface Queue {
  readonly lock: Lock;
  /** In the order of the text. */
  readonly waits: readonly [Wait, ...Wait[]];
  readonly owner: Owner | null;
}

/** Threads that wait for each other in a circle. */
export interface Cycle {
  /** Each waits for the next, the last for the first; it begins with the one that comes first in the text. */
  readonly edges: readonly [Edge, ...Edge[]];
  /** How many other threads wait for these, directly or through others. */
  readonly behind: number;
}

/** Who waits for whom in one trace. */
export interface LockGraph {
  readonly queues: readonly Queue[];
  readonly cycles: readonly Cycle[];
  /** The thread at which a chain of waits that begins with this one ends; null where it runs into a cycle. */
  readonly endOf: (thread: number) => number | null;
  /** What a thread waits for, where it is known which thread that is. */
  readonly edgeOf: (thread: number) => Edge | null;
}

/** The detectors of locks ask one after another for the same scene: it is read once. */
const known = new WeakMap<DetectorScene, LockGraph>();

/** Reads a trace as a graph in which each thread waits for one other at most. Linear in the trace; throws nothing. */
export function lockGraphOf(scene: DetectorScene): LockGraph {
  const graph = known.get(scene) ?? readGraph(scene);
  known.set(scene, graph);
  return graph;
}

function readGraph(scene: DetectorScene): LockGraph {
  const waits = waitsOf(scene);
  const owners = ownersOf(scene, waits);
  const edges = waits.map((wait) => (wait === null ? null : edgeFor(wait, owners)));
  const { rings, ends } = circlesIn(edges.map((edge) => edge?.to ?? null));
  return {
    queues: queuesOf(waits, owners),
    cycles: cyclesOf(rings, ends, edges),
    endOf: (thread) => {
      const end = ends[thread];
      return end === undefined || end.ring !== null ? null : end.thread;
    },
    edgeOf: (thread) => edges[thread] ?? null,
  };
}

function edgeFor(wait: Wait, owners: ReadonlyMap<string, Owner>): Edge | null {
  if (wait.kind === "thread") return wait.joined === null ? null : { wait, to: wait.joined, owner: null };
  const owner = wait.lock === null ? undefined : owners.get(wait.lock.address);
  return owner === undefined || owner.thread === null ? null : { wait, to: owner.thread, owner };
}

function queuesOf(waits: readonly (Wait | null)[], owners: ReadonlyMap<string, Owner>): Queue[] {
  const byLock = new Map<string, { lock: Lock; waits: [Wait, ...Wait[]] }>();
  for (const wait of waits) {
    if (wait === null || wait.lock === null) continue;
    const queue = byLock.get(wait.lock.address);
    if (queue === undefined) byLock.set(wait.lock.address, { lock: wait.lock, waits: [wait] });
    else queue.waits.push(wait);
  }
  return [...byLock.values()].map((queue) => ({ ...queue, owner: owners.get(queue.lock.address) ?? null }));
}

/** Where the way from a thread along the arrows ends. */
interface End {
  /** The last thread, or for a ring the one from which it was first seen. */
  readonly thread: number;
  /** The number of the ring that it runs into; null where it ends at a thread that waits for nobody. */
  readonly ring: number | null;
}

/**
 * The rings of a graph in which each node has one arrow at most, and where the way from each node ends. Each node is
 * visited once.
 * @param next for each node the node that its arrow points to
 */
export function circlesIn(next: readonly (number | null)[]): { rings: number[][]; ends: End[] } {
  const ends: (End | undefined)[] = next.map(() => undefined);
  const rings: number[][] = [];
  const position = new Map<number, number>();
  for (let start = 0; start < next.length; start++) {
    const way: number[] = [];
    let node: number | null = start;
    position.clear();
    while (node !== null && ends[node] === undefined && !position.has(node)) {
      position.set(node, way.length);
      way.push(node);
      node = next[node] ?? null;
    }
    const last = way.at(-1);
    if (last === undefined) continue;
    const back = node === null ? undefined : position.get(node);
    let end: End = (node === null ? undefined : ends[node]) ?? { thread: last, ring: null };
    if (back !== undefined) {
      end = { thread: way[back] ?? last, ring: rings.length };
      rings.push(way.slice(back));
    }
    for (const one of way) ends[one] = end;
  }
  return { rings, ends: ends.map((end, thread) => end ?? { thread, ring: null }) };
}

function cyclesOf(
  rings: readonly (readonly number[])[],
  ends: readonly End[],
  edges: readonly (Edge | null)[],
): Cycle[] {
  const sizes = rings.map(() => 0);
  for (const { ring } of ends) if (ring !== null) sizes[ring] = (sizes[ring] ?? 0) + 1;
  return rings.flatMap((ring, number) => {
    const start = firstInText(ring);
    const turned = [...ring.slice(start), ...ring.slice(0, start)];
    const [first, ...others] = turned.flatMap((thread) => edges[thread] ?? []);
    if (first === undefined) return [];
    return [{ edges: [first, ...others], behind: (sizes[number] ?? 0) - ring.length }];
  });
}

function firstInText(ring: readonly number[]): number {
  return ring.reduce((best, thread, at) => (thread < (ring[best] ?? thread) ? at : best), 0);
}
