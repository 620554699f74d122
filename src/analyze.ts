import { findingFingerprint, traceFingerprint } from "./group/fingerprint.js";
import { pathTree } from "./group/path-tree.js";
import { stacksIn } from "./group/stacks.js";
import type { Document, Report } from "./model/report.js";
import type { Trace } from "./model/trace.js";
import { Failures } from "./parse/failures.js";
import type { Input } from "./read/input.js";
import { readDocument } from "./read-document.js";
import { compilePack } from "./rules/compile.js";
import { Engine, type JudgedTrace } from "./rules/engine.js";
import type { Pack } from "./rules/language/pack.js";
import { packInfos } from "./rules/language/pack-infos.js";
import { summaryOf } from "./rules/summary.js";
import { type Suppression, withSuppressed } from "./rules/suppress.js";
import { CodeReader } from "./source/code.js";
import type { SourceFiles } from "./source/tree.js";

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
    states: engine.statesOf(documents),
    documents,
    paths: pathTree(documents),
    buckets: null,
    summary: summaryOf(documents),
  };
}

function documentOf(input: Input, engine: Engine): Document {
  const { traces, loose, messages, excerpt, diagnostics } = readDocument(input);
  const judged = engine.judge(traces, loose, excerpt, messages);
  const shown = judged.traces.flatMap(({ assertion }) => (assertion === null ? [] : [assertion]));
  const stacks = stacksIn(judged.traces, judged.findings);
  const completed = judged.traces.map((trace, index) => withFingerprint(trace, stacks[index] ?? []));
  return {
    source: input.source,
    traces: completed,
    assertions: [...new Failures([...shown, ...judged.loose]).all],
    messages: messages.flat(),
    findings: judged.findings.map((finding) => ({
      ...finding,
      suppressed: null,
      fingerprint: findingFingerprint(finding, completed[finding.trace ?? -1]?.fingerprint ?? null),
    })),
    diagnostics: [...diagnostics],
  };
}

function hasSomething({ traces, assertions, messages }: Document): boolean {
  return traces.length > 0 || assertions.length > 0 || messages.length > 0;
}

function withFingerprint(trace: JudgedTrace, stacks: Trace["stacks"]): Trace {
  const crashed = trace.threads.find((thread) => thread.crashed) ?? trace.threads[0];
  return { ...trace, stacks, fingerprint: traceFingerprint(crashed, trace.crashFrame?.level) };
}
