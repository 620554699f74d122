import type { Diagnostic } from "../model/report.js";
import type { Position, Span } from "../text/span.js";
import type { Window } from "../text/window.js";
import { type Bytes, Peek } from "./bytes.js";
import { limits } from "./limits.js";
import type { ByteRange } from "./lines.js";
import { walkUtf8 } from "./utf8.js";

/** The text that `bytes` are, which `span` says in UTF-16 units. */
export type TextOf = (bytes: Uint8Array, span: Span) => string;

// Any mark that is still there stands inside the text.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** As `TextDecoder` makes text of UTF-8. */
export const decoded: TextOf = (bytes) => decoder.decode(bytes);

/** Bytes that are counted at a time. */
const piece = 256 * 1024;

/** Makes windows of ranges of UTF-8, and knows where in the text each of them begins. */
export class Windows {
  readonly list: Window[] = [];
  private readonly cuts: Diagnostic[] = [];
  private readonly peek: Peek;
  private firstInvalid: Position | null = null;
  /** How far the text is counted, in bytes, and the place there. */
  private counted = 0;
  private place: Position = { offset: 0, line: 1, column: 1 };
  private bytesTaken = 0;

  constructor(
    private readonly bytes: Bytes,
    private readonly textOf: TextOf,
  ) {
    this.peek = new Peek(bytes);
  }

  /** How many bytes became windows. */
  get size(): number {
    return this.bytesTaken;
  }

  /** What there is to say about the windows. */
  get diagnostics(): readonly Diagnostic[] {
    return this.firstInvalid === null ? this.cuts : [...this.cuts, invalidUtf8(this.firstInvalid)];
  }

  /** Makes the next window. */
  take({ start, end, cutsLine }: ByteRange): void {
    this.countTo(start);
    const origin = this.place;
    // One byte more: a line feed there would make one line end with a carriage return.
    const bytes = this.bytes.subarray(start, end + 1);
    const length = Math.min(end - start, bytes.length);
    const walk = walkUtf8(bytes, 0, length, origin);
    const span = { start: origin, end: walk.end };
    this.list.push({ text: this.textOf(bytes.subarray(0, length), span), origin });
    if (cutsLine) this.cuts.push(longLine(span));
    this.firstInvalid ??= walk.firstInvalid;
    this.counted = end;
    this.place = walk.end;
    this.bytesTaken += length;
  }

  /** Counts up to the character at or before `end` that nothing before is looked at any more; gives where that is. */
  pass(end: number): number {
    if (end > this.counted) this.countTo(this.peek.characterStart(end));
    return this.counted;
  }

  private countTo(end: number): void {
    while (this.counted < end) {
      const far = this.counted + piece;
      const next = far < end ? this.peek.characterStart(far) : end;
      const bytes = this.bytes.subarray(this.counted, next + 1);
      this.place = walkUtf8(bytes, 0, Math.min(next - this.counted, bytes.length), this.place).end;
      this.counted = next;
    }
  }
}

function longLine(span: Span): Diagnostic {
  return {
    severity: "warning",
    code: "long-line",
    message: `a line is longer than ${limits.longestLine / 1024 / 1024} MB: no more than this part of it was looked at`,
    text: null,
    span,
  };
}

function invalidUtf8(start: Position): Diagnostic {
  const end = { ...start, offset: start.offset + 1, column: start.column + 1 };
  return {
    severity: "note",
    code: "invalid-utf8",
    message: "bytes that are not UTF-8 were read as U+FFFD, here for the first time",
    text: null,
    span: { start, end },
  };
}
