import type { Frame } from "../../model/trace.js";
import type { TraceBuilder } from "./trace.js";

/** A frame, as others show it as well. */
export type FrameKey = string;

export function frameKey({ level, function: name }: { level: number; function: string | null }): FrameKey {
  return `${level} ${name}`;
}

/**
 * The traces that are only the frame that gdb prints where it stops, loads a core, or selects a frame: one frame without
 * a header, which a real backtrace in the same text holds (`elsewhere`: those of other tools), or which names no function. A lone frame with nothing beside
 * it is kept.
 */
export function droppedStopFrames(
  traces: readonly TraceBuilder[],
  elsewhere: readonly FrameKey[],
): Set<TraceBuilder> {
  const lone = traces.filter(isLone);
  if (lone.length === 0 || lone.length === traces.length + elsewhere.length) return new Set();
  const held = new Set(elsewhere);
  for (const trace of traces) {
    if (!isLone(trace)) for (const frame of framesOf(trace)) held.add(frameKey(frame));
  }
  return new Set(
    lone.filter((trace) =>
      framesOf(trace).every((frame) => frame.function === null || held.has(frameKey(frame))),
    ),
  );
}

/** What was asked for with `bt` is a backtrace, however short. */
function isLone({ threads, command }: TraceBuilder): boolean {
  return (
    command === null &&
    threads.length === 1 &&
    threads[0]?.headed === false &&
    threads[0].frames.length === 1 &&
    !threads[0].ended
  );
}

function framesOf({ threads }: TraceBuilder): Frame[] {
  return threads.flatMap(({ frames }) => frames);
}
