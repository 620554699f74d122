import type { Finding } from "../model/report.js";
import type { Frame, Thread, Trace } from "../model/trace.js";

/** What the order of stacks is taken from. */
type Involving = Pick<Finding, "trace" | "thread" | "holder" | "candidates" | "evidence">;

/** How near a thread is to what happened, the nearest first. */
const ranks = { crashed: 0, judged: 1, named: 2, other: 3 } as const;

/**
 * For each trace its threads by their stacks, as the report shows them (`stacks`). Threads have the same stack where all frames
 * agree in level, function, kind, place and library; a frame that shows none of these is told by its address. Takes time in
 * proportion to the frames and findings and throws nothing.
 */
export function stacksIn(
  traces: readonly Pick<Trace, "threads">[],
  findings: readonly Involving[],
): number[][][] {
  const near = traces.map(() => new Map<number, number>());
  for (const { trace, thread, rank } of findings.flatMap(placesOf)) {
    const known = near[trace];
    known?.set(thread, Math.min(rank, known.get(thread) ?? ranks.other));
  }
  return traces.map(({ threads }, index) => stacksOf(threads, near[index] ?? new Map()));
}

interface Place {
  readonly trace: number;
  readonly thread: number;
  readonly rank: number;
}

/** The threads that a finding names. */
function placesOf({ trace, thread, holder, candidates, evidence }: Involving): Place[] {
  const named = [...(holder === null ? [] : [holder]), ...candidates, ...evidence];
  return [
    { trace, thread, rank: ranks.judged },
    ...named.map((one) => ({ ...one, rank: ranks.named })),
  ].flatMap((place) =>
    place.trace === null || place.thread === null
      ? []
      : [{ trace: place.trace, thread: place.thread, rank: place.rank }],
  );
}

function stacksOf(threads: readonly Thread[], near: ReadonlyMap<number, number>): number[][] {
  const rankOf = ({ crashed, index }: Thread): number =>
    crashed ? ranks.crashed : (near.get(index) ?? ranks.other);
  const stacks = new Map<string, { thread: Thread; rank: number }[]>();
  for (const thread of threads) {
    const key = keyOf(thread);
    const stack = stacks.get(key) ?? [];
    stacks.set(key, stack);
    stack.push({ thread, rank: rankOf(thread) });
  }
  return [...stacks.values()]
    .map((stack) => stack.sort((one, other) => one.rank - other.rank))
    .sort((one, other) => (one[0]?.rank ?? 0) - (other[0]?.rank ?? 0) || other.length - one.length)
    .map((stack) => stack.map(({ thread }) => thread.index));
}

/** A coroutine's stack is none of a thread's, however much they agree. */
function keyOf({ frames, coroutine }: Thread): string {
  return JSON.stringify([coroutine === null, frames.map(signOf)]);
}

function signOf({ level, function: name, kind, location, library, address }: Frame): unknown[] {
  const shown = [name, location?.file ?? null, location?.line ?? null, library];
  return [level, kind, ...shown, shown.every((part) => part === null) ? address : null];
}
