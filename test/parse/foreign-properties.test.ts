import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abrt } from "../../src/parse/neighbours/abrt.js";
import { elfutils } from "../../src/parse/neighbours/elfutils.js";
import { glog } from "../../src/parse/neighbours/glog.js";
import { rustPanic } from "../../src/parse/neighbours/rust-panic.js";
import { sanitizer } from "../../src/parse/neighbours/sanitizer.js";
import { systemdCoredump } from "../../src/parse/neighbours/systemd-coredump.js";
import { SourceMap } from "../../src/parse/source-map.js";
import { Positions } from "../../src/text/positions.js";
import { View } from "../../src/text/view.js";
import { nested, printOf } from "./foreign-reading.js";
import { readingOf, traceOf } from "./reading.js";

const names = fc.constantFrom(
  "main",
  "__interceptor_free",
  "operator()",
  "std::function<int (int)>::operator()(int) const",
  "call<main(int, char**)::<lambda(int)>&, int>",
  "void (anonymous namespace)::f<int>(int)",
  "f(int) [clone .cold]",
);
const places = fc.constantFrom(
  "nptl/pthread_kill.c:44",
  "/home/me/my src/a b.cc:3",
  "../../../../src/x.inc:7",
  "a.c:12",
);
const modules = fc.constantFrom("libc.so.6", "/usr/lib/libasan.so.8", "/opt/my tools/server", "a-b");
const offsets = fc.integer({ min: 0, max: 0xff_ffff }).map((value) => `0x${value.toString(16)}`);

const frame = fc.oneof(
  fc.record({ function: names, place: places }),
  fc.record({ function: names, library: modules, offset: offsets }),
  fc.record({ library: modules, offset: offsets }),
  fc.record({ function: names, place: places, library: modules, offset: offsets }),
);
const addresses = fc.integer({ min: 0x1000, max: 0xffff_ffff }).map((value) => `0x${value.toString(16)}`);
const stacks = fc.array(fc.array(fc.tuple(addresses, frame), { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 4,
});

interface Known {
  readonly function?: string;
  readonly place?: string;
  readonly library?: string;
  readonly offset?: string;
}

function lineOf(address: string, known: Known, level: number): string {
  const name = known.function === undefined ? "" : `in ${known.function}`;
  const place = known.place === undefined ? "" : ` ${known.place}:5`;
  const module = known.library === undefined ? "" : ` (${known.library}+${known.offset})`;
  return `    #${level} ${address} ${name}${place}${module}`;
}

function reportOf(all: readonly (readonly (readonly [string, Known])[])[]): string {
  const parts = all.map((stack, index) =>
    [
      index === 0 ? "READ of size 4 at 0x602000000010 thread T0" : `allocated by thread T${index} here:`,
      ...stack.map(([address, known], level) => lineOf(address, known, level)),
      "",
    ].join("\n"),
  );
  return `==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010\n${parts.join("\n")}\nSUMMARY: AddressSanitizer: heap-use-after-free\n`;
}

describe("any report of a sanitizer", () => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(stacks, (all) => {
        const text = reportOf(all);
        const nothing = { function: null, place: null, library: null, offset: null };
        const expected = all.map((stack) =>
          stack.map(([address, known], level) => ({ ...nothing, address, level, ...known })),
        );
        expect(traceOf(text).threads.map((thread) => thread.frames.map(printOf))).toEqual(expected);
        expect(nested(text)).toBe(true);
      }),
    );
  });

  it("keeps every whole frame wherever it is cut", () => {
    fc.assert(
      fc.property(stacks, fc.nat({ max: 6000 }), (all, cut) => {
        const text = reportOf(all);
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

const readers = [abrt, elfutils, glog, rustPanic, sanitizer, systemdCoredump];

function readAll(text: string): void {
  const map = new SourceMap(
    View.of(text),
    new Positions({ text, origin: { offset: 0, line: 1, column: 1 } }),
  );
  for (const { read } of readers) {
    let end = 0;
    for (const line of read(map).taken) {
      expect(line.start).toBeGreaterThanOrEqual(end);
      end = line.end;
    }
    expect(end).toBeLessThanOrEqual(text.length);
  }
}

describe("lines of all tools in any order", () => {
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(
        "Stack trace of thread 7:",
        "Stack trace of thread 8:",
        "#0  0x00000001 f (a.out + 0x1)",
        "#1  0x00000001 n/a (a.out",
        "ELF object binary architecture: AMD x86-64",
        "PID: 7 (a)",
        "PID 7 - core",
        "TID 7:",
        "#0  0x00000001 main",
        "#1  0x00000001 - 1 main - a.out",
        "    a.c:3:5",
        "==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 0x1 T0)",
        "WARNING: ThreadSanitizer: data race (pid=1)",
        "    #0 0x55 in f /a.c:3",
        "    #1 0x55 in g",
        "    #2 f a.c:3 (x+0x1)",
        "    #3 f",
        "/a.c:3:5",
        "SUMMARY: AddressSanitizer: x",
        "a.c:3:5: runtime error: x",
        "#0  0x00007fab734f1df2 pause",
        "#1  0x000055e54a90b248 wait -",
        "/opt/bin/lamp",
        "Thread no. 1 (2 frames)",
        " #0 f at a.c:3",
        "*** SIGSEGV (@0x0) received by PID 7 (TID 0x7f) from PID 0; stack trace: ***",
        "    @     0x557b9a2e2f16 f()",
        "thread 'main' panicked at a.rs:3:5:",
        "stack backtrace:",
        "   0:     0x55d0c84c7d31 -",
        "   1:     0x55d0c84c7d31 - a::b",
        "a::c",
        "#0  0x01 in f (a=1) at a.c:3",
        "#1  main () at a.c:4",
        "",
      ),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 24 },
  );

  it("are read without an exception, with stretches in order and spans inside each other", () => {
    fc.assert(
      fc.property(lines, (parts) => {
        const text = parts.join("\n");
        readAll(text);
        expect(nested(text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("are no frame twice", () => {
    fc.assert(
      fc.property(lines, (parts) => {
        const starts = readingOf(parts.join("\n")).traces.flatMap(({ threads }) =>
          threads.flatMap((thread) => thread.frames.map(({ span }) => span.start.offset)),
        );
        expect(starts).toEqual([...new Set(starts)]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("time in proportion to the text", () => {
  const beginnings = [
    "==1==ERROR: AddressSanitizer: x\n    #0 0x55 in f",
    "WARNING: ThreadSanitizer: x\n    #0 f",
    "Stack trace of thread 1:\n#0  0x01 f",
    "TID 1:\n#0  0x01 f",
    "TID 1:\n#0  0x01 f\n    a",
    "==1==ERROR: AddressSanitizer: ",
    "Thread no. 1 (2 frames)\n #0 f",
    "*** SIGSEGV received; stack trace: ***\n    @ 0x01 f",
    "thread 'main' panicked at a.rs:3:5:\n   0:     0x55 - f",
    "",
  ];
  const repeated = [
    " (",
    " (a",
    " (a)",
    " ((a)",
    "(a()",
    " /a",
    " /a:1",
    ":1",
    ":1 (",
    " a.c",
    " a",
    " ",
    " - ",
    " - a",
    " + 0x",
    " (a + ",
    " in ",
    ": ",
    "#0 0x",
    "    #0 0x55 in f /a.c:3\n",
    "    #1 0x55 in g\n",
    "Stack trace of thread 1:\n",
    "#0  0x01 f (\n",
    "TID 1:\n",
    "a.c:3:5: runtime error: x\n",
    "#0  0x00007fab734f1df2 a -\n",
    "#0  0x00007fab734f1df2 a (b + 0x1)\n",
    " at a.c:3",
    "    @ 0x01 f\n",
    "   0: a\n",
    "   1:     0x55 -\n",
    "<",
    "\n",
  ];

  it.each(beginnings)("is taken behind %j", (beginning) => {
    const start = performance.now();
    for (const unit of repeated) readAll(beginning + unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
