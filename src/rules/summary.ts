import type { Document, Report } from "../model/report.js";

/** Counts what the documents of a report hold. */
export function summaryOf(documents: readonly Document[]): Report["summary"] {
  const traces = documents.flatMap((document) => document.traces);
  const findings = { error: 0, warning: 0, note: 0 };
  let suppressed = 0;
  for (const finding of documents.flatMap((document) => document.findings)) {
    if (finding.suppressed === null) findings[finding.severity]++;
    else suppressed++;
  }
  return {
    documents: documents.length,
    traces: traces.length,
    frames: traces.reduce(
      (sum, { threads }) => sum + threads.reduce((frames, thread) => frames + thread.frames.length, 0),
      0,
    ),
    findings,
    suppressed,
    diagnostics: documents.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
  };
}
