import { lastNotAfter } from "./search.js";
import type { Position, RawRange, Span } from "./span.js";
import type { Window } from "./window.js";

/** Turns offsets into a window's text into places in the member's text. Line ends are `\n`, `\r\n` and a lone `\r`. */
export class Positions {
  private readonly starts: readonly number[];
  /** The line that was asked for last: questions come nearly in order. */
  private line = 0;

  constructor(private readonly window: Window) {
    this.starts = lineStarts(window.text);
  }

  /** The place of the character at `offset` (UTF-16 units into the window's text). */
  at(offset: number): Position {
    this.seek(offset);
    const start = this.starts[this.line] ?? 0;
    const { origin } = this.window;
    return {
      offset: origin.offset + offset,
      line: origin.line + this.line,
      column: (this.line === 0 ? origin.column : 1) + offset - start,
    };
  }

  /** Both ends of a raw stretch of the window. */
  span(range: RawRange): Span {
    return { start: this.at(range.start), end: this.at(range.end) };
  }

  private lineOf(offset: number): number {
    return lastNotAfter(this.starts.length, (index) => this.starts[index] ?? 0, offset);
  }

  private seek(offset: number): void {
    const start = this.starts[this.line] ?? 0;
    const next = this.starts[this.line + 1] ?? Number.POSITIVE_INFINITY;
    if (offset >= start && offset < next) return;
    const after = this.starts[this.line + 2] ?? Number.POSITIVE_INFINITY;
    this.line = offset >= next && offset < after ? this.line + 1 : this.lineOf(offset);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes("\r")) {
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    return starts;
  }
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
