import type { Bytes } from "./bytes.js";
import { type Limits, limits as usual } from "./limits.js";
import { type ByteRange, WholeLines } from "./lines.js";
import { context } from "./needles.js";
import { scan } from "./scan.js";
import { Stretches } from "./stretches.js";

/** So many bytes are looked at in one go; they stay in the processor's second cache. */
const step = 128 * 1024;

/** The bytes of one piece that the next one needs. */
const margin = context.before + context.after;

/**
 * Finds the stretches of an ASCII-compatible text (UTF-8, Latin-1) around everything that looks like a frame, a report of
 * gdb or a message of a dying program: whole lines (but see {@link ByteRange.cutsLine}), in order, not touching one
 * another unless a larger stretch was divided at a line end. The text comes in pieces; how it is divided makes no
 * difference. Offsets count bytes. Linear in the size of the text; throws what `bytes` throws.
 */
export class Sieve {
  private readonly stretches: Stretches;
  private readonly lines: WholeLines;
  /** How many bytes came so far. */
  private seen = 0;
  /** Every hit before this is known. */
  private known = 0;
  /** The last bytes that came, `tail` of them, and room for the first ones of the next piece. */
  private readonly seam = new Uint8Array(2 * margin);
  private tail = 0;

  /**
   * @param bytes what came so far, from {@link needed} on
   * @param take gets each range as soon as it is sure
   */
  constructor(
    bytes: Bytes,
    take: (range: ByteRange) => void,
    private readonly limits: Limits = usual,
  ) {
    this.stretches = new Stretches(limits);
    this.lines = new WholeLines(bytes, limits, take);
  }

  /** No byte before this will be asked for. */
  get needed(): number {
    const next = this.stretches.earliest(this.known) - this.limits.longestLine;
    // A line's start is seen at the byte before it, a character's at the three before.
    return Math.max(0, Math.min(next, this.lines.start) - 8);
  }

  /** Takes the next bytes, which `bytes` of the constructor has already. They may change afterwards. */
  push(piece: Uint8Array): void {
    const start = this.seen;
    this.seen += piece.length;
    this.lookAcross(piece, start);
    if (piece.length <= margin) return;
    this.look(piece, start, piece.length - context.after);
    this.seam.set(piece.subarray(-margin));
    this.tail = margin;
  }

  /** Says that no more bytes come. */
  end(): void {
    this.look(this.seam.subarray(0, this.tail), this.seen - this.tail, this.tail);
    this.settle(Number.POSITIVE_INFINITY);
  }

  /** Looks at the last bytes before `piece` together with its first ones, and keeps the last of these. */
  private lookAcross(piece: Uint8Array, start: number): void {
    const head = piece.subarray(0, margin);
    const before = this.tail;
    const end = before + head.length;
    this.seam.set(head, before);
    if (before > 0) this.look(this.seam.subarray(0, end), start - before, end - context.after);
    this.tail = Math.min(end, margin);
    this.seam.copyWithin(0, end - this.tail, end);
  }

  /** Looks for hits in `piece`, which stands at `start`, up to its `end`. */
  private look(piece: Uint8Array, start: number, end: number): void {
    while (this.known < start + end) {
      const from = this.known - start;
      const to = Math.min(end, from + step);
      for (const hit of scan(piece, from, to)) this.stretches.add({ ...hit, at: start + hit.at });
      this.known = start + to;
      this.settle(this.known);
    }
  }

  private settle(place: number): void {
    for (const { start, end, ceiling } of this.stretches.settled(place)) {
      this.lines.add(start, end, place === Number.POSITIVE_INFINITY ? Math.min(ceiling, this.seen) : ceiling);
    }
    this.lines.settle(this.stretches.earliest(place));
  }
}
