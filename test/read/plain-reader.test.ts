import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Input } from "../../src/read/input.js";
import { type Limits, limits } from "../../src/read/limits.js";
import { phrases } from "../../src/read/needles.js";
import { readPlain } from "../../src/read/plain.js";
import { PlainReader } from "../../src/read/plain-reader.js";
import { pieces } from "./sieving.js";

const source = { path: "crash.txt", member: null, messageId: null };

/** Reads pieces of these sizes that are all put into one buffer, as a file is read. */
function readAgain(bytes: Uint8Array, sizes: readonly number[], within: Limits): Input {
  const reader = new PlainReader(bytes, within);
  const buffer = Buffer.alloc(Math.max(1, ...sizes));
  for (const piece of pieces(bytes, sizes)) {
    buffer.set(piece);
    reader.push(buffer.subarray(0, piece.length));
    buffer.fill("#0  main () at ");
  }
  return reader.end(source);
}

/** Reads pieces that are seen once, as a pipe is read. */
function readOnce(bytes: Uint8Array, sizes: readonly number[], within: Limits): Input {
  const reader = new PlainReader(null, within);
  for (const piece of pieces(bytes, sizes)) reader.push(piece);
  return reader.end(source);
}

function readWhole(bytes: Uint8Array, within: Limits): Input {
  const reader = new PlainReader(bytes, within);
  reader.push(bytes);
  return reader.end(source);
}

const small: Limits = { longestLine: 700, largestRange: 80_000, longestLocals: 150_000 };

const words = phrases.map(({ text }) => text);
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...[0, 1, 2, 3, 12].map((level) => `#${level}  main (x=1) at t.c:3\n`)),
  },
  fc.constantFrom("Thread 3 (Thread 0x7f (LWP 1)):\n", "Thread 2 (LWP 7):\n", "\nThread 1.1 (LWP 7):\n"),
  { weight: 2, arbitrary: fc.constantFrom(...words) },
  fc.constantFrom("frame #12: 0x1\n", ")[0x55f3", "Assertion `x' failed.\n", "#12\n0x00007ff in f ()\n"),
  {
    weight: 3,
    arbitrary: fc.constantFrom("\n", "\r\n", "\r", " ", "é€😀", "\0", "#", "# 0  0x1\n", "\ufeff"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "plain words, one after the other\n".repeat(150),
      "größer, 寛, 😀 and more\r\n".repeat(3000),
      "x".repeat(650),
      "y".repeat(1500),
      "😀".repeat(400),
      "old lines\r".repeat(20_000),
      "# include #1 #x\n".repeat(20),
    ),
  },
);
const texts = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(""));
const junk = fc.uint8Array({ maxLength: 20 });
const contents = fc
  .array(fc.oneof({ weight: 3, arbitrary: texts.map((text) => Buffer.from(text)) }, junk), { maxLength: 3 })
  .map((parts) => Buffer.concat(parts));
const size = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 900, max: 3000 }),
  fc.constant(65_536),
);
const sizes = fc.array(size, { minLength: 1, maxLength: 4 }).map((list) => [...list, 20_000]);

describe("reading a text in pieces", () => {
  it("gives the same however it is divided, and whether it can be looked at again or not", () => {
    fc.assert(
      fc.property(contents, sizes, fc.constantFrom(small, limits), (bytes, divided, within) => {
        const whole = readWhole(bytes, within);
        expect(readAgain(bytes, divided, within)).toEqual(whole);
        expect(readOnce(bytes, divided, within)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same at every single place where it can be divided", () => {
    const text = `${words.join(" x ")}\n#12 0x00007ffff7dd06c0 in f () at f.c:3\r\nThread 3 (LWP 7):\r\n)[0x55f3\n`;
    for (const noise of ["", "the quick brown fox\n".repeat(100)]) {
      const bytes = Buffer.from(noise + text + noise);
      const whole = readPlain(bytes, source);
      expect(whole.windows.length).toBeGreaterThan(0);
      for (let divided = 1; divided < bytes.length; divided += 1) {
        expect(readOnce(bytes, [divided, bytes.length], limits)).toEqual(whole);
      }
    }
  });

  it("gives the same for UTF-16, with a mark and without", () => {
    fc.assert(
      fc.property(texts, sizes, fc.constantFrom("", "\ufeff"), (text, divided, mark) => {
        const plain = `${"some words before\n".repeat(150)}${text.replaceAll("\0", "")}`;
        const bytes = Buffer.from(mark + plain, "utf16le");
        const expected = readWhole(Buffer.from(plain), small);
        expect(readOnce(bytes, divided, small)).toEqual(expected);
        expect(readAgain(bytes.swap16(), divided, small)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps no more of a stream than what may still be needed", () => {
    const reader = new PlainReader(null);
    const noise = Buffer.from("plain words, one after the other\n".repeat(30_000));
    for (let count = 0; count < 60; count += 1) {
      reader.push(noise);
      expect(reader.size).toBeLessThan(limits.longestLine + 2 * noise.length + 10_000);
    }
    reader.push(Buffer.from("#0  main () at t.c:3\n"));
    for (let count = 0; count < 60; count += 1) {
      reader.push(noise);
      expect(reader.size).toBeLessThan(limits.longestLocals + limits.longestLine + 3 * noise.length);
    }
    expect(reader.size).toBeLessThan(limits.longestLine + 3 * noise.length);
    expect(reader.end(source).windows).toHaveLength(1);
  });

  it("takes a text that became shorter meanwhile for what is left of it", () => {
    const text = Buffer.from(`#0  main () at t.c:3\n${"plain words\n".repeat(10_000)}`);
    for (const left of [0, 10, 5000, 70_000]) {
      const reader = new PlainReader(text.subarray(0, left));
      reader.push(text);
      const [window] = reader.end(source).windows;
      expect(window?.text).toBe(text.subarray(0, Math.min(left, window?.text.length ?? 0)).toString());
    }
  });
});
