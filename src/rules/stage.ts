import type { Message, ReadAssertion, ReadThread, ReadTrace } from "../model/trace.js";
import type { Span } from "../text/span.js";
import type { CompiledPack } from "./compile.js";
import { Conditions } from "./conditions.js";
import { type Crash, crashesOf } from "./crash.js";
import type { DetectorScene } from "./detectors/detector.js";
import { detectors } from "./detectors/detectors.js";
import type { Excerpt, Place } from "./evidence.js";
import { type Judgement, judge } from "./judge.js";
import { type Detections, type Told, toldNothing } from "./proof.js";
import type { Scene } from "./scene.js";
import { scenesOf } from "./scenes.js";
import { Siblings } from "./siblings.js";

/** A trace as the packs see it. */
export interface StagedTrace {
  /** The crash that it shows; null where there is none, or where several may be it. */
  readonly crash: Crash | null;
  /** For each thread what every pack says of it, in the packs' order. */
  readonly judgements: readonly (readonly Judgement[])[];
  /** The scenes of a thread, one for every pack. */
  readonly scenes: (thread: ReadThread) => Scene[];
}

/** Sets the scenes that rules look at. */
export class Stage {
  readonly runtime: CompiledPack;
  /** In the order in which their rules speak: `runtime`, which yields, is the last. */
  readonly packs: readonly CompiledPack[];
  readonly conditions: Conditions;
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

  /** @param index that of the trace in its document */
  ofTrace(trace: ReadTrace, index: number, excerpt: Excerpt): StagedTrace {
    const crashes = crashesOf(trace, this.runtime.rolesOf);
    const crash = crashes.find(({ sure }) => sure) ?? null;
    const detections = this.detected({ trace, index, crashes, rolesOf: this.runtime.rolesOf, excerpt });
    const judgements = trace.threads.map((thread) =>
      this.judgeThread(trace, thread, crash, detections, { trace: index, thread: thread.index, excerpt }),
    );
    const scenes = scenesOf(trace, index, crashes, judgements, excerpt, detections);
    return { crash, judgements, scenes };
  }

  /** The scenes of an assertion that no trace belongs to. */
  ofAssertion(assertion: ReadAssertion, excerpt: Excerpt): Scene[] {
    return this.looseScenes({ ...toldNothing, assertion }, assertion.span, excerpt);
  }

  /** The scenes of what a program said of one death that no trace shows; none where it said nothing. */
  ofMessages(said: readonly Message[], excerpt: Excerpt): Scene[] {
    const [first] = said;
    return first === undefined
      ? []
      : this.looseScenes({ ...toldNothing, messages: said }, first.span, excerpt);
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
}

function detectorsOf({ facts, rules }: CompiledPack): string[] {
  return [
    ...facts.flatMap(({ detected }) => detected ?? []),
    ...rules.flatMap(({ rule: { on } }) => ("detected" in on ? on.detected : [])),
  ];
}
