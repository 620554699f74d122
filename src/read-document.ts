import { type Cleaned, clean } from "./clean/clean.js";
import type { Diagnostic } from "./model/report.js";
import type { Message, ReadAssertion, ReadTrace } from "./model/trace.js";
import { attachAssertions } from "./parse/attach.js";
import { attachMessages } from "./parse/attach-messages.js";
import { type Reading, readTraces } from "./parse/read.js";
import type { Input } from "./read/input.js";
import type { Excerpt } from "./rules/evidence.js";
import { excerptOf } from "./text/excerpt.js";
import { Positions } from "./text/positions.js";
import { byPlace } from "./text/span.js";
import type { Window } from "./text/window.js";

/** What one document tells, before anybody judges it. */
export interface ReadDocument {
  readonly traces: readonly ReadTrace[];
  /** The assertions that no trace belongs to. */
  readonly loose: readonly ReadAssertion[];
  /** What programs said of deaths that no trace shows: each death's messages. */
  readonly messages: readonly (readonly Message[])[];
  /** Gives the words that a span covers. */
  readonly excerpt: Excerpt;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Cleans and parses what a reader found of one document, and tells which message belongs to which trace. Pure; throws nothing. */
export function readDocument({ windows, diagnostics }: Input): ReadDocument {
  const readings = windows.map(readingOf);
  const { traces, loose } = attachAssertions(readings);
  const said = attachMessages(
    traces,
    readings.flatMap(({ messages }) => messages),
  );
  return {
    traces: said.traces,
    loose,
    messages: said.loose,
    excerpt: excerptOf(windows),
    diagnostics: [...diagnostics, ...readings.flatMap((reading) => reading.diagnostics)].sort(byPlace),
  };
}

function readingOf(window: Window): Reading {
  const { view, doubts } = clean(window.text);
  const positions = new Positions(window);
  const { traces, assertions, messages, diagnostics } = readTraces(view, positions);
  return {
    traces,
    assertions,
    messages,
    diagnostics: [...doubts.map((doubt) => diagnosticOf(doubt, positions)), ...diagnostics],
  };
}

function diagnosticOf({ code, message, range }: Cleaned["doubts"][number], positions: Positions): Diagnostic {
  return { severity: "note", code, message, text: null, span: positions.span(range) };
}
