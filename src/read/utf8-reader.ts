import type { Bytes } from "./bytes.js";
import { type Limits, limits as usual } from "./limits.js";
import { Sieve } from "./sieve.js";
import { Tape } from "./tape.js";
import { decoded, type TextOf, Windows } from "./windows.js";

/** Reads UTF-8 that comes in pieces, without a byte order mark. */
export class Utf8Reader {
  readonly windows: Windows;
  private readonly tape: Tape | null;
  private readonly sieve: Sieve;

  /**
   * @param again all that came so far, where it can be looked at again: then a piece may change once it was taken. Null
   *   where it cannot: then this keeps what it may need.
   */
  constructor(again: Bytes | null, limits: Limits = usual, textOf: TextOf = decoded) {
    const tape = new Tape();
    this.tape = again === null ? tape : null;
    const windows = new Windows(again ?? tape, textOf);
    this.windows = windows;
    this.sieve = new Sieve(again ?? tape, (range) => windows.take(range), limits);
  }

  /** How many bytes are kept, or became windows. */
  get size(): number {
    return this.windows.size + (this.tape?.held ?? 0);
  }

  /** Takes the next bytes. */
  push(piece: Uint8Array): void {
    this.tape?.append(piece);
    this.sieve.push(piece);
    if (this.tape === null) return;
    const { needed } = this.sieve;
    this.tape.forget(Math.min(needed, this.windows.pass(needed)));
  }

  /** Says that no more bytes come; then all windows are there. */
  end(): void {
    this.sieve.end();
  }
}
