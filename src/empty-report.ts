import type { Report } from "./model/report.js";
import type { Input } from "./read/input.js";
import { summaryOf } from "./rules/summary.js";

/**
 * The report of inputs in which nothing is to be looked at: what `analyze` makes of them, without a parser or a rule to load,
 * which takes longer than sieving a small log. Null where an input has a window. Pure.
 */
export function emptyReport(inputs: readonly Input[], tool: Report["tool"]): Report | null {
  if (inputs.some(({ windows }) => windows.length > 0)) return null;
  const documents = inputs.map(({ source, diagnostics }) => ({
    source,
    traces: [],
    assertions: [],
    messages: [],
    findings: [],
    diagnostics: [...diagnostics],
  }));
  return {
    schemaVersion: 1,
    tool,
    packs: [],
    rules: [],
    verdicts: [],
    states: [],
    documents,
    paths: [],
    buckets: null,
    summary: summaryOf(documents),
  };
}
