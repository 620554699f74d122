import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Frame } from "../../src/model/trace.js";
import { parseSymbolLine } from "../../src/parse/neighbours/glibc-backtrace.js";
import { namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

/** Printed by glibc 2.36 of a program of our own that was linked with -rdynamic. */
const lines = [
  "./bs(dump+0x1f) [0x5646512591d8]",
  "./bs(+0x1328) [0x564651259328]",
  "/lib/x86_64-linux-gnu/libc.so.6(+0x3c050) [0x7f1e2c9c3050]",
  "/lib/x86_64-linux-gnu/libc.so.6(qsort_r+0xb6) [0x7f1e2c9c6d36]",
  "./bs(main+0x22) [0x5646512593b0]",
];
const plain = `${lines.join("\n")}\n`;

const gdb = `#0  0x0000000000001131 in walk (node=0x0) at list.c:12
#1  0x0000000000001160 in main () at list.c:30
`;

/** `LIBRARY FUNCTION+OFFSET ADDRESS` of a frame. */
function shortOf({ library, function: name, libraryOffset, address }: Frame): string {
  return `${library} ${name}${libraryOffset ?? ""} ${address}`;
}

describe("the output of backtrace_symbols", () => {
  it("gives each line's library, function and address, and the offset where there is no function", () => {
    expect(threadOf(plain).frames.map(shortOf)).toEqual([
      "./bs dump 0x5646512591d8",
      "./bs null+0x1328 0x564651259328",
      "/lib/x86_64-linux-gnu/libc.so.6 null+0x3c050 0x7f1e2c9c3050",
      "/lib/x86_64-linux-gnu/libc.so.6 qsort_r 0x7f1e2c9c6d36",
      "./bs main 0x5646512593b0",
    ]);
  });

  it("is one trace of the dialect glibc, with a thread of unknown name", () => {
    expect(traceOf(plain)).toMatchObject({
      dialect: "glibc",
      command: null,
      signal: null,
      threads: [{ number: null, name: null, crashed: false, end: null }],
    });
  });

  it("has spans that cover each line without the blanks at its end", () => {
    const blanks = plain.replaceAll("\n", "  \n");
    expect(threadOf(blanks).frames.map(({ span }) => wordsOf(blanks, span))).toEqual(lines);
    expect(threadOf(plain).frames.map(({ span }) => wordsOf(plain, span))).toEqual(lines);
    expect(wordsOf(plain, traceOf(plain).span)).toBe(lines.join("\n"));
  });

  const outline = threadOf(plain).frames.map((frame) => [frame.level, shortOf(frame)]);

  test.each<[string, (line: string, index: number) => string]>([
    ["without the blank of backtrace_symbols_fd", (line) => line.replace(") [", ")[")],
    ["with a number and a colon", (line, index) => `${String(index).padStart(3)}: ${line}`],
    ["with a number in parentheses behind a mark", (line, index) => `[bt] (${index}) ${line}`],
    ["with a number and a hash", (line, index) => `${index}# ${line}`],
    ["with a hash and a number", (line, index) => `#${index} ${line}`],
    ["as an X server prints it", (line, index) => `(EE) ${index}: ${line.replace("(", " (")}`],
    ["as Open MPI prints it", (line, index) => `[node01:04711] [${String(index).padStart(2)}] ${line}`],
    ["behind a prefix without a number", (line) => `app[4711]: ${line}`],
    ["indented", (line) => `\t${line}`],
    ["quoted in a mail with Windows' line ends", (line) => `> > ${line}\r`],
  ])("is the same %s", (_, print) => {
    const text = `${lines.map(print).join("\n")}\n`;
    expect(readingOf(text).traces.map(({ dialect }) => dialect)).toEqual(["glibc"]);
    expect(threadOf(text).frames.map((frame) => [frame.level, shortOf(frame)])).toEqual(outline);
  });

  it("takes the numbers of the program as levels where they count on from the first", () => {
    const text = lines.slice(0, 3).map((line, index) => `#${index + 4} ${line}\n`);
    expect(threadOf(text.join("")).frames.map(({ level }) => level)).toEqual([4, 5, 6]);
  });

  it("counts by itself where the numbers do not count on", () => {
    const text = [4, 6, 7].map((number, index) => `#${number} ${lines[index]}\n`);
    expect(threadOf(text.join("")).frames.map(({ level }) => level)).toEqual([0, 1, 2]);
  });

  it("is another trace where the numbers begin anew", () => {
    const text = lines
      .slice(0, 2)
      .map((line, index) => `#${index} ${line}\n`)
      .join("");
    expect(
      readingOf(text + text).traces.map(({ threads }) => threads.map(({ frames }) => frames.length)),
    ).toEqual([[2], [2]]);
  });

  it("goes on behind a line of the X server where its numbers do", () => {
    const [one, two, three] = lines;
    const text = `(EE) 0: ${one}\n(EE) unw_get_proc_name failed: no unwind info found [-10]\n(EE) 1: ${two}\n`;
    expect(threadOf(text).frames).toHaveLength(2);
    expect(
      readingOf(`${one}\nhello\n${two}\n${three}\n`).traces.map(({ threads }) => threads[0]?.frames.length),
    ).toEqual([2]);
  });

  it("may hold addresses that belong to no library", () => {
    const text = `${lines[0]}\n[0x7ffe0000cafe]\n${lines[4]}\n`;
    expect(threadOf(text).frames.map(shortOf)).toEqual([
      "./bs dump 0x5646512591d8",
      "null null 0x7ffe0000cafe",
      "./bs main 0x5646512593b0",
    ]);
  });
});

describe("one line", () => {
  test.each([
    ["./bs4() [0x401315]", "./bs4 null 0x401315"],
    ["./a dir (x)/b s(dump+0x1f) [0x561667c041d8]", "./a dir (x)/b s dump 0x561667c041d8"],
    [
      "./app(_ZNKSt8functionIFiiEEclEi+0x48) [0x55d6810c28da]",
      "./app _ZNKSt8functionIFiiEEclEi 0x55d6810c28da",
    ],
    [
      "./app(ns::f(std::vector<int>, char)+0x48) [0x55d6810c28da]",
      "./app ns::f(std::vector<int>, char) 0x55d6810c28da",
    ],
    ["./app(operator/(Foo const&)+0x1) [0x55d6810c28da]", "./app operator/(Foo const&) 0x55d6810c28da"],
    ["Xorg (?+0x0) [0x55d6810c28da]", "Xorg null+0x0 0x55d6810c28da"],
    ["./app(f) [0x55d6810c28da]", "./app f 0x55d6810c28da"],
    ["./app(f-0x10) [0x55d6810c28da]", "./app f 0x55d6810c28da"],
    ["./app(-0x10) [0x55d6810c28da]", "./app null-0x10 0x55d6810c28da"],
    ["app(f+0x1)[0x55d6810c28da]", "app f 0x55d6810c28da"],
  ])("%s", (line, short) => {
    expect(threadOf(`${line}\n${lines[0]}\n`).frames.map(shortOf)[0]).toBe(short);
  });
});

describe("what a program says above its stack", () => {
  test.each([
    ["Error: signal 11:", "SIGSEGV"],
    ["[node01:04711] Signal: Aborted (6)", "SIGABRT"],
    ["Caught SIGFPE, exiting", "SIGFPE"],
    ["(EE) Segmentation fault at address 0x0", "SIGSEGV"],
  ])("%s: it died of it", (line, signal) => {
    expect(traceOf(`${line}\n\n${plain}`)).toMatchObject({
      signal: { name: signal },
      threads: [{ crashed: true }],
    });
  });

  it("glibc's own report of a damaged heap is an abort", () => {
    const text = `*** glibc detected *** ./x: double free or corruption (fasttop): 0x0804b008 ***
======= Backtrace: =========
/lib64/libc.so.6[0x3b08875e76]
./x(main+0x12)[0x4005d2]
======= Memory map: ========
00400000-00401000 r-xp 00000000 08:01 5 /x
`;
    expect(traceOf(text)).toMatchObject({ signal: { name: "SIGABRT" }, threads: [{ crashed: true }] });
    expect(threadOf(text).frames.map(shortOf)).toEqual([
      "/lib64/libc.so.6 null 0x3b08875e76",
      "./x main 0x4005d2",
    ]);
  });

  it("tells that the handler returns into the C library, by a place without a name", () => {
    const stack = (first: string): string =>
      `signal 11\n./app(+0x119e) [0x55696d89e19e]\n${first}\n./app(walk+0xc) [0x55696d89e23d]\n`;
    const kinds = (text: string): string[] => threadOf(text).frames.map(({ kind }) => kind);
    const libc = "/lib/x86_64-linux-gnu/libc.so.6";
    expect(kinds(stack(`${libc}(+0x3c050) [0x7feba29d7050]`))).toEqual([
      "normal",
      "signal-handler",
      "normal",
    ]);
    expect(kinds(stack(`${libc}(free+0x3c) [0x7feba29d7050]`))).toEqual(["normal", "normal", "normal"]);
  });

  it("is not a signal that stands further above", () => {
    expect(traceOf(`signal 11\n${"line\n".repeat(10)}${plain}`).signal).toBeNull();
  });
});

describe("what is no stack of backtrace_symbols", () => {
  it.each([
    `I see ${lines[0]} in the log`,
    lines[0],
    "[0x401674]\n[0x4017c4]",
    "values: [0x10]\nmore: [0x20]",
    "a[0x10]\nb[0x20]",
    "CTRL(rw) [0x10]\nSTATUS(ro) [0x14]",
    "0: foo\n1: bar",
    "    at foo (/a/b.js:3:5)\n    at bar (/a/b.js:4:5)",
    '  File "x.py", line 3, in f\n  File "x.py", line 4, in g',
    "see f(x) [0x12 and g(y) [0x13",
    "| f(a) [0x5] |\n| g(b) [0x6] |",
  ])("%j", (text) => {
    expect(readingOf(`${text}\n`).traces).toEqual([]);
  });

  it("is left to gdb", () => {
    const { traces } = readingOf(`${gdb}\n${plain}${gdb}`);
    expect(traces.map(({ dialect, threads }) => [dialect, threads.flatMap(namesOf)[0]])).toEqual([
      ["gdb", "0 walk"],
      ["glibc", "0 dump"],
      ["gdb", "0 walk"],
    ]);
  });
});

const hex = fc.integer({ min: 1, max: 2 ** 46 }).map((number) => `0x${number.toString(16)}`);
const printed = fc.record({
  library: fc.constantFrom("./bs", "/lib/x86_64-linux-gnu/libc.so.6", "/opt/my app/x", "./a dir (x)/b"),
  symbol: fc.option(fc.constantFrom("main", "_ZN1a1B1fEi", "ns::f(int)", "operator()(int)"), { nil: null }),
  offset: fc.integer({ min: 1, max: 0xffffff }).map((number) => `+0x${number.toString(16)}`),
  address: hex,
});

describe("any stack of backtrace_symbols", () => {
  const stack = fc.array(printed, { minLength: 2, maxLength: 12 });
  const lineOf = ({
    library,
    symbol,
    offset,
    address,
  }: {
    library: string;
    symbol: string | null;
    offset: string;
    address: string;
  }) => `${library}(${symbol ?? ""}${offset}) [${address}]`;

  it("is read whole", () => {
    fc.assert(
      fc.property(stack, (frames) => {
        const read = threadOf(`${frames.map(lineOf).join("\n")}\n`).frames;
        expect(read.map(shortOf)).toEqual(
          frames.map(
            ({ library, symbol, offset, address }) =>
              `${library} ${symbol}${symbol === null ? offset : ""} ${address}`,
          ),
        );
        expect(read.map(({ level }) => level)).toEqual(frames.map((_, index) => index));
      }),
    );
  });

  it("keeps every whole line where the text is cut", () => {
    fc.assert(
      fc.property(stack, fc.nat(), (frames, at) => {
        const text = frames.map(lineOf).join("\n");
        const cut = text.slice(0, at % (text.length + 1));
        const whole = cut.split("\n").length - 1;
        const read = readingOf(cut).traces.flatMap(({ threads }) =>
          threads.flatMap(({ frames: found }) => found),
        );
        expect(read.length).toBeGreaterThanOrEqual(whole > 1 ? whole : 0);
      }),
    );
  });

  it("and any other line: reading throws nothing", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readingOf(`${text}(${text}) [0x55]\n${text} [0x7f]`)).not.toThrow();
      }),
    );
  });

  it.each(["(", "()", "[0x1] ", "(a", ")", "a ", "(()", "/ ", "[", "a("])(
    "is read in time whatever is repeated: %j",
    (piece) => {
      const line = `${piece.repeat(16_000 / piece.length)}(f+0x1) [0x55]`;
      const start = performance.now();
      for (let count = 0; count < 10; count++) parseSymbolLine(line);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});

describe("the message of a handler below its stack", () => {
  const list = `(EE) Backtrace:
(EE) 0: /usr/lib/xorg/Xorg (xorg_backtrace+0x4d) [0x557928d7d18c]
(EE) 1: /usr/lib/xorg/Xorg (?+0x0) [0x557928d7d28c]
`;
  const message = `(EE) 
(EE) Segmentation fault at address 0x0
(EE) 
Fatal server error:
(EE) Caught signal 11 (Segmentation fault). Server aborting
`;

  it("tells the signal", () => {
    expect(traceOf(list + message)).toMatchObject({
      signal: { name: "SIGSEGV" },
      threads: [{ crashed: true }],
    });
    expect(traceOf(`${list}(EE) \nFatal server error:\n(EE) Caught signal 6 (Aborted)\n`).signal?.name).toBe(
      "SIGABRT",
    );
  });

  it("is none where it stands far away", () => {
    expect(traceOf(list + "(EE) \n".repeat(7) + message).signal).toBeNull();
  });

  it("is the next stack's where that stands right below it", () => {
    const second = "./a(f+0x1) [0x557928d7d18c]\n./a(main+0x9) [0x557928d7d28c]\n";
    const { traces } = readingOf(`${list}log\ncaught signal 11\n${second}`);
    expect(traces.map(({ signal }) => signal?.name ?? null)).toEqual([null, "SIGSEGV"]);
  });
});
