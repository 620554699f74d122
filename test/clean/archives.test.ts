import { describe, expect, it } from "vitest";
import { namesOf, readingOf, threadOf, wordsOf } from "../parse/reading.js";
import { cleaned, doubtsOf } from "./cleaned.js";

describe("levels that lost their #", () => {
  const frames = [
    "0  0x00007ffff7e0ffb2 in __GI_raise (sig=6) at raise.c:51",
    "1  0x00007ffff7e0ffb3 in abort () at abort.c:79",
    "2  <signal handler called>",
    "3  f (a=1,",
    "    b=2) at x.c:2",
    "4  main () at x.c:3",
  ];

  it("are given it back, with a note", () => {
    const raw = `${frames.join("\n")}\n`;
    const { frames: found } = threadOf(raw);
    expect(found.map(({ level, function: name }) => [level, name])).toEqual([
      [0, "__GI_raise"],
      [1, "abort"],
      [2, null],
      [3, "f"],
      [4, "main"],
    ]);
    expect(wordsOf(raw, found[1]?.span ?? raise())).toBe(frames[1]);
    expect(doubtsOf(raw)).toEqual([["lost-hash", ""]]);
  });

  it("are given it back where an editor made headings of them", () => {
    const raw = frames.map((line) => line.replace(/^(?=\d)/, "# ")).join("\n");
    expect(threadOf(raw).frames).toHaveLength(5);
  });

  it.each([
    ["one line alone", "0  0x00007ffff7e0ffb2 in raise (sig=6) at raise.c:51\n"],
    [
      "a crash report of Apple",
      "0   libsystem  0x00007fff6c3c3b66 kill + 10\n1   libsystem  0x00007fff6c58e080 raise + 333\n",
    ],
    ["lldb", "  * frame #0: 0x0001 a.out`f at x.c:3\n    frame #1: 0x0002 a.out`main at x.c:4\n"],
    ["Rust", "   0: 0x55d1 - core::panic\n   1: 0x55d2 - main\n"],
    ["source lines", "0  int f (a);\n1  int g (b);\n2  main ()\n"],
    ["breakpoints", "1       breakpoint     keep y   0x0000000000401136 in main at x.c:3\n"],
    [
      "a count that does not begin at 0",
      "3  0x00007ffff7e0ffb2 in f () at x.c:3\n4  0x00007ffff7e0ffb2 in g () at x.c:3\n",
    ],
  ])("are not seen in %s", (_, raw) => {
    expect(cleaned(raw)).toBe(raw);
  });
});

function raise(): never {
  throw new Error("no such frame");
}

describe("markers that an archive took for tags", () => {
  it("leave values and names empty", () => {
    const { frames } = threadOf(
      "#0  f (fn=, begin=0x2 , n=3) at x.c:3\n#1  0x00007f0000000001 in  () from /lib/libc.so.6\n#2  0x00007f0000000001 in  (a=1) at x.c:4\n",
    );
    expect(frames.map(({ function: name }) => name)).toEqual(["f", null, null]);
    expect(frames[0]?.arguments.map(({ name, value }) => [name, value])).toEqual([
      ["fn", ""],
      ["begin", "0x2"],
      ["n", "3"],
    ]);
    expect(frames[1]?.library).toBe("/lib/libc.so.6");
  });

  it("leave a level alone between its neighbours, which is read as a signal handler, with a note", () => {
    const raw = "#0  f () at x.c:3\n#1  \n#2  main () at x.c:9\n";
    expect(threadOf(raw).frames.map(({ kind }) => kind)).toEqual(["normal", "signal-handler", "normal"]);
    expect(doubtsOf(raw).map(([code]) => code)).toEqual(["eaten-frame"]);
  });

  it.each(["#0  f () at x.c:3\n#1\ng () at x.c:4\n", "#1 \n#2 \n#3 \n", "#0  f () at x.c:3\n#1 \n"])(
    "are not seen in %j",
    (raw) => {
      expect(doubtsOf(raw)).toEqual([]);
    },
  );
});

describe("addresses of mail that an archive saw", () => {
  it.each([
    ["pipermail's", "sig=sig at entry=6, x at entry=3"],
    ["Gmane's", "sig=sig <at> entry=6, x <at> entry=3"],
    ["others'", "sig=sig(at)entry=6, x(at)entry=3"],
    ["some broken ones", "sig=sig at\nentry=6, x\nat entry=3"],
  ])("were gdb's entry values: %s", (_, items) => {
    const [frame] = threadOf(`#0  0x00007ffff7e0ffb2 in raise (${items}) at raise.c:51\n`).frames;
    expect(frame?.arguments.map(({ name, value, entryValue }) => [name, value, entryValue])).toEqual([
      ["sig", "6", "6"],
      ["x", null, "3"],
    ]);
  });

  it("leave a hint where they were hidden whole", () => {
    const [frame] = threadOf(
      '#0  raise (address@hidden, b=address@hidden, address@hidden "x.c") at raise.c:51\n',
    ).frames;
    expect(frame?.arguments.map(({ name, value }) => [name, value])).toEqual([
      [null, "address@hidden"],
      ["b", "address@hidden"],
      [null, 'address@hidden "x.c"'],
    ]);
  });

  it("are left in prose", () => {
    const raw = "Look at entry=3, (or at entry=4).\n";
    expect(cleaned(raw)).toBe(raw);
  });
});

describe("paths that were broken by a blank", () => {
  it.each([
    ["behind a slash", "#0  f () at ../hw/ virtio/virtio.c:185\n", "../hw/virtio/virtio.c", 185],
    ["before the number", "#0  f () at x.c: 12\n", "x.c", 12],
    [
      "by a flowed line",
      "#0 0x00001 in f (err=0x8c9) at sub/ \nlibsvn/error.c:273\n",
      "sub/libsvn/error.c",
      273,
    ],
  ])("are closed, with a note: %s", (_, raw, file, line) => {
    expect(threadOf(raw).frames[0]?.location).toEqual({ file, line });
    expect(doubtsOf(raw).map(([code]) => code)).toEqual(["split-path"]);
  });

  it("are left where the blank may be the path's", () => {
    const raw = "#0  f () at my dir/a (copy).c:3\n";
    expect(cleaned(raw)).toBe(raw);
  });
});

describe("a trace in one line", () => {
  it("is parted before frames, behind the notes of bt full, and before headers", () => {
    const raw =
      "#0  f (a=1) at x.c:3 No locals. #1  0x0000000000401137 in g () at x.c:4                      No symbol table info available. #2  std::vector<int, std::allocator<int> >::at (this=0x1) at v.h:3 Thread 1 (Thread 0x7f (LWP 3)): #0  main () at x.c:1";
    expect(readingOf(raw).traces.flatMap(({ threads }) => threads.map(namesOf))).toEqual([
      ["0 f", "1 g", "2 std::vector<int, std::allocator<int> >::at"],
      ["0 main"],
    ]);
  });

  it("is parted where a terminal's copy filled lines with blanks", () => {
    const raw = `#0  0x0000000000401136 in f () from /lib/libc.so.6${" ".repeat(30)}No symbol table info available.${" ".repeat(49)}#1  0x0000000000401137 in main ()`;
    expect(threadOf(raw).frames.map(({ function: name }) => name)).toEqual(["f", "main"]);
  });
});
