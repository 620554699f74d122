import type { Evidence } from "../model/report.js";
import type { Frame } from "../model/trace.js";
import type { Span } from "../text/span.js";

/** Gives the words of the input that a span covers. */
export type Excerpt = (span: Span) => string;

/** Where in the report a thread stands, and how to quote from it. */
export interface Place {
  readonly trace: number | null;
  readonly thread: number | null;
  readonly excerpt: Excerpt;
}

/** Evidence that a frame gives. */
export function frameEvidence(
  frame: Frame,
  weight: Evidence["weight"],
  message: string,
  place: Place,
): Evidence {
  const { trace, thread, excerpt } = place;
  return {
    kind: "frame",
    weight,
    message,
    trace,
    thread,
    level: frame.level,
    text: excerpt(frame.span),
    span: frame.span,
  };
}

/** Evidence that some other words of the input give: a failed condition, a printed value. */
export function wordsEvidence(kind: Evidence["kind"], message: string, span: Span, place: Place): Evidence {
  return {
    kind,
    weight: "for",
    message,
    trace: place.trace,
    thread: place.thread,
    level: null,
    text: place.excerpt(span),
    span,
  };
}

/** That something is not there: `searched` is where it was looked for. */
export function absenceEvidence(message: string, searched: Span, place: Place): Evidence {
  const { trace, thread } = place;
  return { kind: "absence", weight: "open", message, trace, thread, level: null, text: null, span: searched };
}

/** Evidence once, where several chains of reasoning lead to it. */
export function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ kind, message, thread, level, span }) => {
    const key = `${kind} ${thread} ${level} ${span.start.offset} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
