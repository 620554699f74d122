import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, type Finding, reportSchema } from "../../src/model/report.js";
import type { Frame } from "../../src/model/trace.js";
import { placeholders } from "../../src/rules/language/pack.js";
import { allSamples, reportOfText } from "../samples/samples.js";

const texts = allSamples().map(({ folder, files }) =>
  readFileSync(join(folder, files.find((name) => name.startsWith("input.")) ?? ""), "utf8"),
);

/** Extra lines that a session may hold. */
const odd = [
  "",
  "(gdb) bt",
  "(gdb) p memory_region_transaction_depth",
  "$1 = 1",
  "$1 = 0",
  "No locals.",
  "        _rcu_read_auto = 0x1",
  "Program received signal SIGSEGV, Segmentation fault.",
  "Thread 7 (Thread 0x7f07 (LWP 77)):",
  "#0  __GI_abort () at abort.c:79",
  "#5  0x0000555555555000 in memory_region_transaction_commit () at memory.c:1108",
  "#9  <signal handler called>",
  "(More stack frames follow...)",
  "qemu: memory.h:766: address_space_to_flatview: Assertion `memory_region_transaction_depth == 0' failed.",
];

/** A sample from which lines are missing, or stand twice, or were put in; the messages of its failures are left alone. */
const damaged = fc
  .record({
    text: fc.constantFrom(...texts),
    edits: fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom("drop", "double", "put", "cut"),
        line: fc.constantFrom(...odd),
        column: fc.nat(90),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ text, edits }) =>
    edits
      .reduce((lines, { at, kind, line, column }) => {
        const index = at % lines.length;
        const here = lines[index] ?? "";
        if (lines.length === 0 || /ssertion|ERROR:/.test(here)) return lines;
        if (kind === "drop") return lines.toSpliced(index, 1 + (column % 4));
        if (kind === "double") return lines.toSpliced(index, 0, here);
        if (kind === "cut") return lines.with(index, here.slice(0, column));
        return lines.toSpliced(index, 0, line);
      }, text.split("\n"))
      .join("\n"),
  );

/** What is said of a report that breaks what the report promises. */
function broken(text: string, document: Document): string[] {
  const faults: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  for (const [index, { threads, crashFrame, assertion }] of document.traces.entries()) {
    claim(threads.length > 0 && threads.every(({ frames }) => frames.length > 0), `trace ${index} is empty`);
    claim(threads.filter(({ crashed }) => crashed).length <= 1, `trace ${index} has two crashed threads`);
    if (crashFrame !== null) {
      const frame = frameAt(document, index, crashFrame.thread, crashFrame.level);
      claim(frame?.function === crashFrame.function, `the crash frame of trace ${index} is not there`);
      claim(
        threads[crashFrame.thread]?.crashed === true,
        `the crash frame of trace ${index} stands in another thread`,
      );
    }
    for (const { frames, classification } of threads)
      claim(
        classification.map(({ level }) => level).join() === frames.map(({ level }) => level).join(),
        "a class is missing",
      );
    if (assertion !== null) {
      // Another sighting of the failure may know more of it than this trace.
      const { expression, line } = assertion;
      claim(
        document.assertions.some(
          (one) =>
            (expression === null || one.expression?.startsWith(expression.replace("...", "")) === true) &&
            (line === null || one.line === line),
        ),
        `an assertion is not listed: ${expression}, ${line}`,
      );
    }
  }
  for (const finding of document.findings)
    faults.push(...brokenFinding(text, document, finding).map((what) => `${finding.rule}: ${what}`));
  return faults;
}

function frameAt({ traces }: Document, trace: number, thread: number, level: number): Frame | undefined {
  return traces[trace]?.threads[thread]?.frames.find((frame) => frame.level === level);
}

function brokenFinding(text: string, document: Document, finding: Finding): string[] {
  const faults: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const { trace, thread, frames, path, blame, site, holder, evidence, alsoIn, verdict } = finding;
  for (const { span, text: words, kind } of evidence) {
    claim(
      words === null ? kind === "absence" : text.slice(span.start.offset, span.end.offset).startsWith(words),
      "evidence quotes what is not there",
    );
  }
  const said = finding.message + finding.advice.join();
  claim(!placeholders.some((name) => said.includes(`{${name}}`)), "a placeholder is left");
  if (trace === null || thread === null) {
    claim(
      frames.length === 0 && path.length === 0 && blame === null && site === null && holder === null,
      "frames without a trace",
    );
    return faults;
  }
  const here = (level: number): Frame | undefined => frameAt(document, trace, thread, level);
  claim(
    alsoIn.every((one) => one !== trace && document.traces[one] !== undefined),
    "alsoIn names what is not there",
  );
  for (const level of frames) {
    const found = document.traces[trace]?.threads[thread]?.classification.find((one) => one.level === level);
    claim(verdict === null || found?.verdict === verdict, `#${level} has another verdict`);
  }
  for (const { levels, function: name } of path)
    claim(
      levels.every((level) => here(level)?.function === name),
      `a step of the path is not there: ${name}`,
    );
  const levels = path.flatMap((step) => step.levels);
  claim(new Set(levels).size === levels.length, "a frame stands twice on the path");
  for (const named of [blame, site]) {
    if (named === null) continue;
    claim(here(named.level)?.function === named.function, "who is named is not there");
    // Who is to blame for a crash need stand on no path: the domain of a pack has none.
    claim(path.length === 0 || levels.includes(named.level), "who is named is not on the path");
  }
  if (blame !== null && site !== null)
    claim(blame.level >= site.level, "the blamed frame is called by the site");
  // What a detector found may rest on frames of a pack that cuts no paths.
  if (frames.length > 0 && (verdict !== null || path.length > 0))
    claim(levels.includes(Math.min(...frames)), "the path does not end at the access");
  if (holder !== null)
    claim(
      frameAt(document, holder.trace, holder.thread, holder.level)?.function === holder.function,
      "the holder is not there",
    );
  return faults;
}

describe("the report of a damaged session", () => {
  it("keeps what a report promises", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const report = reportOfText(text);
        expect(reportSchema.safeParse(report).error).toBeUndefined();
        expect(report.documents.flatMap((document) => broken(text, document))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("tells the rules and verdicts that it uses", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const { rules, verdicts, documents } = reportOfText(text);
        const spoke = new Set(documents.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
        expect(new Set(rules.map(({ id }) => id))).toEqual(spoke);
        const given = new Set(
          documents.flatMap(({ traces }) =>
            traces.flatMap(({ threads }) =>
              threads.flatMap(({ classification }) => classification.flatMap(({ verdict }) => verdict ?? [])),
            ),
          ),
        );
        expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(given);
      }),
      { numRuns: 50 },
    );
  });
});
