import { type Cleaned, clean } from "./clean/clean.js";
import { findingFingerprint, traceFingerprint } from "./group/fingerprint.js";
import type { Diagnostic, Document, Report } from "./model/report.js";
import type { Trace } from "./model/trace.js";
import { attachAssertions } from "./parse/attach.js";
import { Failures } from "./parse/failures.js";
import { type Reading, readTraces } from "./parse/read.js";
import type { Input } from "./read/input.js";
import { compilePack } from "./rules/compile.js";
import { Engine, type JudgedTrace } from "./rules/engine.js";
import type { Pack } from "./rules/pack.js";
import { summaryOf } from "./rules/summary.js";
import { excerptOf } from "./text/excerpt.js";
import { Positions } from "./text/positions.js";
import { byPlace } from "./text/span.js";
import type { Window } from "./text/window.js";

/**
 * From what readers read to the report: clean, parse, prove, judge. Pure: the same inputs and packs give the same report,
 * and no input, whatever it holds, makes it throw.
 * @param packs as the loader accepted them; throws an Error where the pack `runtime` is not among them
 * @param tool what the report says made it
 */
export function analyze(inputs: readonly Input[], packs: readonly Pack[], tool: Report["tool"]): Report {
  const engine = new Engine(packs.map(compilePack));
  const documents = inputs.map((input) => documentOf(input, engine));
  return {
    schemaVersion: 1,
    tool,
    rules: engine.rulesOf(documents),
    verdicts: engine.verdictsOf(documents),
    documents,
    buckets: null,
    summary: summaryOf(documents),
  };
}

function documentOf({ source, windows, diagnostics }: Input, engine: Engine): Document {
  const readings = windows.map(readingOf);
  const { traces, loose } = attachAssertions(readings);
  const judged = engine.judge(traces, loose, excerptOf(windows));
  const shown = judged.traces.flatMap(({ assertion }) => (assertion === null ? [] : [assertion]));
  const fingerprinted = judged.traces.map(withFingerprint);
  return {
    source,
    traces: fingerprinted,
    assertions: [...new Failures([...shown, ...judged.loose]).all],
    findings: judged.findings.map((finding) => ({
      ...finding,
      fingerprint: findingFingerprint(finding, fingerprinted[finding.trace ?? -1]?.fingerprint ?? null),
    })),
    diagnostics: [...diagnostics, ...readings.flatMap((reading) => reading.diagnostics)].sort(byPlace),
  };
}

function readingOf(window: Window): Reading {
  const { view, doubts } = clean(window.text);
  const positions = new Positions(window);
  const { traces, assertions, diagnostics } = readTraces(view, positions);
  return {
    traces,
    assertions,
    diagnostics: [...doubts.map((doubt) => diagnosticOf(doubt, positions)), ...diagnostics],
  };
}

function diagnosticOf({ code, message, range }: Cleaned["doubts"][number], positions: Positions): Diagnostic {
  return { severity: "note", code, message, text: null, span: positions.span(range) };
}

function withFingerprint(trace: JudgedTrace): Trace {
  const crashed = trace.threads.find((thread) => thread.crashed) ?? trace.threads[0];
  return { ...trace, fingerprint: traceFingerprint(crashed, trace.crashFrame?.level) };
}
