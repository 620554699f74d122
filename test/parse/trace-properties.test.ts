import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame, ReadThread } from "../../src/model/trace.js";
import type { Span } from "../../src/text/span.js";
import { reportOfText } from "../samples/samples.js";
import { wrapWords } from "../wrapping.js";
import { expectedOf, lineOf, type PrintedFrame, printedFrames, readOf } from "./printed-traces.js";
import { readingOf, threadOf, wordsOf } from "./reading.js";

const widths = fc.integer({ min: 40, max: 200 });
const marks = fc.constantFrom("> ", "> > ", ">> ");

function textOf(frames: readonly PrintedFrame[]): string {
  return frames.map((frame) => `${lineOf(frame)}\n`).join("");
}

/** A text in which every line is treated by itself. */
function eachLine(text: string, treat: (line: string) => readonly string[]): string {
  return text.split("\n").flatMap(treat).join("\n");
}

function wrapped(text: string, width: number): string {
  return eachLine(text, (line) => wrapWords(line, width));
}

/**
 * Whether the lines that are broken are equally long, all of them or up to where a text may have been cut: then nothing but
 * their words tells a mailer's breaks, at blanks, from a terminal's, at a margin.
 */
function evenlyBroken(text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^(?:>+ ?)+/, "").trimEnd());
  const broken = lines.filter((line, index) => line !== "" && /^[^#]/.test(lines[index + 1] ?? ""));
  const [first, second] = broken.map(({ length }) => length);
  return first !== undefined && second !== undefined && Math.abs(first - second) <= 1;
}

type Treatment = (text: string) => string;

/** A treatment that shows its widths and marks where a property fails. */
function shown(treatment: Treatment, ...how: readonly (string | number)[]): Treatment {
  return Object.assign(treatment, { [fc.toStringMethod]: () => how.join(", ") });
}

/** What a hand on the way may do to a text without a loss. */
const treatments: readonly (readonly [string, fc.Arbitrary<Treatment>])[] = [
  ["nothing", fc.constant((text) => text)],
  ["line ends of Windows", fc.constant((text) => text.replaceAll("\n", "\r\n"))],
  ["quoting", marks.map((mark) => shown((text) => eachLine(text, (line) => [mark + line]), mark))],
  ["wrapping at blanks", widths.map((width) => shown((text) => wrapped(text, width), width))],
  [
    "wrapping, then line ends of Windows",
    widths.map((width) => shown((text) => wrapped(text, width).replaceAll("\n", "\r\n"), width)),
  ],
  [
    "wrapping, then quoting",
    fc
      .tuple(widths, marks)
      .map(([width, mark]) =>
        shown((text) => eachLine(wrapped(text, width), (line) => [mark + line]), width, mark),
      ),
  ],
  [
    "quoting, then wrapping",
    widths.map((width) =>
      shown(
        (text) =>
          wrapped(
            eachLine(text, (line) => [`> > ${line}`]),
            width,
          ),
        width,
      ),
    ),
  ],
];

function fingerprintsOf(text: string): string[] {
  return reportOfText(text).documents.flatMap(({ traces }) => traces.map(({ fingerprint }) => fingerprint));
}

/** The words of a text without quote marks and line breaks, blanks folded. */
function unwrapped(text: string): string {
  return text.replace(/\r?\n(?:> ?|>> ?)*/g, " ").replace(/\s+/g, " ");
}

/** Whether a span lies in another one. */
function contains(outer: Span, inner: Span): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset;
}

/** A place as its offset says it. */
function positionOf(text: string, offset: number) {
  const before = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/);
  return { offset, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

describe.each(treatments)("a trace of any frames, after %s", (_, treatment) => {
  it("is read whole: every frame with its arguments and its place", () => {
    fc.assert(
      fc.property(printedFrames, treatment, (frames, treat) => {
        const text = treat(textOf(frames));
        fc.pre(!evenlyBroken(text));
        expect(readOf(threadOf(text))).toEqual(frames.map(expectedOf));
      }),
    );
  });

  it("has the same fingerprint", () => {
    fc.assert(
      fc.property(printedFrames, treatment, (frames, treat) => {
        const text = textOf(frames);
        fc.pre(!evenlyBroken(treat(text)));
        expect(fingerprintsOf(treat(text))).toEqual(fingerprintsOf(text));
      }),
      { numRuns: 30 },
    );
  });

  it("has spans that cover exactly its words, each inside the one around it", () => {
    fc.assert(
      fc.property(printedFrames, treatment, (frames, treat) => {
        const text = treat(`Before it:\n\n${textOf(frames)}\nBehind it.\n`);
        fc.pre(!evenlyBroken(text));
        const [trace] = readingOf(text).traces;
        const [thread] = trace?.threads ?? [];
        expect(trace).toBeDefined();
        for (const [index, frame] of (thread?.frames ?? []).entries()) {
          const printed = frames[index];
          expect(unwrapped(wordsOf(text, frame.span))).toBe(
            printed === undefined ? "" : unwrapped(lineOf(printed)),
          );
          expect(thread !== undefined && contains(thread.span, frame.span)).toBe(true);
          for (const { name, span } of frame.arguments) {
            expect(contains(frame.span, span)).toBe(true);
            const words = wordsOf(text, span);
            expect(words.startsWith(`${name}=`) || words.startsWith(`${name}@entry=`)).toBe(true);
          }
        }
        if (trace !== undefined && thread !== undefined) {
          expect(contains(trace.span, thread.span)).toBe(true);
          for (const { start, end } of spansOf(thread)) {
            expect(start).toEqual(positionOf(text, start.offset));
            expect(end).toEqual(positionOf(text, end.offset));
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

function spansOf(thread: ReadThread): Span[] {
  return [
    thread.span,
    ...thread.frames.flatMap((frame: Frame) => [frame.span, ...frame.arguments.map(({ span }) => span)]),
  ];
}

describe("a text that is cut anywhere", () => {
  /** What was read of the frames that end before the cut. */
  const wholeFrames = (threads: readonly ReadThread[], end: number) =>
    threads.flatMap((thread) =>
      readOf({ ...thread, frames: thread.frames.filter(({ span }) => span.end.offset <= end) }),
    );

  it("keeps every frame that is whole", () => {
    const cuts = fc.nat({ max: 2000 });
    fc.assert(
      fc.property(printedFrames, cuts, (frames, cut) => {
        const text = textOf(frames);
        const at = cut % (text.length + 1);
        const all = threadOf(text);
        // A cut at the end of a line's digits leaves nothing to see of it.
        const expected = wholeFrames([all], at);
        const threads = readingOf(text.slice(0, at)).traces.flatMap((trace) => trace.threads);
        expect(wholeFrames(threads, at).slice(0, expected.length)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every frame that is whole, wrapped and quoted too", () => {
    fc.assert(
      fc.property(
        printedFrames,
        widths,
        fc.constantFrom("", "> "),
        fc.nat({ max: 3000 }),
        (frames, width, mark, cut) => {
          const text = eachLine(wrapped(textOf(frames), width), (line) => [mark + line]);
          const at = cut % (text.length + 1);
          fc.pre(!evenlyBroken(text) && !evenlyBroken(text.slice(0, at)));
          const expected = wholeFrames([threadOf(text)], at);
          const threads = readingOf(text.slice(0, at)).traces.flatMap((trace) => trace.threads);
          expect(wholeFrames(threads, at).slice(0, expected.length)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives a report, whatever is left of the text and wherever it begins", () => {
    fc.assert(
      fc.property(printedFrames, fc.nat({ max: 2000 }), fc.nat({ max: 2000 }), (frames, from, to) => {
        const text = textOf(frames);
        const part = text.slice(from % text.length, to % (text.length + 1));
        expect(reportOfText(part).documents).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("any lines", () => {
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(
        "#0  0x01 in f (a=1) at a.c:3",
        "#1  g (",
        "#2  h () at b.c:4",
        "(gdb) bt",
        "(gdb) p depth",
        "$1 = 1",
        "Thread 2 (LWP 3):",
        "No locals.",
        "        x = {",
        "        }",
        "          y = 1",
        "(More stack frames follow...)",
        "Program received signal SIGSEGV, Segmentation fault.",
        "[Switching to thread 3 (LWP 9)]",
        "Core was generated by `x'.",
        "x: a.c:3: f: Assertion `a' failed.",
        "#3 is fixed",
        "> #4  0x01 in k () at k.c:3",
        "",
      ),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 20 },
  );

  it("are read without an exception, with spans that lie in the text and in each other", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n", "\r"), (parts, end) => {
        const text = parts.join(end);
        const whole: Span = { start: positionOf(text, 0), end: positionOf(text, text.length) };
        const { traces, assertions, diagnostics } = readingOf(text);
        for (const trace of traces) {
          expect(contains(whole, trace.span)).toBe(true);
          for (const thread of trace.threads) {
            expect(contains(trace.span, thread.span)).toBe(true);
            for (const frame of thread.frames) {
              expect(contains(thread.span, frame.span)).toBe(true);
              for (const { span } of [...frame.arguments]) expect(contains(frame.span, span)).toBe(true);
              for (const { span } of frame.locals ?? []) expect(contains(thread.span, span)).toBe(true);
            }
          }
        }
        for (const { span } of [...assertions, ...diagnostics]) expect(contains(whole, span)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("give no level twice in a thread", () => {
    fc.assert(
      fc.property(lines, (parts) => {
        for (const { threads } of readingOf(parts.join("\n")).traces) {
          for (const { frames } of threads) {
            const levels = frames.map(({ level }) => level);
            expect(levels).toEqual([...new Set(levels)]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
