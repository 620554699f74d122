import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Frame } from "../../src/model/trace.js";
import { parsePanic, parseRustAssertion } from "../../src/parse/neighbours/rust-line.js";
import { attachedOf, namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

/** Printed by Rust 1.95 of a program of our own. */
const short = `
thread 'main' (27922) panicked at p.rs:6:80:
assertion \`left == right\` failed: multi
line: "q"
  left: 1
 right: 2
stack backtrace:
   0: __rustc::rust_begin_unwind
             at /rustc/59807616e1fa/library/std/src/panicking.rs:689:5
   1: core::panicking::assert_failed::<i32, i32>
             at /rustc/59807616e1fa/library/core/src/panicking.rs:394:5
   2: <p::S<T> as p::Go>::go
             at ./p.rs:6:80
   3: p::main
   4: core::ops::function::FnOnce::call_once
             at /rustc/59807616e1fa/library/core/src/ops/function.rs:250:5
note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
`;

/** The same with RUST_BACKTRACE=full, frames left out. */
const full = `thread 'main' (27934) panicked at p.rs:2:56:
index out of bounds: the len is 2 but the index is 7
stack backtrace:
   0:     0x55e2c6cf17da - std[e28293b1aa0f68bd]::backtrace_rs::backtrace::libunwind::trace
                               at /rustc/59807616e1fa/library/std/src/../../backtrace/src/backtrace/libunwind.rs:117:9
   1:     0x55e2c6cf17da - <std[e28293b1aa0f68bd]::DisplayBacktrace as core[c1f1a4ba060b9bfa]::fmt::Display>::fmt
                               at /rustc/59807616e1fa/library/std/src/sys/backtrace.rs:44:26
   2:     0x55e2c6ced331 - p::idx::h86b7939faf7b71ba
  33:     0x55e2c6cc30ae - main
  37:                0x0 - <unknown>
`;

const gdb = `#0  0x0000000000001131 in walk (node=0x0) at list.c:12
#1  0x0000000000001160 in main () at list.c:30
`;

function placeOf({ location }: Frame): string {
  return location === null ? "-" : `${location.file}:${location.line}`;
}

describe("a panic with its backtrace", () => {
  const trace = traceOf(short);

  it("is a trace with the thread that panicked", () => {
    expect(trace).toMatchObject({
      dialect: "rust-panic",
      signal: null,
      threads: [{ name: "main", lwp: 27922, crashed: true, number: null, end: null }],
    });
  });

  it("has the frames with their numbers, raw names and places", () => {
    const { frames } = threadOf(short);
    expect(frames.map((frame) => `${frame.level} ${frame.function} ${placeOf(frame)}`)).toEqual([
      "0 __rustc::rust_begin_unwind /rustc/59807616e1fa/library/std/src/panicking.rs:689",
      "1 core::panicking::assert_failed::<i32, i32> /rustc/59807616e1fa/library/core/src/panicking.rs:394",
      "2 <p::S<T> as p::Go>::go ./p.rs:6",
      "3 p::main -",
      "4 core::ops::function::FnOnce::call_once /rustc/59807616e1fa/library/core/src/ops/function.rs:250",
    ]);
  });

  it("has spans from a frame's number to the end of its place", () => {
    const spans = threadOf(short)
      .frames.slice(2, 4)
      .map(({ span }) => wordsOf(short, span));
    expect(spans).toEqual(["2: <p::S<T> as p::Go>::go\n             at ./p.rs:6:80", "3: p::main"]);
  });

  it("spans from the panic's announcement to the last frame", () => {
    expect(wordsOf(short, trace.span)).toMatch(/^thread 'main' .*\/ops\/function\.rs:250:5$/s);
  });

  it("tells the assertion that failed, once", () => {
    expect(trace.assertion).toMatchObject({
      expression: "left == right",
      file: "p.rs",
      line: 6,
      function: null,
      origin: "stderr",
    });
    expect(wordsOf(short, trace.assertion?.span ?? trace.span)).toBe(
      "assertion `left == right` failed: multi",
    );
    expect(readingOf(short).assertions).toEqual([]);
  });

  it("with addresses keeps them and the hashes of names, and tells what was inlined", () => {
    const { frames } = threadOf(full);
    expect(frames.map(({ level, address, inlined }) => [level, address, inlined])).toEqual([
      [0, "0x55e2c6cf17da", true],
      [1, "0x55e2c6cf17da", false],
      [2, "0x55e2c6ced331", null],
      [33, "0x55e2c6cc30ae", null],
      [37, "0x0", null],
    ]);
    expect(frames.map(({ function: name }) => name)).toEqual([
      "std[e28293b1aa0f68bd]::backtrace_rs::backtrace::libunwind::trace",
      "<std[e28293b1aa0f68bd]::DisplayBacktrace as core[c1f1a4ba060b9bfa]::fmt::Display>::fmt",
      "p::idx::h86b7939faf7b71ba",
      "main",
      null,
    ]);
    expect(traceOf(full).assertion).toBeNull();
  });

  it("counts by itself where inlined frames stand without a number", () => {
    const text = `Stack backtrace:
   0: anyhow::error::msg
             at ./a.rs:1:2
      app::inner
             at ./b.rs:3:4
   1: app::main
`;
    const thread = threadOf(text);
    expect(thread.crashed).toBe(false);
    expect(
      thread.frames.map((frame) => [frame.level, frame.function, placeOf(frame), frame.inlined]),
    ).toEqual([
      [0, "anyhow::error::msg", "./a.rs:1", true],
      [1, "app::inner", "./b.rs:3", false],
      [2, "app::main", "-", false],
    ]);
  });

  it("has spans without the blanks at the ends of lines", () => {
    const text =
      "thread 'x' panicked at a.rs:1:2:  \nm\nstack backtrace:  \n   0: f  \n             at ./a.rs:1:2  \n   1: g  \n";
    expect(threadOf(text).frames.map(({ span }) => wordsOf(text, span).split(/\s+/).join(" "))).toEqual([
      "0: f at ./a.rs:1:2",
      "1: g",
    ]);
  });

  it("is one of several in a text", () => {
    expect(
      readingOf(short + full).traces.map(({ threads }) => threads.map(({ frames }) => frames.length)),
    ).toEqual([[5], [5]]);
  });

  it("ends with the first line that is no frame", () => {
    expect(namesOf(threadOf(`${full}note: run with more\n   38: not_a_frame\n`))).toHaveLength(5);
  });
});

describe("the announcement of a panic", () => {
  test.each([
    ["thread 'main' (27912) panicked at src/main.rs:2:56:", ["main", 27912, null, "src/main.rs", 2]],
    ["thread '<unnamed>' panicked at /a b/c.rs:7:1:", ["<unnamed>", null, null, "/a b/c.rs", 7]],
    ["thread 'w \"q\"' x' (3) panicked at p.rs:18:119:", ['w "q"\' x', 3, null, "p.rs", 18]],
    [
      "thread 'main' panicked at 'it's, C:\\x: y', src\\main.rs:3:5",
      ["main", null, "it's, C:\\x: y", "src\\main.rs", 3],
    ],
    [
      "thread '<main>' panicked at 'explicit panic', old.rs:131",
      ["<main>", null, "explicit panic", "old.rs", 131],
    ],
    ["thread 'm' panicked at 'two\nlines', x.rs:1:2", ["m", null, "two\nlines", "x.rs", 1]],
  ])("%j", (line, expected) => {
    const panic = parsePanic(line);
    expect(panic && [panic.thread, panic.tid, panic.message, panic.file, panic.line]).toEqual(expected);
  });

  it.each([
    "the thread 'main' panicked at src/main.rs:3:5:",
    "thread 'main' panicked at noon",
    "thread 'main' panicked",
  ])("is not %j", (line) => {
    expect(parsePanic(line)).toBeNull();
  });
});

describe("the assertion in a panic's message", () => {
  test.each([
    ["assertion failed: x < 2 && `a`.len() > 0", "x < 2 && `a`.len() > 0"],
    ["assertion `left != right` failed", "left != right"],
    ["assertion `left matches right` failed: `text` failed", "left matches right"],
    ["assertion failed: `(left == right)`", "left == right"],
    ["index out of bounds: the len is 2", null],
    ["my assertion failed: x", null],
  ])("%s", (message, expression) => {
    expect(parseRustAssertion(message)).toBe(expression);
  });

  it("is told without a backtrace as well, once and with its place", () => {
    const text =
      "thread 'main' panicked at src/main.rs:11:34:\nassertion failed: x < 2\nnote: run with `RUST_BACKTRACE=1`\n";
    const { traces, assertions } = readingOf(text);
    expect(traces).toEqual([]);
    expect(assertions).toMatchObject([
      { expression: "x < 2", file: "src/main.rs", line: 11, origin: "stderr" },
    ]);
    expect(assertions.map(({ span }) => wordsOf(text, span))).toEqual(["assertion failed: x < 2"]);
  });

  it("is told of a quoted message of several lines", () => {
    const text =
      "thread 'main' panicked at 'assertion failed: `(left == right)`\n  left: `1`,\n right: `2`', src/main.rs:3:5\nnote: Run with `RUST_BACKTRACE=1`\n";
    expect(readingOf(text).assertions).toMatchObject([
      { expression: "left == right", file: "src/main.rs", line: 3 },
    ]);
  });

  it("is none of a panic for another reason, and that is no trace", () => {
    expect(readingOf("thread 'main' panicked at src/main.rs:1:1:\nplain\n")).toMatchObject({
      traces: [],
      assertions: [],
    });
  });
});

describe("panics among other things", () => {
  it("leave gdb's trace behind them to gdb", () => {
    const { traces } = readingOf(`${short}\n(gdb) bt\n${gdb}`);
    expect(traces.map(({ dialect, threads }) => [dialect, threads.flatMap(namesOf)[0]])).toEqual([
      ["rust-panic", "0 __rustc::rust_begin_unwind"],
      ["gdb", "0 walk"],
    ]);
  });

  it("without a backtrace leave gdb's trace to gdb, and tell one assertion", () => {
    const text = `thread 'main' panicked at src/main.rs:11:34:\nassertion failed: x < 2\n${gdb}`;
    const { traces, assertions } = readingOf(text);
    expect(traces.map(({ dialect }) => dialect)).toEqual(["gdb"]);
    expect(assertions).toHaveLength(1);
    expect(attachedOf(text).loose).toHaveLength(1);
  });

  it("do not take the backtrace that another panic's announcement stands above", () => {
    const text = `thread 'a' panicked at a.rs:1:1:\nassertion failed: x\n${short}`;
    const { traces, assertions } = readingOf(text);
    expect(traces.map(({ threads }) => threads.map(({ name }) => name))).toEqual([["main"]]);
    expect(assertions.map(({ expression }) => expression)).toEqual(["x"]);
  });

  it("are read in quoted mail with Windows' line ends", () => {
    const mail = short.replaceAll(/^/gm, "> ").replaceAll("\n", "\r\n");
    expect(namesOf(threadOf(mail))).toEqual(namesOf(threadOf(short)));
  });
});

describe("what is no panic", () => {
  it.each([
    "   0: foo\n   1: bar",
    "stack backtrace:\nnothing here",
    "the stack backtrace:\n   0: foo\n   1: bar",
    "    at foo (/a/b.js:3:5)\n    at bar (/a/b.js:4:5)",
    'Traceback:\n  File "x.py", line 3, in f',
    "1: first\n2: second\n             at home",
  ])("%j", (text) => {
    expect(readingOf(`${text}\n`)).toMatchObject({ traces: [], assertions: [] });
  });
});

const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}(?:::[a-z_]{1,6}){0,3}$/),
  fc.constantFrom(
    "<p::S<T> as p::Go>::go",
    "f::<&str, !>",
    "p::main::{{closure}}",
    "f::h0123456789abcdef",
    "<&dyn Fn<(), Output = i32> + Send>::call",
  ),
);
const printed = fc.array(
  fc.record({
    name,
    place: fc.option(
      fc.tuple(fc.constantFrom("./p.rs", "/rustc/1/my file.rs", "C:\\x\\p.rs"), fc.nat(9999)),
      { nil: null },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("any backtrace of a panic", () => {
  const textOf = (
    frames: readonly { name: string; place: readonly [string, number] | null }[],
    address: boolean,
  ) =>
    frames
      .map(({ name: called, place }, level) => {
        const at = place === null ? "" : `\n             at ${place[0]}:${place[1]}:7`;
        return `${String(level).padStart(4)}: ${address ? `    0x${(level + 16).toString(16)} - ` : ""}${called}${at}`;
      })
      .join("\n");

  it("is read whole", () => {
    fc.assert(
      fc.property(printed, fc.boolean(), (frames, address) => {
        const text = `thread 'x' panicked at a.rs:1:2:\nmessage\nstack backtrace:\n${textOf(frames, address)}\n`;
        const read = threadOf(text).frames;
        expect(read.map((frame) => [frame.level, frame.function, placeOf(frame), frame.address])).toEqual(
          frames.map(({ name: called, place }, level) => [
            level,
            called,
            place === null ? "-" : place.join(":"),
            address ? `0x${(level + 16).toString(16)}` : null,
          ]),
        );
      }),
    );
  });

  it("keeps every whole frame where the text is cut", () => {
    fc.assert(
      fc.property(printed, fc.nat(), (frames, at) => {
        const whole = `stack backtrace:\n${textOf(frames, true)}`;
        const cut = whole.slice(0, at % (whole.length + 1));
        const count = cut
          .split("\n")
          .slice(1, -1)
          .filter((line) => / - /.test(line)).length;
        const read = readingOf(cut).traces.flatMap(({ threads }) =>
          threads.flatMap(({ frames: found }) => found),
        );
        expect(read.slice(0, count).map(({ function: called }) => called)).toEqual(
          frames.slice(0, count).map(({ name: called }) => called),
        );
      }),
    );
  });

  it("and any other text: reading throws nothing", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(() =>
          readingOf(
            `thread '${one}' panicked at '${other}\n${one}', ${other}:3\nstack backtrace:\n  0: ${one}`,
          ),
        ).not.toThrow();
      }),
    );
  });

  it.each(["', ", "' panicked at '", ":1", "`", ")", "a: ", "' (1) panicked at "])(
    "is read in time whatever is repeated: %j",
    (piece) => {
      const start = performance.now();
      parsePanic(`thread '${piece.repeat(16_000 / piece.length)}`);
      parsePanic(`thread 'a' panicked at '${piece.repeat(16_000 / piece.length)}`);
      parseRustAssertion(`assertion \`${piece.repeat(16_000 / piece.length)}`);
      readingOf(`thread 'a' panicked at '${piece}\n`.repeat(2000));
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
