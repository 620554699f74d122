import { type Limits, limits as usual } from "../../src/read/limits.js";
import type { ByteRange } from "../../src/read/lines.js";
import { Sieve } from "../../src/read/sieve.js";

/** What the sieve finds in `bytes` that come in pieces of these sizes, and the rest in one. */
export function sieve(
  bytes: Uint8Array,
  sizes: readonly number[] = [],
  limits: Limits = usual,
): readonly ByteRange[] {
  const ranges: ByteRange[] = [];
  const reader = new Sieve(bytes, (range) => ranges.push(range), limits);
  for (const piece of pieces(bytes, sizes)) reader.push(piece);
  reader.end();
  return ranges;
}

/** Divides `bytes` into copies of these sizes, over and over; itself where there are none. */
export function pieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  if (sizes.length === 0) return [bytes];
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? bytes.length);
    parts.push(bytes.slice(start, start + size));
    start += size;
  }
  return parts;
}
