import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stacksIn } from "../../src/group/stacks.js";
import type { Finding } from "../../src/model/report.js";
import type { Frame, Thread } from "../../src/model/trace.js";
import { evidence, finding, frame, thread } from "../format/reports.js";

/** Threads in their order, each with the functions of its stack, innermost first; `!` before the one that crashed. */
function threadsOf(...stacks: string[]): Thread[] {
  return stacks.map((stack, index) => ({
    ...thread(
      stack
        .replace("!", "")
        .split(" ")
        .map((name, level) => frame(level, name, `${name}.c`, 7)),
    ),
    index,
    number: `${index + 1}`,
    crashed: stack.startsWith("!"),
  }));
}

function stacksOf(threads: Thread[], findings: Finding[] = []): number[][] {
  return stacksIn([{ threads }], findings)[0] ?? [];
}

const plain = finding({ thread: null, evidence: [evidence({ thread: null })] });

describe("threads with one stack", () => {
  test("are one, that of most threads first", () => {
    expect(stacksOf(threadsOf("poll main", "wait worker", "wait worker"))).toEqual([[1, 2], [0]]);
  });

  test.each([
    ["another level", { level: 5 }, 2],
    ["another function", { function: "g" }, 2],
    ["no function", { function: null }, 2],
    ["another line", { location: { file: "f.c", line: 8 } }, 2],
    ["no line", { location: { file: "f.c", line: null } }, 2],
    ["another file", { location: { file: "g.c", line: 7 } }, 2],
    ["another library", { library: "/lib/libc.so.6" }, 2],
    ["another kind", { kind: "signal-handler" }, 2],
    ["another address", { address: "0x1234" }, 1],
    [
      "other values",
      { arguments: [{ name: "n", value: "1", entryValue: null, span: frame(0, "f", null).span }] },
      1,
    ],
    ["other locals", { locals: [] }, 1],
  ] satisfies [string, Partial<Frame>, number][])("agree in all frames; %s", (_, parts, count) => {
    const [one, other] = threadsOf("f", "f");
    const changed = { ...other, frames: (other?.frames ?? []).map((each) => ({ ...each, ...parts })) };
    const threads = [one, changed].flatMap((each) =>
      each === undefined ? [] : [{ ...thread([]), ...each }],
    );
    expect(stacksOf(threads)).toHaveLength(count);
  });

  test("agree in the addresses of frames of which nothing else is known", () => {
    const unknown = (address: string, index: number): Thread => ({
      ...thread([{ ...frame(0, null, null), address }]),
      index,
      crashed: false,
    });
    expect(stacksOf([unknown("0x1", 0), unknown("0x2", 1), unknown("0x1", 2)])).toEqual([[0, 2], [1]]);
  });

  test("are none with a coroutine", () => {
    const [one, other] = threadsOf("f", "f");
    const coroutine = { address: "0x55", entered: 0 };
    const threads = [one, { ...other, coroutine }].flatMap((each) =>
      each === undefined ? [] : [{ ...thread([]), ...each }],
    );
    expect(stacksOf(threads)).toHaveLength(2);
  });
});

describe("the stacks of a trace", () => {
  const threads = () => threadsOf("wait", "wait", "poll", "commit", "read", "lock", "wait");
  const holder = { trace: 0, thread: 3, level: 0, function: "commit" };

  test("begin with the thread of a finding, then those that it names, then the most", () => {
    const found = { ...plain, thread: 4, holder };
    expect(stacksOf(threads(), [found])).toEqual([[4], [3], [0, 1, 6], [2], [5]]);
  });

  test("begin with the thread that crashed, whichever the finding speaks of", () => {
    const found = { ...plain, thread: 4 };
    expect(stacksOf(threadsOf("wait", "wait", "poll", "read", "read", "!abort"), [found])).toEqual([
      [5],
      [4, 3],
      [0, 1],
      [2],
    ]);
  });

  test.each([
    ["a candidate", { candidates: [{ ...holder, known: false, evidence: evidence() }] }],
    ["what evidence is about", { evidence: [evidence({ thread: 3 })] }],
  ] satisfies [string, Partial<Finding>][])("have %s before those that are idle", (_, parts) => {
    expect(stacksOf(threads(), [{ ...plain, thread: 4, ...parts }]).slice(0, 2)).toEqual([[4], [3]]);
  });

  test("put the thread that is concerned first among those of one stack", () => {
    expect(stacksOf(threads(), [{ ...plain, thread: 6 }])[0]).toEqual([6, 0, 1]);
  });

  test("are those of their own trace", () => {
    const traces = [{ threads: threadsOf("a", "b") }, { threads: threadsOf("a", "b") }];
    expect(stacksIn(traces, [{ ...plain, trace: 1, thread: 1 }])).toEqual([
      [[0], [1]],
      [[1], [0]],
    ]);
    expect(stacksIn([], [{ ...plain, trace: 3, thread: 9 }])).toEqual([]);
  });

  test("of ten thousand threads take time in proportion", () => {
    const many = threadsOf(
      ...Array.from({ length: 10_000 }, (_, index) => `${"f ".repeat(20)}g${index % 5000}`),
    );
    const findings = many.map(({ index }) => ({ ...plain, thread: index }));
    const started = performance.now();
    expect(stacksOf(many, findings)).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("hold every thread once", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "a b", "!a", "b a"), { maxLength: 20 }), (stacks) => {
        const all = stacksOf(threadsOf(...stacks)).flat();
        expect(all.sort((one, other) => one - other)).toEqual(stacks.map((_, index) => index));
      }),
    );
  });
});
