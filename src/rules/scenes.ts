import type { Frame, ReadThread, ReadTrace } from "../model/trace.js";
import type { Crash } from "./crash.js";
import type { Excerpt } from "./evidence.js";
import type { Judgement } from "./judge.js";
import type { Detections } from "./proof.js";
import type { Scene } from "./scene.js";
import { Siblings } from "./siblings.js";

/**
 * Sets the scenes of a trace: for each of its threads one for every pack, in the packs' order.
 * @param crashes the one, or those that may be it
 * @param judgements for each thread what every pack says of it
 */
export function scenesOf(
  trace: ReadTrace,
  index: number,
  crashes: readonly Crash[],
  judgements: readonly (readonly Judgement[])[],
  excerpt: Excerpt,
  detections: Detections,
): (thread: ReadThread) => Scene[] {
  const packs = judgements[0]?.length ?? 0;
  const siblings = Array.from(
    { length: packs },
    (_, pack) => new Siblings(threadsUnder(trace, judgements, pack)),
  );
  const suspects = crashes.filter(({ sure }) => sure).map((crash) => crash.thread);
  return (thread) =>
    (judgements[thread.index] ?? []).map((judgement, pack) => ({
      judgement,
      thread,
      crash: crashes.find((crash) => crash.thread === thread.index) ?? null,
      assertion: tellsOf(trace, thread, crashes) ? trace.assertion : null,
      place: { trace: index, thread: thread.index, excerpt },
      siblings: siblings[pack] ?? new Siblings([]),
      detections,
      suspect: suspects.length === 0 || suspects.includes(thread.index),
      damaged: thread.end?.reason === "cut" || hasGap(thread.frames),
    }));
}

/** Whether frames are missing in between: a frame filter shows those that it folded in another order, and leaves none out. */
function hasGap(frames: readonly Frame[]): boolean {
  const least = frames.reduce((found, { level }) => Math.min(found, level), Number.POSITIVE_INFINITY);
  const most = frames.reduce((found, { level }) => Math.max(found, level), 0);
  return most - least >= frames.length;
}

/** Whether the assertion of a trace failed in a thread: where several may have crashed, in the one whose frames hold it. */
function tellsOf({ assertion }: ReadTrace, thread: ReadThread, crashes: readonly Crash[]): boolean {
  if (crashes.length === 1) return crashes[0]?.thread === thread.index;
  if (crashes.length === 0 || assertion === null) return true;
  const { start, end } = thread.span;
  return start.offset <= assertion.span.start.offset && assertion.span.start.offset < end.offset;
}

function threadsUnder(trace: ReadTrace, judgements: readonly (readonly Judgement[])[], pack: number) {
  return trace.threads.flatMap((thread) => {
    const judgement = judgements[thread.index]?.[pack];
    return judgement === undefined ? [] : [{ thread, judgement }];
  });
}
