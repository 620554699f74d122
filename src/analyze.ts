import { type Cleaned, clean } from "./clean/clean.js";
import { findingFingerprint, traceFingerprint } from "./group/fingerprint.js";
import type { Diagnostic, Document, Report } from "./model/report.js";
import type { Trace } from "./model/trace.js";
import { attachAssertions } from "./parse/attach.js";
import { attachMessages } from "./parse/attach-messages.js";
import { Failures } from "./parse/failures.js";
import { type Reading, readTraces } from "./parse/read.js";
import type { Input } from "./read/input.js";
import { compilePack } from "./rules/compile.js";
import { Engine, type JudgedTrace } from "./rules/engine.js";
import type { Pack } from "./rules/pack.js";
import { packInfos } from "./rules/pack-infos.js";
import { summaryOf } from "./rules/summary.js";
import { type Suppression, withSuppressed } from "./rules/suppress.js";
import { CodeReader } from "./source/code.js";
import type { SourceFiles } from "./source/tree.js";
import { excerptOf } from "./text/excerpt.js";
import { Positions } from "./text/positions.js";
import { byPlace } from "./text/span.js";
import type { Window } from "./text/window.js";

/**
 * From what readers read to the report: clean, parse, prove, judge. Pure: the same inputs and packs give the same report,
 * and no input, whatever it holds, makes it throw.
 * @param packs as the loader accepted them; throws an Error where the pack `runtime` is not among them
 * @param tool what the report says made it
 * @param suppressions those that hold on the day of the run: the findings that they mean stay and do not count
 * @param sources the program's own source tree, where one is given: roles may ask where a frame's line lies in it
 */
export function analyze(
  inputs: readonly Input[],
  packs: readonly Pack[],
  tool: Report["tool"],
  suppressions: readonly Suppression[] = [],
  sources: SourceFiles | null = null,
): Report {
  const code = sources === null ? null : new CodeReader(sources);
  const engine = new Engine(packs.map((pack) => compilePack(pack, code)));
  const documents = withSuppressed(
    inputs.map((input) => documentOf(input, engine)),
    suppressions,
  );
  return {
    schemaVersion: 1,
    tool,
    packs: documents.some(hasSomething) ? packInfos(packs) : [],
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
  const said = attachMessages(
    traces,
    readings.flatMap(({ messages }) => messages),
  );
  const judged = engine.judge(said.traces, loose, excerptOf(windows), said.loose);
  const shown = judged.traces.flatMap(({ assertion }) => (assertion === null ? [] : [assertion]));
  const fingerprinted = judged.traces.map(withFingerprint);
  return {
    source,
    traces: fingerprinted,
    assertions: [...new Failures([...shown, ...judged.loose]).all],
    messages: said.loose.flat(),
    findings: judged.findings.map((finding) => ({
      ...finding,
      suppressed: null,
      fingerprint: findingFingerprint(finding, fingerprinted[finding.trace ?? -1]?.fingerprint ?? null),
    })),
    diagnostics: [...diagnostics, ...readings.flatMap((reading) => reading.diagnostics)].sort(byPlace),
  };
}

function hasSomething({ traces, assertions, messages }: Document): boolean {
  return traces.length > 0 || assertions.length > 0 || messages.length > 0;
}

function readingOf(window: Window): Reading {
  const { view, doubts } = clean(window.text);
  const positions = new Positions(window);
  const { traces, assertions, messages, diagnostics } = readTraces(view, positions);
  return {
    traces,
    assertions,
    messages,
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
