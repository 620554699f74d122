import type { TraceBuilder } from "./trace.js";

/**
 * The traces that are only the frame that gdb prints where it stops, loads a core, or selects a frame: one frame without
 * a header, which a real backtrace in the same text begins with or holds, or which names no function. A lone frame with
 * nothing beside it is kept.
 */
export function droppedStopFrames(traces: readonly TraceBuilder[]): Set<TraceBuilder> {
  return new Set(
    traces.filter((trace) => isLone(trace) && traces.some((other) => other !== trace && holds(other, trace))),
  );
}

function isLone({ threads }: TraceBuilder): boolean {
  return threads.length === 1 && threads[0]?.headed === false && threads[0].nodes.length === 1;
}

function holds(other: TraceBuilder, lone: TraceBuilder): boolean {
  const frame = lone.threads[0]?.nodes[0]?.node;
  if (frame === undefined || isLone(other)) return false;
  if (frame.function === "??") return true;
  return other.threads.some(({ nodes }) =>
    nodes.some(({ node }) => node.level === frame.level && node.function === frame.function),
  );
}
