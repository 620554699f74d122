import { factOf } from "../facts/print-facts.js";
import type { Document, RuleInfo, StateInfo, VerdictInfo } from "../model/report.js";
import type { Assertion, Context, Fact, Message, ReadAssertion, ReadTrace, Trace } from "../model/trace.js";
import { provedClauses } from "./claims.js";
import type { CompiledPack } from "./compile.js";
import { contextsOf } from "./contexts.js";
import type { Crash } from "./crash.js";
import type { Excerpt } from "./evidence.js";
import { explained } from "./explained.js";
import { findingsOf } from "./findings.js";
import { classify, type Judgement } from "./judge.js";
import { qualityOf } from "./quality.js";
import { mergeRepeats } from "./repeats.js";
import type { RawFinding, Scene } from "./scene.js";
import { Stage } from "./stage.js";
import { type Examination, examineRule } from "./why/examine.js";

/** A trace with all that the rules say of it. */
export type JudgedTrace = Omit<Trace, "fingerprint" | "stacks">;

/** The compiled packs at work. */
export class Engine {
  private readonly stage: Stage;

  /** @param packs with the pack `runtime` among them; throws an Error where it is missing */
  constructor(packs: readonly CompiledPack[]) {
    this.stage = new Stage(packs);
  }

  /**
   * Judges the traces of one document, and the assertions that no trace belongs to.
   * @param messages for each death that no trace shows what the program said of it
   */
  judge(
    traces: readonly ReadTrace[],
    loose: readonly ReadAssertion[],
    excerpt: Excerpt,
    messages: readonly (readonly Message[])[] = [],
  ) {
    const judged = traces.map((trace, index) => this.judgeTrace(trace, index, excerpt));
    const findings = [
      ...mergeRepeats(
        judged.flatMap((one) => one.findings),
        traces,
      ),
      ...loose.flatMap((assertion) => this.findingsOf(this.stage.ofAssertion(assertion, excerpt))),
      ...messages.flatMap((said) => this.findingsOf(this.stage.ofMessages(said, excerpt))),
    ];
    return {
      traces: judged.map(({ trace }) => trace),
      loose: loose.map((one) => ({ ...this.withFacts(one, []), explanation: null })),
      findings,
    };
  }

  /** Examines one rule, given by its id, over all threads of a document and the deaths without a trace. */
  examine(
    id: string,
    traces: readonly ReadTrace[],
    loose: readonly ReadAssertion[],
    excerpt: Excerpt,
    messages: readonly (readonly Message[])[] = [],
  ): Examination[] {
    const scenes = [
      ...traces.flatMap((trace, index) => {
        const staged = this.stage.ofTrace(trace, index, excerpt);
        return trace.threads.map(staged.scenes);
      }),
      ...loose.map((assertion) => this.stage.ofAssertion(assertion, excerpt)),
      ...messages.map((said) => this.stage.ofMessages(said, excerpt)),
    ];
    return scenes.flatMap((each) => examineRule(id, each) ?? []);
  }

  /** The rules that spoke, in the packs' order. */
  rulesOf(documents: readonly Document[]): RuleInfo[] {
    const spoke = new Set(documents.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
    return this.stage.packs
      .flatMap(({ rules }) => rules)
      .filter(({ id }) => spoke.has(id))
      .map(({ id, rule: { title, why, help, exceptions, severity } }) => ({
        id,
        title,
        why,
        help: help ?? null,
        exceptions: exceptions ?? [],
        severity,
      }));
  }

  /** The verdicts that frames or findings were given, in the packs' order. */
  verdictsOf(documents: readonly Document[]): VerdictInfo[] {
    const given = new Set(
      documents.flatMap(({ traces }) => traces.flatMap(({ threads }) => threads.flatMap(verdictsGiven))),
    );
    return this.stage.packs.flatMap(({ pack, verdicts }) =>
      verdicts
        .filter(({ name }) => given.has(name))
        .map(({ name, says }) => ({ pack: pack.prefix ?? pack.pack, verdict: name, says })),
    );
  }

  /** The states that findings tell of, in the packs' order. */
  statesOf(documents: readonly Document[]): StateInfo[] {
    const told = new Set(documents.flatMap(({ findings }) => findings.flatMap(statesTold)));
    return this.stage.packs.flatMap(({ pack, states }) => {
      const prefix = pack.prefix ?? pack.pack;
      return states
        .flatMap(({ name, phrases }) =>
          Object.entries(phrases).map(([value, says]) => ({ pack: prefix, state: name, value, says })),
        )
        .filter(({ state, value }) => told.has(`${prefix}/${state}/${value}`));
    });
  }

  private judgeTrace(
    trace: ReadTrace,
    index: number,
    excerpt: Excerpt,
  ): { trace: JudgedTrace; findings: RawFinding[] } {
    const { crash, judgements, scenes } = this.stage.ofTrace(trace, index, excerpt);
    const findings = trace.threads.flatMap((thread) => this.findingsOf(scenes(thread)));
    return { trace: this.completed(trace, crash, judgements), findings };
  }

  private completed(
    trace: ReadTrace,
    crash: Crash | null,
    judgements: readonly (readonly Judgement[])[],
  ): JudgedTrace {
    const frame =
      crash === null || crash.frame === null ? undefined : trace.threads[crash.thread]?.frames[crash.frame];
    return {
      ...trace,
      signal: crash === null ? trace.signal : crash.signal,
      assertion:
        trace.assertion === null
          ? null
          : {
              ...this.withFacts(trace.assertion, judgements[crash?.thread ?? 0] ?? []),
              explanation: explained(trace, crash, trace.assertion),
            },
      threads: trace.threads.map((thread) => ({
        ...thread,
        crashed: thread.index === crash?.thread,
        classification: classify(thread.frames, judgements[thread.index] ?? []),
        contexts: distinctContexts((judgements[thread.index] ?? []).flatMap(contextsOf)),
      })),
      quality: qualityOf(trace, crash, this.stage.runtime.rolesOf),
      crashFrame:
        crash === null || frame === undefined
          ? null
          : { thread: crash.thread, level: frame.level, function: frame.function },
    };
  }

  private withFacts(
    assertion: ReadAssertion,
    judgements: readonly Judgement[],
  ): Omit<Assertion, "explanation"> {
    const asked = judgements.map(({ pack, stack, crash, proofs }) =>
      provedClauses({ pack, stack, crash, proofs }, assertion, this.stage.conditions).map((terms) =>
        factOf(terms, "assertion"),
      ),
    );
    const facts = [
      ...asked,
      provedClauses(null, assertion, this.stage.conditions).map((terms) => factOf(terms, "assertion")),
    ];
    return { ...assertion, facts: facts.reduce(moreSettled) };
  }

  /** What the rules report of one crash. A rule that yields is silent where one before it spoke. */
  private findingsOf(scenes: readonly Scene[]): RawFinding[] {
    const findings: RawFinding[] = [];
    for (const scene of scenes) {
      for (const rule of scene.judgement.pack.rules) {
        if (rule.rule.yields === true && findings.length > 0) continue;
        findings.push(...findingsOf(rule, scene));
      }
    }
    return findings;
  }
}

/** Several packs may say the same of a thread. */
function distinctContexts(contexts: readonly Context[]): Context[] {
  const titles = new Set<string>();
  return contexts.filter(({ title }) => !titles.has(title) && titles.add(title));
}

function verdictsGiven({ classification }: Trace["threads"][number]): string[] {
  return classification.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
}

function statesTold({ rule, states }: Document["findings"][number]): string[] {
  const pack = rule.slice(0, rule.indexOf("/"));
  return Object.entries(states).map(([state, value]) => `${pack}/${state}/${value}`);
}

function moreSettled(one: Fact[], other: Fact[]): Fact[] {
  const settled = (facts: readonly Fact[]): number => facts.filter((fact) => fact.settled).length;
  return settled(other) > settled(one) ? other : one;
}
