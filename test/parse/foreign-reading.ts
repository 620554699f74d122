import type { Frame, ReadTrace } from "../../src/model/trace.js";
import type { Dialect } from "../../src/parse/dialect.js";
import type { Span } from "../../src/text/span.js";
import { readingOf, wordsOf } from "./reading.js";

/** What a line of a tool without arguments tells of a frame. */
export interface ForeignPrint {
  readonly level: number;
  readonly address: string | null;
  readonly function: string | null;
  readonly place: string | null;
  readonly library: string | null;
  readonly offset: string | null;
}

/** The same of a frame that was read. */
export function printOf({
  level,
  address,
  function: name,
  location,
  library,
  libraryOffset,
}: Frame): ForeignPrint {
  const place = location === null ? null : `${location.file}:${location.line}`;
  return { level, address, function: name, place, library, offset: libraryOffset };
}

/** The traces of a text that one dialect read. */
export function tracesOf(text: string, dialect: Dialect["name"]): ReadTrace[] {
  return readingOf(text).traces.filter((trace) => trace.dialect === dialect);
}

/** Every trace as its dialect and the number of frames of each of its threads. */
export function shapeOf(text: string): string[] {
  return readingOf(text).traces.map(
    ({ dialect, threads }) => `${dialect} ${threads.map(({ frames }) => frames.length).join("+")}`,
  );
}

/** The words of every frame of a text. */
export function frameWordsOf(text: string): string[] {
  return readingOf(text).traces.flatMap(({ threads }) =>
    threads.flatMap(({ frames }) => frames.map(({ span }) => wordsOf(text, span))),
  );
}

/** Whether all spans lie in each other: frames in threads, threads in traces, traces in the text. */
export function nested(text: string): boolean {
  return readingOf(text).traces.every(
    (trace) =>
      trace.span.end.offset <= text.length &&
      trace.threads.every(
        (thread) =>
          inside(thread.span, trace.span) && thread.frames.every(({ span }) => inside(span, thread.span)),
      ),
  );
}

function inside(inner: Span, outer: Span): boolean {
  return inner.start.offset >= outer.start.offset && inner.end.offset <= outer.end.offset;
}
