import type { Position } from "../text/span.js";
import { wordsOf } from "./words.js";

export interface Walk {
  /** The place behind the last byte. */
  readonly end: Position;
  /** The place of the first U+FFFD that stands for bytes which are not UTF-8. */
  readonly firstInvalid: Position | null;
}

/** The bytes that may follow a lead byte: how many, and between which bounds the first of them lies. */
interface Tail {
  readonly length: number;
  readonly lower: number;
  readonly upper: number;
}

/** What the lead byte asks for, after the table of the WHATWG Encoding Standard (UTF-8 decoder); null where it is none. */
function tailOf(lead: number): Tail | null {
  if (lead < 0xc2 || lead > 0xf4) return null;
  if (lead < 0xe0) return { length: 1, lower: 0x80, upper: 0xbf };
  if (lead < 0xf0)
    return { length: 2, lower: lead === 0xe0 ? 0xa0 : 0x80, upper: lead === 0xed ? 0x9f : 0xbf };
  return { length: 3, lower: lead === 0xf0 ? 0x90 : 0x80, upper: lead === 0xf4 ? 0x8f : 0xbf };
}

const tails: readonly (Tail | null)[] = Array.from({ length: 256 }, (_, lead) => tailOf(lead));

const [newline, carriageReturn] = [10, 13];

/** 1 for the bytes that are one character and end no line: nearly all. */
const ordinary = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 && byte !== newline && byte !== carriageReturn ? 1 : 0,
);

/** Words of four bytes that are ASCII without a carriage return. */
interface AsciiRun {
  /** The first word that is not. */
  readonly end: number;
  readonly newlines: number;
  /** The last word with a newline; -1 where there is none. */
  readonly lastNewline: number;
}

/** Looks at four bytes at once: four times as fast as one by one. */
function asciiRun(words: Int32Array, start: number, end: number): AsciiRun {
  let newlines = 0;
  let lastNewline = -1;
  let index = start;
  for (; index < end; index += 1) {
    const word = words[index] ?? 0;
    // A byte that the exclusive or makes 0 borrows from the next one, and has its upper bit set then.
    const borrowed = ((word ^ 0x0d0d0d0d) - 0x01010101) | 0;
    if (((word | borrowed) & 0x80808080) !== 0) break;
    // All bytes are below 0x80 here, so this sets the upper bit of each that is not 0, and carries no further.
    const others = ((word ^ 0x0a0a0a0a) + 0x7f7f7f7f) | 0;
    const found = ~others & 0x80808080;
    if (found === 0) continue;
    newlines += Math.imul(found >>> 7, 0x01010101) >>> 24;
    lastNewline = index;
  }
  return { end: index, newlines, lastNewline };
}

/**
 * Counts the text that the bytes from `start` to `end` (exclusive) are, without making it: `origin` is the place of
 * the first. Agrees with what `TextDecoder` makes of them, also where they are not UTF-8 (one U+FFFD for each longest
 * beginning of a character that is broken off). Line ends are `\n`, `\r\n` and a lone `\r`. Throws nothing.
 */
export function walkUtf8(bytes: Uint8Array, start: number, end: number, origin: Position): Walk {
  const { head, words } = wordsOf(bytes);
  let { offset, line } = origin;
  let lineOffset = origin.offset - (origin.column - 1);
  let firstInvalid: Position | null = null;
  let at = start;
  while (at < end) {
    const past = (at - head) & 3;
    if (past === 0) {
      const run = asciiRun(words, (at - head) >> 2, (end - head) >> 2);
      if (run.newlines > 0) {
        line += run.newlines;
        lineOffset = offset + bytes.lastIndexOf(newline, head + run.lastNewline * 4 + 3) + 1 - at;
      }
      const next = head + run.end * 4;
      offset += next - at;
      at = next;
    }
    const stop = Math.min(end, at + 4 - past);
    const run = at;
    while (at < stop && ordinary[bytes[at] ?? 0] === 1) at += 1;
    offset += at - run;
    if (at === stop) continue;
    const byte = bytes[at] ?? 0;
    at += 1;
    offset += 1;
    if (byte === newline || byte === carriageReturn) {
      if (byte === carriageReturn && bytes[at] === newline) continue;
      line += 1;
      lineOffset = offset;
      continue;
    }
    const tail = tails[byte] ?? null;
    const length = tail === null ? 0 : tailLength(bytes, at, end, tail);
    at += length;
    if (tail === null || length < tail.length) {
      firstInvalid ??= { offset: offset - 1, line, column: offset - lineOffset };
    } else if (length === 3) offset += 1;
  }
  return { end: { offset, line, column: offset - lineOffset + 1 }, firstInvalid };
}

/** How many bytes from `at` belong to the character whose tail this is; fewer than its length where it is broken off. */
function tailLength(bytes: Uint8Array, at: number, end: number, { length, lower, upper }: Tail): number {
  for (let index = 0; index < length; index += 1) {
    const byte = at + index < end ? (bytes[at + index] ?? 0) : 0;
    const fits = index === 0 ? byte >= lower && byte <= upper : byte >= 0x80 && byte <= 0xbf;
    if (!fits) return index;
  }
  return length;
}
