import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadThread } from "../../src/model/trace.js";
import { lineOf, type PrintedFrame, printedFrames, readOf } from "../parse/printed-traces.js";
import { readingOf } from "../parse/reading.js";
import { allSamples, inputOf, reportOfText } from "../samples/samples.js";
import { asEntities } from "./mangle/html.js";
import { indented } from "./mangle/indentation.js";
import { arrows, initials, quoted } from "./mangle/quotes.js";
import { inPieces, stamped, stamps } from "./mangle/stamps.js";
import { mailed, onTerminal, printedAt } from "./mangle/wraps.js";

type Treatment = (text: string) => string;

/** A treatment that shows its name where a property fails. */
function named(name: string, treatment: Treatment): Treatment {
  return Object.assign((text: string) => treatment(text), { [fc.toStringMethod]: () => name });
}

/** Wide enough that no stamp is broken off its line. */
const widths = fc.integer({ min: 100, max: 200 });
const quoting = fc
  .constantFrom(...arrows, ...initials)
  .map((mark) => named(`quoted with ${mark}`, (text) => quoted(text, mark)));
const stamping = fc
  .constantFrom(...Object.keys(stamps))
  .map((name) => named(`stamped by ${name}`, (text) => stamped(text, stamps[name] ?? (() => ""))));
const wrapping = widths.map((width) => named(`mailed at ${width}`, (text) => mailed(text, width)));
const printing = fc
  .integer({ min: 40, max: 200 })
  .map((width) => named(`printed at ${width}`, (text) => printedAt(text, width)));
const piecing = widths.map((length) => named(`in pieces of ${length}`, (text) => inPieces(text, length)));
const breaking = widths.map((width) => named(`broken at ${width}`, (text) => onTerminal(text, width)));
const indenting = fc
  .constantFrom("  ", "    ")
  .map((indent) => named("indented", (text) => indented(text, indent)));

/** What leaves everything to be read; gdb's own breaks come first, and what carries a text last. */
const lossless = fc
  .tuple(
    fc.option(printing, { nil: undefined }),
    fc.array(fc.oneof(quoting, stamping, wrapping, indenting, piecing), { maxLength: 2 }),
    fc.option(
      fc.constantFrom(
        named("CRLF", (text) => text.replaceAll("\n", "\r\n")),
        // Entities are undone where a frame's first line shows them; what stands in front of it may have a `#` too.
        named("entities", (text) => (/#\d+ +(?:0x|[^\d\s]).*</.test(text) ? asEntities(text) : text)),
      ),
      { nil: undefined },
    ),
  )
  .map(([first, middle, last]) => [first, ...middle, last].filter((step) => step !== undefined));

/** The same, and a terminal that breaks words: it may lose a blank inside a string, or the last digits of a line. */
const lossy = fc
  .tuple(
    fc.array(fc.oneof(quoting, stamping, wrapping), { maxLength: 1 }),
    breaking,
    fc.option(quoting, { nil: undefined }),
  )
  .map(([first, hard, last]) => [...first, hard, last].filter((step) => step !== undefined));

const apply = (text: string, steps: readonly Treatment[]): string =>
  steps.reduce((treated, step) => step(treated), text);

const printed = (frames: readonly PrintedFrame[]): string => frames.map(lineOf).join("\n");

/** Two frames at least: initials in front of one are somebody's list. */
const traces = printedFrames.filter((frames) => frames.length > 1);

function threadsOf(text: string): readonly ReadThread[] {
  return readingOf(text).traces.flatMap(({ threads }) => threads);
}

describe("any composition of", () => {
  it("lossless steps leaves every frame with its arguments and its place", () => {
    fc.assert(
      fc.property(traces, lossless, (frames, steps) => {
        const text = printed(frames);
        expect(threadsOf(apply(text, steps)).map(readOf)).toEqual(threadsOf(text).map(readOf));
      }),
      { numRuns: 300 },
    );
  });

  it("steps of which one breaks words leaves the levels and the functions", () => {
    const outline = (text: string) =>
      threadsOf(text).map(({ frames }) => frames.map(({ level, function: name }) => [level, name]));
    fc.assert(
      fc.property(traces, lossy, (frames, steps) => {
        const text = printed(frames);
        const treated = apply(text, steps);
        // The soft break of quoted-printable, where no other `=` of the text says that it is none.
        fc.pre(!/=$/m.test(treated));
        expect(outline(treated)).toEqual(outline(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the fingerprints of a sample", () => {
  const fingerprintsOf = (text: string): unknown[] =>
    reportOfText(text).documents.flatMap(({ traces: found }) => found.map(({ fingerprint }) => fingerprint));
  const texts = allSamples()
    .filter(({ name }) => name.startsWith("qemu-memory/"))
    .map((sample) => [sample.name, new TextDecoder().decode(inputOf(sample))] as const);

  it.each(texts)("stay, whatever its text goes through: %s", (_, text) => {
    const expected = fingerprintsOf(text);
    for (const [name, stamp] of Object.entries(stamps))
      expect(fingerprintsOf(stamped(text, stamp)), name).toEqual(expected);
    for (const mark of arrows) expect(fingerprintsOf(quoted(text, mark)), mark).toEqual(expected);
    for (const width of [60, 72, 76, 80, 100, 132]) {
      expect(fingerprintsOf(mailed(text, width)), `mailed at ${width}`).toEqual(expected);
      expect(fingerprintsOf(quoted(mailed(text, width), "> ")), `mailed at ${width}, quoted`).toEqual(
        expected,
      );
      expect(fingerprintsOf(onTerminal(text, width)), `broken at ${width}`).toEqual(expected);
      expect(fingerprintsOf(quoted(onTerminal(text, width), "> ")), `broken at ${width}, quoted`).toEqual(
        expected,
      );
      expect(fingerprintsOf(inPieces(text, width)), `in pieces of ${width}`).toEqual(expected);
    }
  });
});
