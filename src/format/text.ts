import type { Diagnostic, Document, Report } from "../model/report.js";
import { severities } from "../model/scales.js";
import { counted } from "./count.js";
import { type Entry, entries } from "./entries.js";
import { details } from "./finding.js";
import type { RenderOptions } from "./options.js";
import { type Overview, overviewOf } from "./overview.js";
import type { Palette } from "./palette.js";
import { treeLines } from "./path-tree.js";
import { label, place } from "./place.js";
import { verdictColumns, verdictLine } from "./verdict.js";
import { visible } from "./visible.js";
import { whyLines } from "./why.js";
import { shorten, shortenMiddle, width } from "./width.js";

/** Diagnostics that are shown of one document; the JSON has them all. */
const shownDiagnostics = 20;

/** Where an entry begins, for a list over several documents. */
function origin(entry: Entry): string {
  const span = entry.trace?.span ?? entry.finding?.evidence[0].span;
  const file = shortenMiddle(label(entry.document.source), 30);
  return span === undefined ? `${file}: ` : `${file}:${span.start.line}: `;
}

function listed(entry: Entry, before: string, report: Report, palette: Palette): string {
  const from = report.documents.length > 1 ? `${before}${origin(entry)}` : before;
  return `${palette.faint(from)}${verdictLine(entry, palette, verdictColumns - width(from))}`;
}

/** One verdict a line, worst first, and nothing else. */
function verdicts(all: readonly Entry[], report: Report, palette: Palette): string[] {
  return all.map((entry) => listed(entry, "", report, palette));
}

/** How many crashes a document tells of: a trace with findings is one, a finding without a trace is one of its own. */
function crashesIn({ findings }: Document): number {
  const traces = findings.filter(({ suppressed }) => suppressed === null).map(({ trace }) => trace);
  return (
    new Set(traces.filter((trace) => trace !== null)).size + traces.filter((trace) => trace === null).length
  );
}

function crashes(report: Report): number {
  return report.documents.reduce((sum, document) => sum + crashesIn(document), 0);
}

/** How many crashes there are, and how bad. */
function headline(report: Report): string {
  const graded = severities.flatMap((severity) => {
    const count = report.summary.findings[severity];
    return count === 0 ? [] : [counted(count, severity)];
  });
  return `${counted(crashes(report), "crash", "crashes")}: ${graded.join(", ")}; worst first`;
}

/** What tells two entries apart for a reader; null for one that is told for itself. */
function sameness({ finding }: Entry): string | null {
  return finding === null ? null : `${finding.rule} ${finding.verdict} ${finding.fingerprint}`;
}

/** What is told of an entry below its verdict. */
function told(entry: Entry, overview: Overview, { palette, columns, why }: RenderOptions): string[] {
  return [
    ...details(entry, overview, palette, columns),
    ...(why === true ? whyLines(entry, palette, columns) : []),
  ];
}

/** The details of each entry under its number; an entry that repeats one before it only says so. */
function numberedDetails(all: readonly Entry[], overview: Overview, options: RenderOptions): string[] {
  const numbers = new Map<string, number>();
  return all.flatMap((entry, index) => {
    const key = sameness(entry);
    const before = key === null ? undefined : numbers.get(key);
    if (key !== null && before === undefined) numbers.set(key, index + 1);
    const number = `${index + 1}. `;
    const heading = `${number}${verdictLine(entry, options.palette, verdictColumns - number.length)}`;
    const span = entry.trace?.span ?? entry.finding?.evidence[0].span;
    const where = span === undefined ? "" : `, at ${place(entry.document.source, span.start)}`;
    const body = before === undefined ? told(entry, overview, options) : [`  the same as ${before}${where}`];
    return ["", heading, ...body];
  });
}

function diagnosticLine(diagnostic: Diagnostic, document: Document): string {
  const { severity, message, code, text, span } = diagnostic;
  const said = visible(message.trim().replace(/\s+/g, " "));
  const quoted = visible((text ?? "").trim().replace(/\s+/g, " "));
  const quote = quoted === "" || said.includes(quoted) ? "" : ` | ${shorten(quoted, 60)}`;
  return `  ${severity} ${place(document.source, span.start)}: ${shorten(said, 160)} [${visible(code)}]${quote}`;
}

function diagnosticLines(document: Document): string[] {
  const shown = document.diagnostics.slice(0, shownDiagnostics);
  const left = document.diagnostics.length - shown.length;
  return [
    ...shown.map((diagnostic) => diagnosticLine(diagnostic, document)),
    ...(left === 0 ? [] : [`  … ${left} more in ${label(document.source)}; --format json has them all`]),
  ];
}

function notUnderstood(report: Report, palette: Palette): string[] {
  const lines = report.documents.flatMap(diagnosticLines);
  return lines.length === 0 ? [] : ["", palette.strong("Remarks on the input"), ...lines];
}

/** One line for each thing that the user does not want to count: how many findings it hides, why, and for how long. */
function suppressedLines(report: Report): string[] {
  const counts = new Map<string, number>();
  for (const { rule, suppressed } of report.documents.flatMap(({ findings }) => findings)) {
    if (suppressed === null) continue;
    const said = `${rule} until ${suppressed.until}: ${suppressed.reason.trim().replace(/\s+/g, " ")}`;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  const lines = [...counts].map(([said, count]) => {
    const times = count === 1 ? "" : `${count} times `;
    return shorten(visible(`Suppressed: ${times}${said}`), 200);
  });
  return lines.length === 0 ? [] : ["", ...lines];
}

function several(all: readonly Entry[], report: Report, options: RenderOptions): string[] {
  const { palette, columns } = options;
  const overview = overviewOf(all, report);
  return [
    ...(crashes(report) > 1 ? [palette.strong(headline(report))] : []),
    ...all.map((entry, index) => listed(entry, `${index + 1}. `, report, palette)),
    ...numberedDetails(all, overview, options),
    ...treeLines(report, overview, palette, columns),
  ];
}

function single(entry: Entry, report: Report, options: RenderOptions): string[] {
  const overview = overviewOf([entry], report);
  return [verdictLine(entry, options.palette, verdictColumns), ...told(entry, overview, options)];
}

/**
 * The report for a person in a hurry: the verdict in the first line (of several: how many, then one line each, worst
 * first), then the details. Nothing of the input reaches the terminal as anything but visible characters. A report in
 * which nothing was found is empty text, but for remarks on the input. Throws nothing.
 */
export function formatText(report: Report, options: RenderOptions): string {
  const all = entries(report);
  const [first, ...others] = all;
  const lines = options.brief
    ? verdicts(all, report, options.palette)
    : [
        ...(first === undefined
          ? []
          : others.length === 0
            ? single(first, report, options)
            : several(all, report, options)),
        ...suppressedLines(report),
        ...notUnderstood(report, options.palette),
      ];
  const text = lines.join("\n").trim();
  return text === "" ? "" : `${text}\n`;
}
