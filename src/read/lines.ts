import { type Bytes, Peek } from "./bytes.js";
import type { Limits } from "./limits.js";

/** A stretch of bytes that may hold something. */
export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** A line longer than {@link Limits.longestLine} was cut: the range begins or ends inside it. */
  readonly cutsLine: boolean;
}

interface Grown {
  readonly start: number;
  end: number;
  readonly cutsStart: boolean;
  cutsEnd: boolean;
}

/**
 * Makes ranges of whole lines from stretches: grows each to line ends, joins those that meet, and divides what is too
 * large. What lies between two stretches is walked at most once from either side, so an endless line costs no more than
 * its length.
 */
export class WholeLines {
  private readonly peek: Peek;
  private last: Grown | null = null;

  /** @param take gets the ranges in their order; they do not overlap */
  constructor(
    bytes: Bytes,
    private readonly limits: Limits,
    private readonly take: (range: ByteRange) => void,
  ) {
    this.peek = new Peek(bytes);
  }

  /** Where what was not handed on yet begins; infinite where there is nothing. */
  get start(): number {
    return this.last?.start ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Adds the next stretch from `start` to `stop`.
   * @param ceiling where the one after it begins, or the end of the text; infinite while neither is near
   */
  add(start: number, stop: number, ceiling: number): void {
    const { longestLine } = this.limits;
    const stretchEnd = Math.min(stop, ceiling);
    const first = this.peek.lineStartBefore(start, Math.max(this.last?.end ?? 0, start - longestLine));
    let end = this.peek.lineStartFrom(stretchEnd, Math.min(ceiling, stretchEnd + longestLine));
    const cutsEnd = this.peek.at(end) !== undefined && !this.peek.beginsLine(end);
    if (cutsEnd && end === stretchEnd + longestLine) end = this.peek.characterStart(stretchEnd);
    if (this.last !== null && first <= this.last.end) {
      this.last.end = end;
      this.last.cutsEnd = cutsEnd;
      return;
    }
    if (this.last !== null) this.handOn(this.last);
    const cutsStart = !this.peek.beginsLine(first);
    this.last = { start: cutsStart ? this.peek.characterStart(start) : first, end, cutsStart, cutsEnd };
  }

  /** Hands on what no stretch touches that begins at `next` or later. */
  settle(next: number): void {
    if (this.last !== null && this.last.end < next - this.limits.longestLine) this.handOn(this.last);
  }

  private handOn(grown: Grown): void {
    this.last = null;
    this.divide(grown);
  }

  /** Divides a stretch that is too large at a line end, and leaves out the rest of lines that are too long. */
  private divide(grown: Grown): void {
    const { longestLine, largestRange } = this.limits;
    let { start, cutsStart } = grown;
    let line = start;
    while (grown.end - line > longestLine || grown.end - start > largestRange) {
      const far = Math.min(line + longestLine, start + largestRange);
      const reached = this.peek.lineStartBefore(far, line);
      if (reached > line) {
        line = reached;
        continue;
      }
      const next = this.peek.lineStartFrom(far, grown.end);
      const tooLong = next - line > longestLine;
      const end = tooLong ? this.peek.characterStart(line + longestLine) : line;
      if (start < end) this.take({ start, end, cutsLine: cutsStart || tooLong });
      start = tooLong ? next : line;
      line = start;
      cutsStart = false;
    }
    if (start < grown.end) this.take({ start, end: grown.end, cutsLine: cutsStart || grown.cutsEnd });
  }
}
