import type { Span } from "./span.js";
import type { Window } from "./window.js";

/** An excerpt is for a reader's eye: so many UTF-16 units at the most. */
const longest = 400;

/** Gives the words that a span covers, out of the windows of a member, cut where they are very long. */
export function excerptOf(windows: readonly Window[]): (span: Span) => string {
  return ({ start, end }) => {
    const window = windows.find(
      ({ text, origin }) => start.offset >= origin.offset && end.offset <= origin.offset + text.length,
    );
    if (window === undefined) return "";
    const from = start.offset - window.origin.offset;
    return window.text.slice(from, Math.min(end.offset - window.origin.offset, from + longest));
  };
}
