import type { Document, Report } from "../model/report.js";

/** Counts what the documents of a report hold. */
export function summaryOf(documents: readonly Document[]): Report["summary"] {
  const traces = documents.flatMap((document) => document.traces);
  const findings = { error: 0, warning: 0, note: 0 };
  for (const { severity } of documents.flatMap((document) => document.findings)) findings[severity]++;
  return {
    documents: documents.length,
    traces: traces.length,
    frames: traces.reduce(
      (sum, { threads }) => sum + threads.reduce((frames, thread) => frames + thread.frames.length, 0),
      0,
    ),
    findings,
    diagnostics: documents.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
  };
}
