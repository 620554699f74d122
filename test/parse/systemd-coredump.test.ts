import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForeignPrint, frameWordsOf, nested, printOf, shapeOf, tracesOf } from "./foreign-reading.js";
import { diagnosedOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

const message = `           PID: 4711 (lampd)
        Signal: 6 (ABRT)
  Command Line: /usr/libexec/lampd --config /etc/lampd.conf
    Executable: /usr/libexec/lampd
       Message: Process 4711 (lampd) of user 990 dumped core.
                
                Module liblamp.so.3 from rpm lamp-3.1-2.fc39.x86_64
                Stack trace of thread 4713:
                #0  0x00007f3c9a2b0834 n/a (libc.so.6 + 0x90834)
                #1  0x00007f3c9a25e8ee raise (libc.so.6 + 0x3e8ee)
                #2  0x00007f3c9a4e21d3 _ZN4lamp5Board6switchENS_4SlotEb (liblamp.so.3 + 0x121d3)
                
                Stack trace of thread 4711:
                #0  0x00007f3c9a32874e epoll_wait (libc.so.6 + 0x10874e)
                #1  0x00005571b3a0941f n/a (lampd + 0x941f)
                ELF object binary architecture: AMD x86-64
`;

/** The frame that one line below a heading gives. */
function frameOf(line: string): ForeignPrint | undefined {
  const [frame] = tracesOf(`Stack trace of thread 1:\n${line}\n`, "systemd-coredump").flatMap(({ threads }) =>
    threads.flatMap(({ frames }) => frames.map(printOf)),
  );
  return frame;
}

describe("a message of systemd-coredump", () => {
  it("is one trace with all of its threads, of which the first one crashed", () => {
    const { dialect, threads } = traceOf(message);
    expect(dialect).toBe("systemd-coredump");
    expect(threads.map(({ index, lwp, crashed, frames }) => [index, lwp, crashed, frames.length])).toEqual([
      [0, 4713, true, 3],
      [1, 4711, false, 2],
    ]);
  });

  it("tells signal and command line above the stacks", () => {
    const { signal, program } = traceOf(message);
    expect(signal).toEqual({ name: "SIGABRT", description: null });
    expect(program).toBe("/usr/libexec/lampd --config /etc/lampd.conf");
  });

  it("covers the threads from the first heading to the last frame, and each frame from its number on", () => {
    const { span, threads } = traceOf(message);
    expect(wordsOf(message, span)).toMatch(/^Stack trace of thread 4713:/);
    expect(wordsOf(message, span)).toMatch(/n\/a \(lampd \+ 0x941f\)$/);
    expect(threads.map((thread) => wordsOf(message, thread.span).split("\n")[0])).toEqual([
      "Stack trace of thread 4713:",
      "Stack trace of thread 4711:",
    ]);
    expect(frameWordsOf(message)[1]).toBe("#1  0x00007f3c9a25e8ee raise (libc.so.6 + 0x3e8ee)");
    expect(nested(message)).toBe(true);
  });

  it("leaves nothing for gdb's reader to wonder about", () => {
    expect(diagnosedOf(message)).toEqual([]);
  });

  it("ends where another process is spoken of, and two of them are two traces", () => {
    const other = message.replaceAll("4711", "55").replaceAll("4713", "57").replace("6 (ABRT)", "11 (SEGV)");
    const traces = tracesOf(message + other, "systemd-coredump");
    expect(traces.map(({ threads, signal }) => [threads[0]?.lwp, signal?.name])).toEqual([
      [4713, "SIGABRT"],
      [57, "SIGSEGV"],
    ]);
  });

  it("that was pasted twice is two traces, the second without the fields of the first", () => {
    const stacks = message.slice(
      message.indexOf("                Stack"),
      message.indexOf("                ELF"),
    );
    const traces = tracesOf(message + stacks + stacks, "systemd-coredump");
    expect(traces.map(({ signal }) => signal?.name)).toEqual(["SIGABRT", undefined, undefined]);
  });

  it.each([
    [
      "a process that is named in the log line alone",
      "Process 4711 (hive) of user 1000 dumped core.",
      "hive",
      undefined,
    ],
    [
      "a process whose signal is named in the log line",
      "Process 7 (a b) of user 0 terminated abnormally with signal 11/SEGV, processing...",
      "a b",
      "SIGSEGV",
    ],
    ["the journal's own fields", "    COREDUMP_SIGNAL=4\n    COREDUMP_CMDLINE=./a -x", "./a -x", "SIGILL"],
    ["a real-time signal", "        Signal: 34 (RTMIN+0)", null, "SIGRTMIN+0"],
  ])("reads %s", (_, above, program, signal) => {
    const trace = traceOf(`${above}\n\nStack trace of thread 4711:\n#0  0x01 f (a + 0x1)\n`);
    expect([trace.program, trace.signal?.name]).toEqual([program, signal]);
  });

  it.each([
    ["indented by 56 blanks", message.replaceAll(/^ {16}/gm, " ".repeat(56))],
    ["not indented", message.replaceAll(/^ {16}/gm, "")],
    [
      "with a prefix of the journal",
      message.replaceAll(/^/gm, "Mar 05 07:41:12 pine systemd-coredump[4720]: "),
    ],
    ["quoted", message.replaceAll(/^/gm, "> ")],
    ["with line ends of Windows", message.replaceAll("\n", "\r\n")],
    ["in colour", message.replaceAll(/(#\d) /g, "\x1b[1m$1\x1b[0m ")],
  ])("is read the same %s", (_, text) => {
    const [whole, read] = [traceOf(message), traceOf(text)];
    expect(read.threads.map(({ lwp, frames }) => [lwp, frames.map(printOf)])).toEqual(
      whole.threads.map(({ lwp, frames }) => [lwp, frames.map(printOf)]),
    );
    expect(nested(text)).toBe(true);
  });

  it("stands beside gdb's traces of the same core, and each keeps its own frames", () => {
    const gdb = "(gdb) bt\n#0  0x00007f3c9a2b0834 in ?? () from /lib64/libc.so.6\n#1  main () at lampd.c:3\n";
    expect(shapeOf(message + gdb)).toEqual(["systemd-coredump 3+2", "gdb 2"]);
    expect(shapeOf(gdb + message)).toEqual(["gdb 2", "systemd-coredump 3+2"]);
    const noEnd = message.slice(0, message.indexOf("                ELF"));
    expect(shapeOf(noEnd + gdb.slice("(gdb) bt\n".length))).toEqual(["systemd-coredump 3+2", "gdb 2"]);
  });
});

describe("a frame of systemd-coredump", () => {
  const frame = {
    level: 0,
    address: "0x00007f1c93a0d4e4",
    function: null,
    place: null,
    library: null,
    offset: null,
  };

  it.each<[string, Partial<ForeignPrint>]>([
    ["n/a (libc.so.6 + 0x8d4e4)", { library: "libc.so.6", offset: "0x8d4e4" }],
    ["raise (libc.so.6 + 0x3d)", { function: "raise", library: "libc.so.6", offset: "0x3d" }],
    ["n/a (some.daemon)", { library: "some.daemon" }],
    ["n/a (n/a + 0x0)", {}],
    ["f(int, char) (a.out + 0x1)", { function: "f(int, char)", library: "a.out", offset: "0x1" }],
    [
      "n/a (/opt/my dir/a.out (deleted) + 0x15a9)",
      { library: "/opt/my dir/a.out (deleted)", offset: "0x15a9" },
    ],
    [
      "_ZN5Cells7destroyEP4Comb (libhoney.so.6 + 0x1c3a40)",
      { function: "_ZN5Cells7destroyEP4Comb", library: "libhoney.so.6", offset: "0x1c3a40" },
    ],
  ])("reads %s", (words, expected) => {
    expect(frameOf(`#0  0x00007f1c93a0d4e4 ${words}`)).toEqual({ ...frame, ...expected });
  });

  it("that a terminal broke inside a word, or a mailer at a blank, is one frame", () => {
    const heading = "Stack trace of thread 1:\n";
    const first = "#0  0x00007e21c4b93f10 _ZN4Hive16ColdCellIndex";
    const second = "Lookup11evictOldestEj";
    const text = `${heading}${first}\n${second} (libhive.so.6 + 0x1d77c8)\n#1  0x01 main (hive + 0x1)\n`;
    const { frames, end } = threadOf(text);
    expect(frames.map(({ function: name, library }) => [name, library])).toEqual([
      ["_ZN4Hive16ColdCellIndexLookup11evictOldestEj", "libhive.so.6"],
      ["main", "hive"],
    ]);
    expect(end).toBeNull();
    expect(frameWordsOf(text)[0]).toBe(`${first}\n${second} (libhive.so.6 + 0x1d77c8)`);
    expect(frameOf("#0  0x00007e21c4b93f10 n/a\n(libhive.so.6 + 0x1d77c8)")).toMatchObject({
      function: null,
      library: "libhive.so.6",
    });
  });

  it("that is cut is kept as far as it goes, and said to be cut", () => {
    const text = "Stack trace of thread 1:\n#0  0x01 f (a + 0x1)\n#1  0x02 g (libc.s";
    expect(threadOf(text).end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(threadOf(text).frames.at(-1)).toMatchObject({ function: "g", library: null });
    expect(diagnosedOf(text)).toEqual([["cut-frame", "#1  0x02 g (libc.s"]]);
  });

  it.each([
    "#0  0x01 in f (x=1) at a.c:3",
    "#0  some_wait (kernel/sub/core.c:4940:2)",
    "#1 SMP Debian 6.1",
    "#13 3.101 Installing packages",
  ])("is not: %s", (line) => {
    expect(frameOf(line)).toBeUndefined();
  });
});

const mangled = fc.constantFrom(
  "n/a",
  "raise",
  "_ZN3foo3barEv",
  "start_thread",
  "main.(*T).M",
  "f(int, g<a, b> const&)",
);
const frames = fc.array(
  fc.record({
    address: fc
      .integer({ min: 1, max: 0xffff_ffff })
      .map((value) => `0x${value.toString(16).padStart(16, "0")}`),
    function: mangled,
    library: fc.constantFrom("libc.so.6", "ld-linux-x86-64.so.2", "a.out", "/opt/my tools/a-b"),
    offset: fc.option(fc.integer({ min: 0, max: 0xff_ffff }).map((value) => `0x${value.toString(16)}`)),
  }),
  { minLength: 1, maxLength: 12 },
);
const stacks = fc.array(frames, { minLength: 1, maxLength: 4 });

type Stacks = typeof stacks extends fc.Arbitrary<infer T> ? T : never;

function printed(all: Stacks, indent: number): string {
  const lines = all.flatMap((stack, thread) => [
    "",
    `Stack trace of thread ${100 + thread}:`,
    ...stack.map(({ address, function: name, library, offset }, level) => {
      const where = offset === null ? library : `${library} + ${offset}`;
      return `${`#${level}`.padEnd(3)} ${address} ${name} (${where})`;
    }),
  ]);
  return lines.map((line) => " ".repeat(indent) + line).join("\n");
}

describe("any message of systemd-coredump", () => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(stacks, fc.nat({ max: 56 }), (all, indent) => {
        const text = printed(all, indent);
        const expected = all.map((stack) =>
          stack.map((frame, level) => ({
            ...frame,
            level,
            place: null,
            function: frame.function === "n/a" ? null : frame.function,
          })),
        );
        expect(traceOf(text).threads.map((thread) => thread.frames.map(printOf))).toEqual(expected);
        expect(nested(text)).toBe(true);
      }),
    );
  });

  it("keeps every whole frame wherever it is cut", () => {
    fc.assert(
      fc.property(stacks, fc.nat({ max: 4000 }), (all, cut) => {
        const text = printed(all, 16);
        const at = cut % (text.length + 1);
        const whole = traceOf(text)
          .threads.flatMap((thread) => thread.frames)
          .filter(({ span }) => span.end.offset <= at)
          .map(printOf);
        const read = readingOf(text.slice(0, at)).traces.flatMap(({ threads }) =>
          threads.flatMap((thread) => thread.frames.map(printOf)),
        );
        expect(read.slice(0, whole.length)).toEqual(whole);
        expect(read.length - whole.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
