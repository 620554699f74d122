import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { type Frame, qualityRatings, type ReadThread, type ReadTrace } from "../../src/model/trace.js";
import { foreignThread, foreignTrace } from "../../src/parse/neighbours/foreign.js";
import { compilePack } from "../../src/rules/compile.js";
import { crashesOf } from "../../src/rules/crash.js";
import { qualityOf } from "../../src/rules/quality.js";
import { frameOf, variableOf } from "./frames.js";

const runtime = packs.find(({ pack }) => pack === "runtime");
if (runtime === undefined) throw new Error("no pack `runtime`");
const { rolesOf } = compilePack(runtime);
const { span } = frameOf("f");

/** A frame with its line and an argument. */
function good(name: string, level: number): Frame {
  return frameOf(name, {
    level,
    address: `0x55d4c1${String(level).padStart(2, "0")}f0`,
    location: { file: "queue.c", line: 40 + level },
    arguments: [{ ...variableOf("n", "3"), entryValue: null }],
  });
}

function lineless(name: string, level: number): Frame {
  return frameOf(name, { level, address: "0x55d4c1aaf0" });
}

function unknown(level: number, address = "0x7f12d4c1f0e8"): Frame {
  return frameOf(null, { level, address });
}

function traceOf(
  frames: readonly Frame[],
  thread: Partial<ReadThread> = {},
  trace: Partial<ReadTrace> = {},
): ReadTrace {
  const crashed = foreignThread({ index: 0, frames: [...frames], span, crashed: true, ...thread });
  return foreignTrace({
    dialect: "gdb",
    threads: [crashed],
    signal: { name: "SIGSEGV", description: null },
    span,
    ...trace,
  });
}

function qualityOfTrace(trace: ReadTrace) {
  const [crash, ...others] = crashesOf(trace, rolesOf);
  return qualityOf(trace, others.length > 0 ? null : (crash ?? null), rolesOf);
}

/** The rating and the codes of the reasons. */
function said(...of: Parameters<typeof traceOf>): string {
  const { rating, reasons } = qualityOfTrace(traceOf(...of));
  return [rating, ...reasons.map(({ code }) => code)].join(" ");
}

const names = ["pop", "serve", "handle", "loop", "run", "main"];
const whole = names.map(good);

describe("the quality of a trace", () => {
  it.each<[string, readonly Frame[], string]>([
    ["all functions up to main with their lines", whole, "full"],
    ["only main", [good("main", 0)], "full"],
    ["a thread up to its start", [good("pop", 0), good("work", 1), lineless("start_thread", 2)], "full"],
    [
      "machinery without lines before the crash",
      [lineless("raise", 0), lineless("abort", 1), ...names.map((name, index) => good(name, index + 2))],
      "full",
    ],
    [
      "lines that miss far out",
      whole.map((frame) => (frame.level > 4 ? lineless("main", 5) : frame)),
      "full",
    ],
    ["names without lines", names.map(lineless), "usable missing-lines"],
    ["one name of two that misses", [good("pop", 0), unknown(1), good("main", 2)], "usable missing-symbols"],
    ["the crashed function without a name", [unknown(0), ...whole.slice(1)], "usable missing-symbols"],
    [
      "the crashed function without a name, the others without lines",
      [unknown(0), ...names.slice(1).map((name, index) => lineless(name, index + 1))],
      "poor missing-symbols missing-lines",
    ],
    ["no name but main's", [unknown(0), unknown(1), unknown(2), good("main", 3)], "poor missing-symbols"],
    [
      "a name of which the next five know nothing",
      [0, 1, 2, 3, 4].map((level) => unknown(level)).concat(good("main", 5)),
      "useless missing-symbols",
    ],
    ["no names", [unknown(0), unknown(1)], "useless missing-symbols ends-early"],
    ["one frame", [good("pop", 0)], "poor one-frame"],
    ["no end", whole.slice(0, 5), "usable ends-early"],
    ["a beginning that misses", whole.slice(1), "usable starts-late"],
    [
      "a beginning of which only machinery misses",
      [lineless("__assert_fail", 3), good("pop", 4), good("main", 5)],
      "usable starts-late",
    ],
    ["a gap", [...whole.slice(0, 2), ...whole.slice(4)], "usable gap"],
    [
      "a null pointer for a return address",
      [...whole.slice(0, 2), unknown(2, "0x0"), ...whole.slice(3)],
      "usable missing-symbols corrupt-stack",
    ],
    [
      "a string for a return address",
      [good("pop", 0), unknown(1, "0x4141414141414141"), unknown(2)],
      "poor missing-symbols corrupt-stack ends-early",
    ],
    [
      "a null pointer at the end",
      [...whole.slice(0, 5), unknown(5, "0x0")],
      "usable missing-symbols ends-early",
    ],
    ["no arguments", whole.map((frame) => ({ ...frame, arguments: [] })), "usable missing-arguments"],
    [
      "two functions that take none",
      [
        { ...good("pop", 0), arguments: [] },
        { ...good("main", 1), arguments: [] },
      ],
      "full",
    ],
    [
      "arguments that the settings hide",
      whole.map((frame) => ({ ...frame, arguments: [{ ...variableOf("n", "..."), entryValue: null }] })),
      "usable missing-arguments",
    ],
    ["no frames", [], "useless no-frames"],
    ["only machinery", [lineless("raise", 0), lineless("abort", 1)], "useless ends-early"],
  ])("with %s", (_, frames, expected) => {
    expect(said(frames)).toBe(expected);
  });

  it.each<[ReadThread["end"], string]>([
    [{ reason: "stopped", message: "previous frame inner to this frame (corrupt stack?)" }, "corrupt-stack"],
    [
      { reason: "stopped", message: "previous frame identical to this frame (corrupt stack?)" },
      "corrupt-stack",
    ],
    [{ reason: "stopped", message: "frame did not save the PC" }, "corrupt-stack"],
    [{ reason: "stopped", message: "Cannot access memory at address 0x4141" }, "unwinding-stopped"],
    [{ reason: "more-frames", message: "(More stack frames follow...)" }, "cut"],
    [{ reason: "cut", message: "frame #4 is cut" }, "cut"],
  ])("with the end %o", (end, code) => {
    const { rating, reasons } = qualityOfTrace(traceOf(whole.slice(0, 5), { end }));
    expect(rating).toBe("usable");
    expect(reasons.map((one) => one.code)).toContain(code);
  });

  it("is not worse for what gdb says behind the start of the thread", () => {
    const end = {
      reason: "stopped",
      message: "previous frame inner to this frame (corrupt stack?)",
    } as const;
    expect(said([good("pop", 0), good("work", 1), lineless("clone", 2)], { end })).toBe("full");
  });

  it("is that of the thread that crashed", () => {
    const threads = [
      foreignThread({ index: 0, frames: [unknown(0)], span }),
      foreignThread({ index: 1, frames: whole, span, crashed: true }),
    ];
    expect(said([], {}, { threads })).toBe("full");
    const untold = threads.map((thread) => ({ ...thread, crashed: false }));
    expect(said([], {}, { threads: untold })).toBe("useless no-crash-thread missing-symbols one-frame");
    expect(said([], {}, { threads: untold.toReversed() })).toBe("usable no-crash-thread");
  });

  it("asks tools for no arguments that never print them", () => {
    const frames = whole.map((frame) => ({ ...frame, arguments: [] }));
    expect(said(frames, {}, { dialect: "sanitizer" })).toBe("full");
  });

  it("goes by the levels where a frame filter prints frames in another order", () => {
    const [first, second, third, ...rest] = whole;
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few frames");
    expect(said([first, third, second, ...rest])).toBe("full");
  });

  it("gives its reasons in words, with numbers", () => {
    const frames = [unknown(0), lineless("serve", 1), good("handle", 2), unknown(5)];
    expect(qualityOfTrace(traceOf(frames)).reasons.map(({ message }) => message)).toEqual([
      "2 of 4 functions have no known name.",
      "1 of 2 functions has no line number.",
      "2 frames in the middle are left out.",
      "The trace ends at frame #5, before the start of the thread.",
    ]);
  });

  /** What a text may lack: each takes something away. */
  const losses: readonly ((frame: Frame) => Frame | null)[] = [
    (frame) => ({ ...frame, function: null }),
    (frame) => ({ ...frame, location: null }),
    (frame) => ({ ...frame, location: frame.location === null ? null : { ...frame.location, line: null } }),
    (frame) => ({ ...frame, arguments: [] }),
    (frame) => ({ ...frame, address: null }),
    (frame) => ({ ...frame, library: null }),
    () => null,
  ];
  const name = fc.constantFrom("pop", "serve", "handle", "loop");
  const unnamed = fc
    .constantFrom("0x0", "0x7f12d4c1f0e8", "0x4141414141414141")
    .map((address) => unknown(0, address));
  const library = frameOf(null, { library: "/lib/libc.so.6", address: "0x7f12d4c1f0e8" });
  const called = fc.oneof(
    { weight: 4, arbitrary: name.map((one) => good(one, 0)) },
    { weight: 2, arbitrary: fc.oneof(name, fc.constant("qsort")).map((one) => lineless(one, 0)) },
    { weight: 2, arbitrary: fc.oneof(unnamed, fc.constant(library)) },
  );
  /** A stack as a process may have one: perhaps an abort, the program, perhaps its start, perhaps garbage. */
  const anyTrace = fc
    .tuple(
      fc.constantFrom<Frame[]>(
        [],
        [lineless("raise", 0), lineless("abort", 0)],
        [library, lineless("abort", 0)],
      ),
      fc.array(called, { maxLength: 7 }),
      fc.constantFrom<Frame[]>([], [good("main", 0)], [lineless("main", 0)], [lineless("start_thread", 0)]),
      fc.array(unnamed, { maxLength: 1 }),
    )
    .map((parts) => parts.flat().map((frame, level) => ({ ...frame, level })));

  it("is never better for what the text lacks", () => {
    const loss = fc.record({ at: fc.nat(8), take: fc.constantFrom(...losses) });
    fc.assert(
      fc.property(anyTrace, fc.array(loss, { minLength: 1, maxLength: 3 }), (frames, taken) => {
        const left = taken.reduce<readonly Frame[]>(
          (some, { at, take }) =>
            some.flatMap((frame) => (frame.level === at ? (take(frame) ?? []) : [frame])),
          frames,
        );
        const [before, after] = [frames, left].map((some) =>
          qualityRatings.indexOf(qualityOfTrace(traceOf(some)).rating),
        );
        expect(after).toBeGreaterThanOrEqual(before ?? 0);
      }),
      { numRuns: 2000 },
    );
  });
});
