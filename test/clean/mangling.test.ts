import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { readTraces } from "../../src/parse/read.js";
import { readPlain } from "../../src/read/plain.js";
import { Positions } from "../../src/text/positions.js";
import { type View, viewOffset } from "../../src/text/view.js";
import { expectedOf, lineOf, type PrintedFrame, printedFrames, readOf } from "../parse/printed-traces.js";
import { namesOf, threadOf } from "../parse/reading.js";
import { asColoured, asOverstruck, escapes } from "./mangle/ansi.js";
import { withoutHashes, withSplitPaths, withWrittenAt } from "./mangle/archives.js";
import { withByteOrderMarks, withNoBreakSpaces, withTabs } from "./mangle/blanks.js";
import { asEntities, asPage, asPipermail, withBreakTags } from "./mangle/html.js";
import { indented } from "./mangle/indentation.js";
import { afterProgress, lineEnds, withLineEnds } from "./mangle/line-ends.js";
import {
  asCodeSpans,
  asEscaped,
  asHeadings,
  asItems,
  asRows,
  fencedInLine,
  withLinkedLevels,
} from "./mangle/markdown.js";
import { asMojibake, withFullWidthMarkers, withFullWidthQuotes } from "./mangle/mojibake.js";
import { asParagraph } from "./mangle/paragraph.js";
import { asQuotedPrintable } from "./mangle/quoted-printable.js";
import { asTypeset } from "./mangle/typography.js";

type Mangle = (text: string) => string;

/** Damage that leaves everything to be read. */
const lossless: readonly (readonly [string, Mangle])[] = [
  ["quoted-printable", asQuotedPrintable],
  ["quoted-printable of Windows", (text) => asQuotedPrintable(text, "\r\n")],
  ["entities", asEntities],
  ["entities, twice", (text) => asEntities(text, 2)],
  ["a page's source", asPage],
  ["pipermail's source", asPipermail],
  ["tags for line ends", withBreakTags],
  ...escapes.map((written): [string, Mangle] => [
    `colours with ${JSON.stringify(written)}`,
    (text) => asColoured(text, written),
  ]),
  ["overstrikes", asOverstruck],
  ...lineEnds.map((end): [string, Mangle] => [
    `line ends ${JSON.stringify(end)}`,
    (text) => withLineEnds(text, end),
  ]),
  ["progress", afterProgress],
  ["no-break spaces", withNoBreakSpaces],
  ["byte order marks", withByteOrderMarks],
  ["tabs", withTabs],
  ["full-width markers", withFullWidthMarkers],
  ["full-width markers as mojibake", (text) => asMojibake(withFullWidthMarkers(text))],
  ["full-width markers as mojibake of Latin-1", (text) => asMojibake(withFullWidthMarkers(text), "latin1")],
  ["full-width quote marks", withFullWidthQuotes],
  ["full-width quote marks as mojibake", (text) => asMojibake(withFullWidthQuotes(text))],
  ["no-break spaces as mojibake", (text) => asMojibake(withNoBreakSpaces(text))],
  ["no-break spaces as mojibake twice", (text) => asMojibake(asMojibake(withNoBreakSpaces(text)))],
  ["byte order marks as mojibake", (text) => asMojibake(withByteOrderMarks(text))],
  ["typography", asTypeset],
  ["typography as mojibake", (text) => asMojibake(asTypeset(text))],
  ["a fence in the line", fencedInLine],
  ["code spans", asCodeSpans],
  ["bullets *", (text) => asItems(text, "*")],
  ["bullets -", (text) => asItems(text, "-")],
  ["bullets •", (text) => asItems(text, "•")],
  ["numbered items", (text) => asItems(text, "1.")],
  ["a table", asRows],
  ["linked levels", withLinkedLevels],
  ["escapes of Markdown", asEscaped],
  ["two blanks in front", (text) => indented(text, "  ")],
  ["56 blanks in front", (text) => indented(text, " ".repeat(56))],
  ["a tab in front", (text) => indented(text, "\t")],
  ["pipermail's at", withWrittenAt],
  ["Gmane's at", (text) => withWrittenAt(text, " <at> ")],
  ["broken paths", withSplitPaths],
];

function textOf(frames: readonly PrintedFrame[]): string {
  return frames.map((frame) => `${lineOf(frame)}\n`).join("");
}

function read(text: string) {
  return readOf(threadOf(text));
}

describe.each(lossless)("a trace under %s", (_, mangle) => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(printedFrames, (frames) => {
        expect(read(mangle(textOf(frames)))).toEqual(frames.map(expectedOf));
      }),
      { numRuns: 60 },
    );
  });

  it("has frames whose raw words are what their lines were made of", () => {
    fc.assert(
      fc.property(printedFrames, (frames) => {
        const raw = mangle(textOf(frames));
        const { view } = clean(raw);
        for (const { view: at, length, raw: from, verbatim } of view.pieces) {
          if (verbatim) expect(view.text.slice(at, at + length)).toBe(raw.slice(from, from + length));
        }
        const spans = threadOf(raw).frames.map(({ span }) => [span.start.offset, span.end.offset]);
        expect(spans).toEqual(frames.map(({ level }) => rawLineOf(view, level)));
      }),
      { numRuns: 30 },
    );
  });
});

/** The raw stretch that the line of a level stands for, from its `#` to its last word. */
function rawLineOf(view: View, level: number): number[] {
  const line = view.text.split("\n").find((one) => new RegExp(`^[^#]*#${level}\\s`).test(one)) ?? "";
  const start = view.text.indexOf(line) + line.indexOf("#");
  const range = view.toRaw({
    start: viewOffset(start),
    end: viewOffset(start + line.slice(line.indexOf("#")).trimEnd().length),
  });
  return [range.start, range.end];
}

/** The frames of a text as the sieve lets them through. */
function outline(text: string): string[][] {
  const { windows } = readPlain(new TextEncoder().encode(text), {
    path: null,
    member: null,
    messageId: null,
  });
  return windows
    .flatMap((window) => readTraces(clean(window.text).view, new Positions(window)).traces)
    .flatMap(({ threads }) => threads.map(namesOf));
}

/** Damage that only a run of frames shows. */
const frames20 = printedFrames.filter(
  (frames) => frames.length > 2 && frames[0]?.level === 0 && frames.every(({ address }) => address !== null),
);

describe.each<readonly [string, Mangle]>([
  ["lost hashes", withoutHashes],
  ["headings", asHeadings],
])("a run of frames under %s", (_, mangle) => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(frames20, (frames) => {
        expect(read(mangle(textOf(frames)))).toEqual(frames.map(expectedOf));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a trace that runs on in one line", () => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(
        printedFrames.filter((frames) => frames[0]?.level === 0),
        (frames) => {
          expect(read(asParagraph(textOf(frames)))).toEqual(frames.map(expectedOf));
        },
      ),
    );
  });
});

describe.each([...lossless, ["lost hashes", withoutHashes], ["headings", asHeadings]] as const)(
  "a real trace under %s",
  (_, mangle) => {
    const trace = [
      "#0  0x00007ffff7e0ffb2 in __GI_raise (sig=sig@entry=6) at ../sysdeps/unix/sysv/linux/raise.c:51",
      "#1  0x00007ffff7e0e8f4 in __GI_abort () at abort.c:79",
      '#2  0x00005581f0a6b3c1 in queue_push (q=<optimized out>, name=0x5581f0a6d004 "tail", n=3) at src/queue/push.c:76',
      "#3  main () at src/main/main.c:12",
      "",
    ].join("\n");

    it("passes the sieve", () => {
      expect(outline(mangle(trace))).toEqual(outline(trace));
    });
  },
);
