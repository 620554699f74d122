import type { Diagnostic } from "../model/report.js";
import type { Positions } from "../text/positions.js";
import type { Span } from "../text/span.js";
import { type View, viewOffset } from "../text/view.js";

/** The one place where stretches of the cleaned view turn into spans of the member's text. */
export class SourceMap {
  constructor(
    readonly view: View,
    private readonly positions: Positions,
  ) {}

  /** The span of `view.text[start, end)`; offsets count UTF-16 units. */
  span(start: number, end: number): Span {
    return this.positions.span(this.view.toRaw({ start: viewOffset(start), end: viewOffset(end) }));
  }

  /** A diagnostic about `view.text[start, end)`, which it quotes. */
  diagnostic(
    severity: Diagnostic["severity"],
    code: string,
    message: string,
    start: number,
    end: number,
  ): Diagnostic {
    return {
      severity,
      code,
      message,
      text: this.view.text.slice(start, Math.min(end, start + longestQuote)),
      span: this.span(start, end),
    };
  }
}

/** A diagnostic quotes so much at the most (UTF-16 units): a line may be a megabyte long. */
const longestQuote = 200;
