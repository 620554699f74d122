import { lastNotAfter } from "../text/search.js";
import { type Bytes, joined } from "./bytes.js";

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The last part of a stream that cannot be read again: it grows at its end and is forgotten from its beginning. */
export class Tape implements Bytes {
  private readonly pieces: Piece[] = [];
  private end = 0;

  /** How many bytes are held. */
  get held(): number {
    return this.end - (this.pieces[0]?.start ?? this.end);
  }

  /** Takes `bytes` as the next ones; they must not change afterwards. */
  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.pieces.push({ start: this.end, bytes });
    this.end += bytes.length;
  }

  /** Nobody will ask for a byte before `place` any more. */
  forget(place: number): void {
    let gone = 0;
    for (const { start, bytes } of this.pieces) {
      if (start + bytes.length > place) break;
      gone += 1;
    }
    if (gone > 0) this.pieces.splice(0, gone);
  }

  /** See {@link Bytes}; in place of what was forgotten there are NULs. */
  subarray(start: number, end: number): Uint8Array {
    const parts: Uint8Array[] = [];
    const held = this.pieces[0]?.start ?? this.end;
    if (start < held) parts.push(new Uint8Array(Math.min(held, end) - start));
    for (
      let index = lastNotAfter(this.pieces.length, (piece) => this.pieces[piece]?.start ?? 0, start);
      index < this.pieces.length;
      index += 1
    ) {
      const piece = this.pieces[index];
      if (piece === undefined || piece.start >= end) break;
      parts.push(piece.bytes.subarray(Math.max(0, start - piece.start), end - piece.start));
    }
    const [first] = parts;
    return first !== undefined && parts.length === 1 ? first : joined(parts);
  }
}
