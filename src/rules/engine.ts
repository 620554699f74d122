import { factOf } from "../facts/print-facts.js";
import type { Document, RuleInfo, StateInfo, VerdictInfo } from "../model/report.js";
import type {
  Assertion,
  Context,
  Fact,
  Message,
  ReadAssertion,
  ReadThread,
  ReadTrace,
  Trace,
} from "../model/trace.js";
import type { Span } from "../text/span.js";
import { provedClauses } from "./claims.js";
import type { CompiledPack } from "./compile.js";
import { Conditions } from "./conditions.js";
import { contextsOf } from "./contexts.js";
import { type Crash, crashesOf } from "./crash.js";
import type { DetectorScene } from "./detectors/detector.js";
import { detectors } from "./detectors/detectors.js";
import type { Excerpt, Place } from "./evidence.js";
import { explained } from "./explained.js";
import { findingsOf } from "./findings.js";
import { classify, type Judgement, judge } from "./judge.js";
import { type Detections, type Told, toldNothing } from "./proof.js";
import { qualityOf } from "./quality.js";
import { mergeRepeats } from "./repeats.js";
import type { RawFinding, Scene } from "./scene.js";
import { scenesOf } from "./scenes.js";
import { Siblings } from "./siblings.js";

/** A trace with all that the rules say of it. */
export type JudgedTrace = Omit<Trace, "fingerprint" | "stacks">;

/** The compiled packs at work. */
export class Engine {
  private readonly runtime: CompiledPack;
  /** In the order in which their rules speak: `runtime`, which yields, is the last. */
  private readonly packs: readonly CompiledPack[];
  private readonly conditions: Conditions;
  /** The detectors that a pack names. */
  private readonly asked: ReadonlySet<string>;

  /** @param packs with the pack `runtime` among them; throws an Error where it is missing */
  constructor(packs: readonly CompiledPack[]) {
    const runtime = packs.find(({ pack }) => pack.pack === "runtime");
    if (runtime === undefined) throw new Error("the pack `runtime` is not loaded");
    this.runtime = runtime;
    this.packs = [...packs.filter((pack) => pack !== runtime), runtime];
    this.asked = new Set(packs.flatMap(detectorsOf));
    this.conditions = new Conditions({
      unsigned: new Set(packs.flatMap(({ pack }) => pack.types?.unsigned ?? [])),
    });
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
      ...loose.flatMap((assertion) =>
        this.findingsOf(this.looseScenes({ ...toldNothing, assertion }, assertion.span, excerpt)),
      ),
      ...messages.flatMap((said) =>
        said
          .slice(0, 1)
          .flatMap(({ span }) =>
            this.findingsOf(this.looseScenes({ ...toldNothing, messages: said }, span, excerpt)),
          ),
      ),
    ];
    return {
      traces: judged.map(({ trace }) => trace),
      loose: loose.map((one) => ({ ...this.withFacts(one, []), explanation: null })),
      findings,
    };
  }

  /** The rules that spoke, in the packs' order. */
  rulesOf(documents: readonly Document[]): RuleInfo[] {
    const spoke = new Set(documents.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
    return this.packs
      .flatMap(({ rules }) => rules)
      .filter(({ id }) => spoke.has(id))
      .map(({ id, rule: { title, why, help, severity } }) => ({
        id,
        title,
        why,
        help: help ?? null,
        severity,
      }));
  }

  /** The verdicts that frames or findings were given, in the packs' order. */
  verdictsOf(documents: readonly Document[]): VerdictInfo[] {
    const given = new Set(
      documents.flatMap(({ traces }) => traces.flatMap(({ threads }) => threads.flatMap(verdictsGiven))),
    );
    return this.packs.flatMap(({ pack, verdicts }) =>
      verdicts
        .filter(({ name }) => given.has(name))
        .map(({ name, says }) => ({ pack: pack.prefix ?? pack.pack, verdict: name, says })),
    );
  }

  /** The states that findings tell of, in the packs' order. */
  statesOf(documents: readonly Document[]): StateInfo[] {
    const told = new Set(documents.flatMap(({ findings }) => findings.flatMap(statesTold)));
    return this.packs.flatMap(({ pack, states }) => {
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
    const crashes = crashesOf(trace, this.runtime.rolesOf);
    const crash = crashes.find(({ sure }) => sure) ?? null;
    const detections = this.detected({ trace, index, crashes, rolesOf: this.runtime.rolesOf, excerpt });
    const judgements = trace.threads.map((thread) =>
      this.judgeThread(trace, thread, crash, detections, { trace: index, thread: thread.index, excerpt }),
    );
    const scenes = scenesOf(trace, index, crashes, judgements, excerpt, detections);
    const findings = trace.threads.flatMap((thread) => this.findingsOf(scenes(thread)));
    return { trace: this.completed(trace, crash, judgements), findings };
  }

  /** What those detectors find that the packs ask for. */
  private detected(scene: DetectorScene): Detections {
    return new Map(
      detectors.filter(({ name }) => this.asked.has(name)).map(({ name, detect }) => [name, detect(scene)]),
    );
  }

  /** What every pack says of a thread. A failed assertion tells of the thread that crashed, a printed value of all. */
  private judgeThread(
    trace: ReadTrace,
    thread: ReadThread,
    crash: Crash | null,
    detections: Detections,
    place: Place,
  ): Judgement[] {
    const own = crash?.thread === thread.index || (crash === null && trace.threads.length === 1);
    const told: Told = {
      assertion: own ? trace.assertion : null,
      prints: trace.prints,
      messages: own ? trace.messages : [],
      detections,
      thread,
    };
    const at = own ? (crash?.frame ?? 0) : 0;
    return this.packs.map((pack) =>
      judge(pack, thread.frames, at, told, this.conditions, this.runtime.rolesOf, place),
    );
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
      quality: qualityOf(trace, crash, this.runtime.rolesOf),
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
      provedClauses({ pack, stack, crash, proofs }, assertion, this.conditions).map((terms) =>
        factOf(terms, "assertion"),
      ),
    );
    const facts = [
      ...asked,
      provedClauses(null, assertion, this.conditions).map((terms) => factOf(terms, "assertion")),
    ];
    return { ...assertion, facts: facts.reduce(moreSettled) };
  }

  /** A death without a trace: a thread of which nothing is known but what the program said, in the words at `span`. */
  private looseScenes(told: Told, span: Span, excerpt: Excerpt): Scene[] {
    const { assertion } = told;
    const thread: ReadThread = {
      index: 0,
      number: null,
      target: null,
      lwp: null,
      name: null,
      crashed: true,
      coroutine: null,
      frames: [],
      end: null,
      span,
    };
    const place: Place = { trace: null, thread: null, excerpt };
    return this.packs.map((pack) => ({
      judgement: judge(pack, [], 0, told, this.conditions, this.runtime.rolesOf, place),
      thread,
      crash:
        assertion === null ? null : { kind: "assertion", thread: 0, frame: null, signal: null, sure: true },
      assertion,
      place,
      siblings: new Siblings([]),
      detections: new Map(),
      suspect: true,
      damaged: false,
    }));
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

function detectorsOf({ facts, rules }: CompiledPack): string[] {
  return [
    ...facts.flatMap(({ detected }) => detected ?? []),
    ...rules.flatMap(({ rule: { on } }) => ("detected" in on ? on.detected : [])),
  ];
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
