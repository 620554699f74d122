import type { Diagnostic } from "../model/report.js";
import type { ReadAssertion, ReadTrace } from "../model/trace.js";
import type { Positions } from "../text/positions.js";
import { byPlace } from "../text/span.js";
import type { View } from "../text/view.js";
import { type DeathMessage, deathMessagesIn } from "./death-messages.js";
import type { Told } from "./dialect.js";
import { dialects } from "./dialects.js";
import { readSession } from "./gdb/session.js";
import { frameKey } from "./gdb/stop-frame.js";
import { SourceMap } from "./source-map.js";

/** What was read out of one window; each list in the order of the text. */
export interface Reading {
  readonly traces: readonly ReadTrace[];
  readonly assertions: readonly ReadAssertion[];
  /** What dying programs said, other than of failed assertions. */
  readonly messages: readonly DeathMessage[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every trace and every message of a dying program out of a cleaned view, whatever tool printed them. Spans are
 * those of the member's text (UTF-16 units). Never throws: what begins like a frame and is none is a diagnostic.
 */
export function readTraces(view: View, positions: Positions): Reading {
  const map = new SourceMap(view, positions);
  const told: Told[] = [];
  for (const { mark, read } of dialects) {
    if (mark.test(view.text)) told.push(read(map));
  }
  dropDoubles(told);
  const taken = told.flatMap((one) => one.taken).sort((one, other) => one.start - other.start);
  const elsewhere = told.flatMap(({ traces }) =>
    traces.flatMap(({ threads }) => threads.flatMap(({ frames }) => frames.map(frameKey))),
  );
  const all = [...told, readSession(map, taken, elsewhere)];
  return {
    traces: all.flatMap(({ traces }) => traces).sort(byPlace),
    assertions: all.flatMap(({ assertions }) => assertions).sort(byPlace),
    messages: deathMessagesIn(map),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Where texts are mixed up, two tools' readers may claim one stack: it belongs to the first that was asked. */
function dropDoubles(told: Told[]): void {
  if (told.length < 2) return;
  const seen = new Set<number>();
  for (const [index, one] of told.entries()) {
    const traces = one.traces.filter((trace) => !starts(trace).some((at) => seen.has(at)));
    told[index] = { ...one, traces };
    for (const at of traces.flatMap(starts)) seen.add(at);
  }
}

/** Where the frames of a trace begin in the member's text. */
function starts({ threads }: ReadTrace): number[] {
  return threads.flatMap(({ frames }) => frames.map(({ span }) => span.start.offset));
}
