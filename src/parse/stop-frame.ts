import { asksForSome } from "./commands.js";
import type { FrameNode } from "./nodes.js";
import type { TraceBuilder } from "./trace.js";

/**
 * The traces that are only the frame that gdb prints where it stops, loads a core, or selects a frame: one frame without
 * a header, which a real backtrace in the same text holds, or which names no function. A lone frame with nothing beside
 * it is kept.
 */
export function droppedStopFrames(traces: readonly TraceBuilder[]): Set<TraceBuilder> {
  const lone = traces.filter(isLone);
  if (lone.length === 0 || lone.length === traces.length) return new Set();
  const held = new Set(
    traces
      .filter((trace) => !isLone(trace))
      .flatMap(framesOf)
      .map(keyOf),
  );
  return new Set(
    lone.filter((trace) =>
      framesOf(trace).every((frame) => frame.function === "??" || held.has(keyOf(frame))),
    ),
  );
}

function isLone({ threads, command }: TraceBuilder): boolean {
  return (
    !asksForSome(command) &&
    threads.length === 1 &&
    threads[0]?.headed === false &&
    threads[0].nodes.length === 1 &&
    !threads[0].ended
  );
}

function framesOf({ threads }: TraceBuilder): FrameNode[] {
  return threads.flatMap(({ nodes }) => nodes.map(({ node }) => node));
}

function keyOf({ level, function: name }: FrameNode): string {
  return `${level} ${name}`;
}
