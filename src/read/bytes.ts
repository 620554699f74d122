/** Bytes that can be looked at again by their place in the whole; any `Uint8Array` is that. */
export interface Bytes {
  /** The bytes from `start` (not negative) to `end` (exclusive): fewer where there are no more. They stay as they are. */
  readonly subarray: (start: number, end: number) => Uint8Array;
}

/** Bytes that are taken from below at a time. */
const block = 64 * 1024;

/** Looks at single bytes, one near the other, without asking for each. Line ends are `\n`, `\r\n` and a lone `\r`. */
export class Peek {
  private near: Uint8Array = new Uint8Array();
  private start = 0;

  constructor(private readonly bytes: Bytes) {}

  /** The byte at `place`; undefined before the first and behind the last. Throws what `bytes` throws. */
  at(place: number): number | undefined {
    const byte = this.near[place - this.start];
    if (byte !== undefined || place < 0) return byte;
    this.start = place - (place % block);
    this.near = this.bytes.subarray(this.start, this.start + block);
    return this.near[place - this.start];
  }

  /** Whether a line begins at `place`. */
  beginsLine(place: number): boolean {
    if (place <= 0) return true;
    const before = this.at(place - 1);
    return before === 10 || (before === 13 && this.at(place) !== 10);
  }

  /** The first line start at or after `place`, or `ceiling` where none lies before it. */
  lineStartFrom(place: number, ceiling: number): number {
    let here = place;
    while (here < ceiling && !this.beginsLine(here)) here += 1;
    return here;
  }

  /** The last line start at or before `place`, or `floor` where none lies behind it. */
  lineStartBefore(place: number, floor: number): number {
    let here = place;
    while (here > floor && !this.beginsLine(here)) here -= 1;
    return here;
  }

  /**
   * `place`, or up to three bytes before it, where no UTF-8 character is cut: text divided there decodes as it does in
   * one piece, well-formed or not.
   */
  characterStart(place: number): number {
    for (let here = place; here > place - 4 && here >= 0; here -= 1) {
      const byte = this.at(here);
      if (byte === undefined || (byte & 0xc0) !== 0x80) return here;
    }
    return place;
  }
}

/** The pieces one after the other. Throws nothing. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
