import type { Confidence, Document, Evidence, Finding } from "../model/report.js";
import type { Assertion } from "../model/trace.js";
import { conditionLines } from "./condition.js";
import { cutLines, otherAdvice } from "./cuts.js";
import { type Entry, threadOf } from "./entries.js";
import { evidenceLines } from "./evidence.js";
import { candidateSection, holderStacks, otherEvidence } from "./holders.js";
import type { Overview } from "./overview.js";
import type { Palette } from "./palette.js";
import { pathLines, stackLines } from "./path.js";
import { place } from "./place.js";
import { stateLines } from "./states.js";
import { threadContext, threadName, threadsSection } from "./threads.js";
import { visible } from "./visible.js";
import { hang, shorten, shortenMiddle, wrap } from "./width.js";

/** A heading and the lines below it; left out where there are none. */
interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

const meanings: Readonly<Record<Confidence, string>> = {
  certain: "the facts are settled or printed, and the holder's frame is on a stack",
  likely: "the state is proved; who holds it is inferred",
  possible: "neither the state nor its holder is proved",
};

/** The assertion that a finding is about: its trace's, else the one that its evidence quotes. */
function assertionOf(finding: Finding, document: Document): Assertion | null {
  const trace = finding.trace === null ? undefined : document.traces[finding.trace];
  if (trace !== undefined) return trace.assertion;
  const quoted = finding.evidence
    .filter((evidence) => evidence.kind === "assertion")
    .map((evidence) => evidence.span.start.offset);
  return document.assertions.find(({ span }) => quoted.includes(span.start.offset)) ?? null;
}

function assertionSection(finding: Finding, document: Document): Section {
  const assertion = assertionOf(finding, document);
  if (assertion === null) return { heading: "", lines: [] };
  const { file, line, function: name, span } = assertion;
  const where = [
    file === null ? "" : `at ${shortenMiddle(visible(file), 60)}${line === null ? "" : `:${line}`}`,
    name === null ? "" : `in ${shortenMiddle(visible(name), 60)}`,
  ].filter((part) => part !== "");
  const facts = assertion.facts.map((fact) =>
    fact.settled
      ? `so  ${shorten(visible(fact.expression), 300)}`
      : `so  ${shorten(visible(fact.expression), 300)}  (not settled which)`,
  );
  return {
    heading: `Failed assertion ${where.join(" ")}`.trimEnd(),
    lines: [
      `  ${shorten(visible(assertion.expression ?? "(its text is not shown)"), 300)}  (${place(document.source, span.start)})`,
      ...facts.map((fact) => `  ${fact}`),
    ],
  };
}

function pathSection(entry: Entry, palette: Palette): Section {
  const { finding, trace } = entry;
  const thread = threadOf(entry);
  const number = thread?.number == null ? "" : ` of thread ${visible(thread.number)}`;
  if (finding !== null && finding.path.length > 0) {
    return { heading: `Path${number}, outermost first`, lines: pathLines(finding, thread, palette) };
  }
  if (thread === null) return { heading: "", lines: [] };
  const crash = trace?.crashFrame?.thread === thread.index ? trace.crashFrame.level : null;
  return { heading: `Stack${number}, innermost first`, lines: stackLines(thread, crash, palette) };
}

function settleLines(finding: Finding, columns: number): string[] {
  return finding.settle.flatMap(({ command, where, tells }) => [
    `  ${where === "gdb" ? "(gdb)" : "$"} ${visible(command)}`,
    ...hang("        ", visible(tells.trim().replace(/\s+/g, " ")), columns),
  ]);
}

function bullets(items: readonly string[], columns: number): string[] {
  return items.flatMap((item) => hang("  - ", visible(item.trim().replace(/\s+/g, " ")), columns));
}

function findingSections(
  entry: Entry,
  finding: Finding,
  overview: Overview,
  palette: Palette,
  columns: number,
): Section[] {
  const { document, report } = entry;
  const evidence = otherEvidence(finding);
  const shown = (pieces: readonly Evidence[]) => evidenceLines(pieces, document, palette, columns);
  return [
    assertionSection(finding, document),
    {
      heading: "Condition with values",
      lines: conditionLines(assertionOf(finding, document)?.explanation ?? null, columns),
    },
    pathSection(entry, palette),
    ...holderStacks(finding, document, palette),
    { heading: "States where it happens", lines: stateLines(finding, document, report, columns) },
    { heading: "Evidence", lines: shown(evidence.filter(({ weight }) => weight !== "against")) },
    {
      heading: "Evidence against it",
      lines: shown(evidence.filter(({ weight }) => weight === "against")),
    },
    candidateSection(finding, document, columns),
    { heading: "Where a fix can go, best first", lines: cutLines(finding, overview.reach, columns) },
    { heading: "Advice", lines: bullets(otherAdvice(finding), columns) },
    { heading: "What would settle it", lines: settleLines(finding, columns) },
  ];
}

/** What the thread is and does, unless the message says so. */
function contextLines(finding: Finding, entry: Entry, columns: number): string[] {
  const thread = finding.trace === null ? null : threadOf(entry);
  const context = thread === null ? "" : threadContext(thread);
  if (thread === null || context === "" || visible(finding.message).includes(context)) return [];
  return hang("  ", `${threadName(thread)}: ${context}`, columns);
}

/** What rule spoke, how sure it is, where. */
function identity(finding: Finding, entry: Entry, columns: number): string[] {
  const span = entry.trace?.span ?? finding.evidence[0].span;
  const again = finding.alsoIn.flatMap((index) => {
    const trace = entry.document.traces[index];
    return trace === undefined ? [] : [`also at ${place(entry.document.source, trace.span.start)}`];
  });
  const parts = [
    `${finding.severity} ${visible(finding.rule)} at ${place(entry.document.source, span.start)}`,
    ...again,
    finding.verdict === null ? finding.confidence : `${finding.confidence}: ${meanings[finding.confidence]}`,
  ];
  return hang("  ", parts.join("; "), columns);
}

function laidOut(sections: readonly Section[], palette: Palette): string[] {
  return sections
    .filter((section) => section.lines.length > 0)
    .flatMap((section) => ["", palette.strong(section.heading), ...section.lines]);
}

/** What keeps a trace from telling more, where something does. */
function qualityLines({ trace }: Entry, columns: number): string[] {
  if (trace === null || trace.quality.rating === "full") return [];
  const { rating, reasons } = trace.quality;
  const said = reasons.map(({ message }) => visible(message)).join(" ");
  return [shorten(`  backtrace ${rating}: ${said}`, columns)];
}

/** Everything that a person wants to know of an entry below its verdict; without a line end at its end. */
export function details(entry: Entry, overview: Overview, palette: Palette, columns: number): string[] {
  const { finding, trace } = entry;
  const threads = overview.withThreads.has(entry) ? [threadsSection(trace, finding, columns)] : [];
  if (finding === null) {
    const where = trace === null ? [] : [`  at ${place(entry.document.source, trace.span.start)}`];
    const sections = [pathSection(entry, palette), ...threads];
    return [...where, ...qualityLines(entry, columns), ...laidOut(sections, palette)];
  }
  const sections = [...findingSections(entry, finding, overview, palette, columns), ...threads];
  return [
    ...wrap(visible(finding.message.trim().replace(/\s+/g, " ")), columns - 2).map((line) => `  ${line}`),
    ...contextLines(finding, entry, columns),
    ...identity(finding, entry, columns),
    ...qualityLines(entry, columns),
    ...laidOut(sections, palette),
  ];
}
