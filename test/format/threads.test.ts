import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { threadName, threadsSection } from "../../src/format/threads.js";
import { width } from "../../src/format/width.js";
import type { Finding } from "../../src/model/report.js";
import type { Thread, Trace } from "../../src/model/trace.js";
import { document, evidence, finding, frame, report, thread, trace } from "./reports.js";

interface Parts extends Partial<Thread> {
  /** Functions, innermost first; those in brackets are machinery. */
  readonly stack: string;
}

function threadOf({ stack, ...parts }: Parts, index: number): Thread {
  const names = stack.split(" ").filter((name) => name !== "");
  return {
    ...thread(
      names.map((name, level) => frame(level, name.replace(/[()]/g, ""), "a.c", 1)),
      names.map((name, level) => ({
        level,
        roles: name.startsWith("(") ? ["machinery"] : [],
        states: {},
        verdict: null,
      })),
    ),
    crashed: false,
    index,
    number: `${index + 1}`,
    ...parts,
  };
}

/** @param stacks indices of the threads of each stack */
function traceOf(threads: Parts[], stacks: number[][]): Trace {
  return trace(threads.map(threadOf), { stacks });
}

function section(of: Trace, found: Finding | null = null, columns = 80) {
  return threadsSection(of, found, columns);
}

const context = (title: string, level: number | null = null) => ({ name: "c", title, level });

describe("the threads of a trace", () => {
  test("with one stack are one, with their count, their numbers and their name", () => {
    const workers = Array.from({ length: 58 }, () => ({ stack: "wait work", name: "worker" }));
    const of = traceOf(
      [{ stack: "(abort) pop run", crashed: true }, ...workers, { stack: "poll main" }],
      [[0], workers.map((_, index) => index + 1), [59]],
    );
    expect(section(of)).toEqual({
      heading: "60 threads, 3 stacks",
      lines: [
        "   1  thread 1 (crashed)",
        "      in run → pop",
        '  58  threads 2-59 "worker"',
        "      in work → wait",
        "   1  thread 60",
        "      in main → poll",
      ],
    });
  });

  test("are not told where there is one", () => {
    expect(section(traceOf([{ stack: "main" }], [[0]])).lines).toEqual([]);
    expect(threadsSection(null, null, 80).lines).toEqual([]);
  });

  test.each([
    ["numbers that follow each other are a range", [1, 2, 3, 4], "threads 2-5"],
    ["two of them are not", [1, 2, 4], "threads 2, 3, 5"],
    [
      "of many ranges the first are told",
      [1, 3, 5, 7, 9, 11, 13, 15, 17, 19],
      "threads 2, 4, 6, 8, 10, 12, 14, 16, … 2 more",
    ],
  ])("have short lists: %s", (_, stack, list) => {
    const threads = Array.from({ length: 21 }, () => ({ stack: "f" }));
    expect(section(traceOf(threads, [stack])).lines[0]).toBe(`${`  ${stack.length}  `}${list}`);
  });

  test("say of how many names they are", () => {
    const threads = ["a", "b", "a", "c", "d"].map((name) => ({ stack: "f", name }));
    expect(section(traceOf(threads, [[0, 1, 2, 3, 4]])).lines[0]).toBe(
      '  5  threads 1-5 "a", "b", "c", … 1 more',
    );
  });

  test.each([
    ["a number and a name", { number: "3", name: "CPU 0/KVM" }, 'thread 3 "CPU 0/KVM"'],
    ["an LWP alone", { number: null, lwp: 77 }, "LWP 77"],
    ["a name alone", { number: null, name: "io" }, 'a thread "io"'],
    ["nothing", { number: null }, "a thread"],
    ["a coroutine", { number: null, coroutine: { address: "0x5a", entered: 0 } }, "the coroutine at 0x5a"],
  ] satisfies [string, Partial<Thread>, string][])(
    "are named by what is known of them: %s",
    (_, parts, name) => {
      expect(threadName(threadOf({ stack: "f", ...parts }, 0))).toBe(name);
    },
  );

  test("are counted apart from coroutines", () => {
    const coroutine = { address: "0x5a", entered: 0 };
    const of = traceOf([{ stack: "f" }, { stack: "g", number: null, coroutine }], [[0], [1]]);
    expect(section(of).heading).toBe("1 thread and 1 coroutine, 2 stacks");
  });

  test("say what they are and do, from the frame that tells it", () => {
    const contexts = [context("the main loop", 5), context("a bottom half", 4)];
    const of = traceOf(
      [{ stack: "(raise) c b a bh loop main", contexts }, { stack: "f6 f5 f4 f3 f2 f1 f0" }],
      [[0], [1]],
    );
    expect(section(of).lines).toEqual([
      "  1  thread 1: the main loop, in a bottom half",
      "     in bh → a → b → c",
      "  1  thread 2",
      "     in f3 → f4 → f5 → f6",
    ]);
  });

  test.each([
    ["crashed", { crashed: true }, {}, "crashed"],
    ["is what the finding speaks of", {}, { thread: 0 }, "found here"],
    ["holds it", {}, { thread: 1, known: true }, "holds it"],
    ["may hold it", {}, { thread: 1, known: false }, "may hold it"],
  ])(
    "are marked: one that %s",
    (_, parts, { thread: at, known }: { thread?: number; known?: boolean }, mark) => {
      const place = { trace: 0, thread: 0, level: 0, function: "f" };
      const candidates = known === undefined ? [] : [{ ...place, known, evidence: evidence() }];
      const of = traceOf([{ stack: "f", ...parts }, { stack: "g" }], [[0], [1]]);
      const found = finding({ thread: at ?? 1, candidates });
      expect(section(of, found).lines[0]).toBe(`  1  thread 1 (${mark})`);
    },
  );

  test("are told below the first entry of their trace alone", () => {
    const of = traceOf([{ stack: "f", crashed: true }, { stack: "g" }], [[0], [1]]);
    const findings = [finding({ rule: "a/b" }), finding({ rule: "c/d", fingerprint: "other" })];
    const text = formatText(report([document({ traces: [of], findings })]), {
      palette: plain,
      columns: 80,
      brief: false,
    });
    expect(text.split("\n").filter((line) => line === "2 threads, 2 stacks")).toHaveLength(1);
  });

  test("of very many stacks are told in few lines and linear time", () => {
    const threads = Array.from({ length: 10_000 }, (_, index) => ({ stack: `f${index} g` }));
    const of = traceOf(
      threads,
      threads.map((_, index) => [index]),
    );
    const started = performance.now();
    const { lines } = section(of);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(lines).toHaveLength(33);
    expect(lines.at(-1)).toBe("  … 9984 more stacks of 9984 threads …");
  });

  test("stay within the columns and print nothing that a terminal obeys", () => {
    const any = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(any, any, any, any, (name, number, title, called) => {
        const parts = { name, number, contexts: [context(title)], frames: [frame(0, called, null)] };
        const of = traceOf(
          [
            { stack: "f", ...parts },
            { stack: "g", ...parts, number: "2" },
          ],
          [[0, 1]],
        );
        for (const line of section(of).lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        expect(width(section(of).lines.at(-1) ?? "")).toBeLessThanOrEqual(80);
      }),
    );
  });
});
