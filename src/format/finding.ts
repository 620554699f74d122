import type { Confidence, Document, Evidence, Finding } from "../model/report.js";
import type { Assertion } from "../model/trace.js";
import { conditionLines } from "./condition.js";
import { type Entry, threadOf } from "./entries.js";
import type { Palette } from "./palette.js";
import { pathLines, stackLines } from "./path.js";
import { place, stretch } from "./place.js";
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

/** The frame that evidence is about, unless its message names it already. */
function frameText({ level, thread, trace, message }: Evidence, document: Document): string {
  if (level === null) return "";
  const stack = document.traces[trace ?? -1]?.threads[thread ?? -1];
  const name = stack?.frames.find((frame) => frame.level === level)?.function ?? null;
  return name === null || message.includes(name) ? `#${level} ` : `#${level} ${visible(name)}: `;
}

function evidenceLines(evidence: Evidence, document: Document, palette: Palette, columns: number): string[] {
  const absent = evidence.kind === "absence";
  const where = absent
    ? `(searched: ${stretch(document.source, evidence.span)})`
    : place(document.source, evidence.span.start);
  const said = `${frameText(evidence, document)}${visible(evidence.message.trim().replace(/\s+/g, " "))}`;
  const first = `  ${evidence.weight.padEnd(7)}  `;
  const lines = absent ? hang(first, `${said} ${where}`, columns) : hang(first, `${where} ${said}`, columns);
  const quoted = visible((evidence.text ?? "").trim().replace(/\s+/g, " "));
  // A frame is named; its line can be found by its place.
  const known = evidence.level !== null || said.includes(quoted.replace(/^"(.*)"$/, "$1"));
  return known ? lines : [...lines, palette.faint(`             | ${shorten(quoted, columns - 15)}`)];
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

/** Who holds the state, where a frame that is known to do so stands on a stack. */
function holderText({ holder }: Finding, document: Document): string[] {
  if (holder === null) return [];
  const trace = document.traces[holder.trace];
  const thread = trace?.threads[holder.thread];
  const frame = thread?.frames.find(({ level }) => level === holder.level);
  const number = thread?.number == null ? "" : ` of thread ${thread.number}`;
  const where = frame === undefined ? "" : ` at ${place(document.source, frame.span.start)}`;
  return [`held by ${holder.function ?? "??"} (#${holder.level}${number}${where})`];
}

function stateLines(finding: Finding, document: Document, columns: number): string[] {
  const states = Object.entries(finding.states).map(([state, value]) => `${state} ${value}`);
  return hang("  ", visible([...states, ...holderText(finding, document)].join(", ")), columns);
}

function findingSections(entry: Entry, finding: Finding, palette: Palette, columns: number): Section[] {
  const { document } = entry;
  return [
    assertionSection(finding, document),
    {
      heading: "Condition with values",
      lines: conditionLines(assertionOf(finding, document)?.explanation ?? null, columns),
    },
    pathSection(entry, palette),
    {
      heading: "Evidence",
      lines: finding.evidence.flatMap((evidence) => evidenceLines(evidence, document, palette, columns)),
    },
    { heading: "States where it happens", lines: stateLines(finding, document, columns) },
    { heading: "What would settle it", lines: settleLines(finding, columns) },
    { heading: "Advice", lines: bullets(finding.advice, columns) },
  ];
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
export function details(entry: Entry, palette: Palette, columns: number): string[] {
  const { finding } = entry;
  if (finding === null) {
    const where =
      entry.trace === null ? [] : [`  at ${place(entry.document.source, entry.trace.span.start)}`];
    return [...where, ...qualityLines(entry, columns), ...laidOut([pathSection(entry, palette)], palette)];
  }
  return [
    ...wrap(visible(finding.message.trim().replace(/\s+/g, " ")), columns - 2).map((line) => `  ${line}`),
    ...identity(finding, entry, columns),
    ...qualityLines(entry, columns),
    ...laidOut(findingSections(entry, finding, palette, columns), palette),
  ];
}
