import { describe, expect, it } from "vitest";
import { threadOf, wordsOf } from "./reading.js";

/** Whether each frame of a text was inlined into its caller. */
function inlinedIn(...lines: readonly string[]): (boolean | null)[] {
  return threadOf(`${lines.join("\n")}\n`).frames.map(({ inlined }) => inlined);
}

describe("a frame of the report", () => {
  it("has all that its line says", () => {
    const line =
      '#7  0x000055a324e96474 in cache_init (cache=cache@entry=0x55a32a4fb000, as=<optimized out>, n@entry=3, name=0x5 "a, b", x=) at ../mem/phys.c:3307';
    const [frame] = threadOf(line).frames;
    expect(frame).toMatchObject({
      level: 7,
      address: "0x000055a324e96474",
      function: "cache_init",
      kind: "normal",
      arguments: [
        { name: "cache", value: "0x55a32a4fb000", entryValue: "0x55a32a4fb000" },
        { name: "as", value: "<optimized out>", entryValue: null },
        { name: "n", value: null, entryValue: "3" },
        { name: "name", value: '0x5 "a, b"', entryValue: null },
        { name: "x", value: "", entryValue: null },
      ],
      location: { file: "../mem/phys.c", line: 3307 },
      library: null,
      libraryOffset: null,
      locals: null,
    });
    expect(frame?.arguments.map(({ span }) => wordsOf(line, span))).toEqual([
      "cache=cache@entry=0x55a32a4fb000",
      "as=<optimized out>",
      "n@entry=3",
      'name=0x5 "a, b"',
      "x=",
    ]);
  });

  it.each([
    ["#4  0x00007ffff7c9d919 in ?? () from /lib/libc.so.6", "/lib/libc.so.6"],
    ["#4  0x00007ffff7c9d919 in  () at /lib/libc.so.6", "/lib/libc.so.6"],
    ["#4  0x0000000000000000 in ?? ()", null],
  ])("has no function where gdb knows none: %s", (line, library) => {
    expect(threadOf(line).frames).toMatchObject([{ function: null, library, location: null, arguments: [] }]);
  });

  it.each([
    ["#4  <signal handler called>", "signal-handler"],
    ["#4  <function called from gdb>", "inferior-call"],
    ["#4  <cross-architecture call>", "arch-call"],
  ])("has no function where it is no call: %s", (line, kind) => {
    expect(threadOf(line).frames).toMatchObject([
      { level: 4, function: null, kind, address: null, inlined: null },
    ]);
  });

  it("spans from its `#` to the end of its place, without what follows", () => {
    const text = "   (gdb) #0  walk (node=0x0) at list.c:12   <- here\n        x = 1\n";
    const [frame] = threadOf(text).frames;
    expect(frame === undefined ? "" : wordsOf(text, frame.span)).toBe("#0  walk (node=0x0) at list.c:12");
    expect(frame?.span.start).toEqual({ offset: 9, line: 1, column: 10 });
  });
});

describe("inlining", () => {
  it("is told by the address that outer frames of a chain lack", () => {
    expect(
      inlinedIn(
        "#0  0x0000000000001100 in inner (x=1) at inline.c:13",
        "#1  middle (x=1) at inline.c:18",
        "#2  outer (x=1) at inline.c:21",
        "#3  0x0000000000001200 in main () at inline.c:30",
      ),
    ).toEqual([true, true, false, null]);
  });

  it("is not told by a missing address at level 0, which stands at the beginning of a line", () => {
    expect(inlinedIn("#0  walk () at list.c:3", "#1  0x0000000000001200 in main () at list.c:9")).toEqual([
      false,
      null,
    ]);
  });

  it("is unknown where gdb prints no addresses", () => {
    expect(inlinedIn("#0  walk () at list.c:3", "#1  run () at list.c:6", "#2  main () at list.c:9")).toEqual(
      [null, null, null],
    );
  });

  it.each(["<signal handler called>", "<function called from gdb>", "<cross-architecture call>"])(
    "is unknown on both sides of %s",
    (special) => {
      expect(
        inlinedIn(
          "#0  0x0000000000001100 in handle (s=11) at list.c:3",
          `#1  ${special}`,
          "#2  walk () at list.c:6",
          "#3  0x0000000000001200 in main () at list.c:9",
        ),
      ).toEqual([null, null, false, null]);
    },
  );

  it("is unknown where a frame was cut out", () => {
    expect(
      inlinedIn(
        "#0  0x0000000000001100 in a () at a.c:3",
        "#2  c () at a.c:6",
        "#3  0x0000000000001200 in main () at a.c:9",
      ),
    ).toEqual([null, false, null]);
  });

  it("is told by equal addresses where every frame shows one", () => {
    expect(
      inlinedIn(
        "#0  0x0000000000001100 in inner (x=1) at inline.c:13",
        "#1  0x0000000000001100 in middle (x=1) at inline.c:18",
        "#2  0x0000000000001200 in main () at inline.c:30",
      ),
    ).toEqual([true, false, null]);
  });

  it("is not what makes a function call itself at one address", () => {
    expect(
      inlinedIn(
        "#0  0x0000000000001100 in fib (n=1) at fib.c:3",
        "#1  0x0000000000001100 in fib (n=2) at fib.c:3",
        "#2  0x0000000000001100 in fib (n=3) at fib.c:3",
        "#3  0x0000000000001200 in main () at fib.c:9",
      ),
    ).toEqual([false, false, false, null]);
  });
});
