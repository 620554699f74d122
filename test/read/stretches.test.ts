import { describe, expect, it } from "vitest";
import { limits } from "../../src/read/limits.js";
import { sieve } from "./sieving.js";

const noise = "the quick brown fox jumps over the lazy dog: 0x55a2 in f (x=1) at f.c:3\n";
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const apart = (size: number): string => noise.repeat(Math.ceil(size / noise.length));

const frame = (level: number): string =>
  `#${level}  0x0000555555555151 in f${level} (x=1) at f.c:${level + 10}\n`;
const header = (thread: number): string => `Thread ${thread} (Thread 0x7ffff7dd06c0 (LWP ${thread})):\n`;

/** How many ranges are made of the parts, with so much between them. */
const rangesOf = (parts: readonly string[], distance: number): number =>
  sieve(bytesOf(parts.join(apart(distance)))).length;

describe("frames that are far from each other", () => {
  const far = 300_000;

  it("are one stretch where the level of the second follows that of the first", () => {
    expect(rangesOf([frame(0), frame(1), frame(2)], far)).toBe(1);
    expect(rangesOf([frame(9), frame(10)], far)).toBe(1);
  });

  it("are two where it does not", () => {
    expect(rangesOf([frame(0), frame(0)], far)).toBe(2);
    expect(rangesOf([frame(0), frame(2)], far)).toBe(2);
    expect(rangesOf([frame(3), frame(0)], far)).toBe(2);
  });

  it("are one whatever is reported between them", () => {
    const message = "qemu: memory.c:3: f: Assertion `x == 0' failed.\n";
    expect(rangesOf([frame(0), message, message, frame(1)], far)).toBe(1);
    expect(rangesOf([frame(0), message, message, frame(0)], far)).toBe(4);
  });

  it("are two where the locals would be larger than any", () => {
    expect(rangesOf([frame(0), frame(1)], limits.longestLocals - 1000)).toBe(1);
    expect(rangesOf([frame(0), frame(1)], limits.longestLocals)).toBe(2);
  });

  it("are one across the header of the next thread, for gdb counts them down", () => {
    const thread = (number: number): string => header(number) + frame(0);
    expect(rangesOf([thread(3), frame(1) + thread(2), frame(1), thread(1)], far)).toBe(1);
    expect(rangesOf([thread(2) + thread(1), thread(2) + thread(1)], far)).toBe(2);
    expect(rangesOf([thread(1), thread(1)], far)).toBe(2);
  });
});

describe("many isolated frames", () => {
  it("cost what their surroundings cost", () => {
    const text = bytesOf(`${frame(0)}${apart(70_000)}`.repeat(300));
    const ranges = sieve(text);
    expect(ranges).toHaveLength(300);
    expect(Math.max(...ranges.map(({ start, end }) => end - start))).toBeLessThan(72_000);
  });
});
