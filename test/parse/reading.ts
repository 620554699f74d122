import { clean } from "../../src/clean/clean.js";
import type { ReadThread, ReadTrace } from "../../src/model/trace.js";
import { attachAssertions } from "../../src/parse/attach.js";
import { type Reading, readTraces } from "../../src/parse/read.js";
import { Positions } from "../../src/text/positions.js";
import type { Span } from "../../src/text/span.js";

const origin = { offset: 0, line: 1, column: 1 };

/** What is read out of a text, all of it: no sieve chooses what may hold something. */
export function readingOf(text: string): Reading {
  return readTraces(clean(text).view, new Positions({ text, origin }));
}

/** The only trace of a text. */
export function traceOf(text: string): ReadTrace {
  const { traces } = readingOf(text);
  const [trace] = traces;
  if (trace === undefined || traces.length > 1) throw new Error(`${traces.length} traces`);
  return trace;
}

/** The only thread of a text. */
export function threadOf(text: string): ReadThread {
  const { threads } = traceOf(text);
  const [thread] = threads;
  if (thread === undefined || threads.length > 1) throw new Error(`${threads.length} threads`);
  return thread;
}

/** The assertions of a text: those of its traces, and those that no trace shows the death of. */
export function attachedOf(text: string) {
  const { traces, loose } = attachAssertions([readingOf(text)]);
  return { traces: traces.map(({ assertion }) => assertion), loose };
}

/** The words that a span covers. */
export function wordsOf(text: string, { start, end }: Span): string {
  return text.slice(start.offset, end.offset);
}

/** The frames of a thread as `LEVEL NAME`. */
export function namesOf({ frames }: ReadThread): string[] {
  return frames.map(({ level, function: name }) => `${level} ${name}`);
}

/** The traces of a text, each thread by its number and its frames. */
export function outlineOf(text: string): unknown {
  return readingOf(text).traces.map(({ threads }) =>
    threads.map((thread) => [thread.number, thread.name, namesOf(thread).join(", ")]),
  );
}

/** The diagnostics of a text, by their code and the words that they are about. */
export function diagnosedOf(text: string): string[][] {
  return readingOf(text).diagnostics.map(({ code, span }) => [code, wordsOf(text, span)]);
}
