import type { Document, Finding, Report } from "../model/report.js";
import { confidences, severities } from "../model/scales.js";
import type { Thread, Trace } from "../model/trace.js";

/** One thing to tell of: a finding, or a trace about which no rule spoke. */
export interface Entry {
  readonly report: Report;
  readonly document: Document;
  readonly finding: Finding | null;
  readonly trace: Trace | null;
  /** Whether a finding of a pack that judges frames speaks of this trace. */
  readonly domainSpoke: boolean;
}

/** Whether a finding is of a pack that judges frames, also where it judges none itself. */
function ofDomain(finding: Finding, report: Report): boolean {
  return finding.verdict !== null || report.verdicts.some(({ pack }) => finding.rule.startsWith(`${pack}/`));
}

function tracesOf(findings: readonly Finding[]): Set<number | null> {
  return new Set(findings.flatMap((finding) => [finding.trace, ...finding.alsoIn]));
}

function entriesOf(report: Report, document: Document): Entry[] {
  const spoken = tracesOf(document.findings);
  const counting = document.findings.filter(({ suppressed }) => suppressed === null);
  const judged = tracesOf(counting.filter((finding) => ofDomain(finding, report)));
  const findings = counting.map((finding) => ({
    report,
    document,
    finding,
    trace: finding.trace === null ? null : (document.traces[finding.trace] ?? null),
    domainSpoke: judged.has(finding.trace),
  }));
  const silent = document.traces
    .filter((_, index) => !spoken.has(index))
    .map((trace) => ({ report, document, finding: null, trace, domainSpoke: false }));
  return [...findings, ...silent];
}

/** Smaller is worse: by severity, then what a domain judged before what is only noted, then by confidence. */
function rank({ finding }: Entry): number {
  if (finding === null) return Number.MAX_SAFE_INTEGER;
  const judged = finding.verdict === null ? 1 : 0;
  return (
    (severities.indexOf(finding.severity) * 2 + judged) * confidences.length +
    confidences.indexOf(finding.confidence)
  );
}

/** Everything to tell of in a report but what is suppressed, worst first, equals in the order of the input. */
export function entries(report: Report): Entry[] {
  return report.documents
    .flatMap((document) => entriesOf(report, document))
    .sort((one, other) => rank(one) - rank(other));
}

/** The thread that the entry speaks of: the finding's, else the crashed one, else the first. */
export function threadOf({ finding, trace }: Entry): Thread | null {
  const threads = trace?.threads ?? [];
  const crashed = threads.find((thread) => thread.crashed) ?? threads[0] ?? null;
  return finding?.thread == null ? crashed : (threads[finding.thread] ?? crashed);
}
