import type {
  Confidence,
  Evidence,
  Finding,
  FrameReference,
  Holder,
  PathStep,
  Settling,
} from "../model/report.js";
import type { ReadAssertion, ReadThread } from "../model/trace.js";
import type { CompiledRule } from "./compile.js";
import type { Crash } from "./crash.js";
import { absenceEvidence, distinct, frameEvidence, type Place, wordsEvidence } from "./evidence.js";
import type { Judgement } from "./judge.js";
import { fill, type MessageData } from "./message.js";
import { callPath, pathSteps, referenceTo } from "./path.js";
import { leastSure, reasonsFor, reasonsForState } from "./reasons.js";
import type { Siblings } from "./siblings.js";
import type { ThreadStack } from "./stack.js";

/** A finding before it is given its fingerprint. */
export type RawFinding = Omit<Finding, "fingerprint">;

/** One thread, what a pack says of it, and all else that a rule may look at. */
export interface Scene {
  readonly judgement: Judgement;
  readonly thread: ReadThread;
  readonly crash: Crash | null;
  readonly assertion: ReadAssertion | null;
  readonly place: Place;
  /** All threads of the trace, as the same pack judges them. */
  readonly siblings: Siblings;
  /** The text of the thread is damaged: what it shows may not be all. */
  readonly damaged: boolean;
}

/** What a rule reports of a thread; null where it has nothing to say. */
export function findingOf(rule: CompiledRule, scene: Scene): RawFinding | null {
  const { on } = rule.rule;
  if ("verdict" in on) return findingOfVerdict(rule, on.verdict, scene);
  const proof = "fact" in on ? provedFact(on.fact, scene) : null;
  if ("fact" in on ? proof === null : scene.crash?.kind !== on.crash) return null;
  const at = scene.crash?.frame ?? 0;
  const evidence = proof?.evidence ?? crashEvidence(scene);
  return build(rule, scene, {
    at,
    frames: [],
    evidence,
    confidence: proof?.confidence ?? (scene.crash?.sure === false ? "possible" : "certain"),
    holder: null,
    start: null,
    bounded: false,
  });
}

/** A fact that a failed check proved: a value that somebody printed is no failure. */
function provedFact(fact: string | string[], { judgement }: Scene) {
  const names = typeof fact === "string" ? [fact] : fact;
  const proofs = names.flatMap((name) => judgement.proofs.get(name) ?? []);
  return proofs.find(({ evidence }) => evidence.some(({ kind }) => kind === "assertion")) ?? null;
}

/** What a rule found, before it is put into words. */
interface Found {
  /** The index of the frame that the states of the finding are those of. */
  readonly at: number;
  /** Indices, innermost first. */
  readonly frames: readonly number[];
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  readonly holder: Held | null;
  /** Where the path begins, and what is said of that frame. */
  readonly start: { readonly index: number; readonly note: string } | null;
  /** The start is the outermost frame of the operation in progress: its caller did not do it. */
  readonly bounded: boolean;
}

interface Held {
  readonly holder: Holder;
  readonly evidence: Evidence;
}

function findingOfVerdict(rule: CompiledRule, verdict: string, scene: Scene): RawFinding | null {
  const { judgement, place } = scene;
  const frames = judgement.verdicts.flatMap((one, index) => (one === verdict ? [index] : []));
  const at = frames[0];
  const test = judgement.pack.verdicts.find(({ name }) => name === verdict)?.test;
  if (at === undefined || test === undefined) return null;
  const reasons = reasonsFor(test, at, judgement, place);
  const here = holderHere(rule, scene);
  const holder = here?.held ?? holderElsewhere(rule, scene);
  const candidate = candidateOf(rule, scene);
  const start = outerOf(here === null ? null : { index: here.index, note: "holds it" }, candidate);
  const evidence = [
    ...reasons.evidence,
    ...(holder === null ? [] : [holder.evidence]),
    ...(candidate === null || holder !== null ? [] : [candidate.evidence]),
    ...absences(rule, scene),
    ...otherStates(at, scene, reasons.evidence),
  ];
  const inferred: Confidence = holder === null ? "likely" : "certain";
  return build(rule, scene, {
    at,
    frames,
    evidence,
    confidence: leastSure([reasons.confidence, inferred]),
    holder,
    start,
    bounded: candidate !== null,
  });
}

function holderHere({ holderHere: test, rule }: CompiledRule, { judgement, place }: Scene) {
  const index = test?.holds(judgement.stack).lastIndexOf(1) ?? -1;
  const frame = judgement.stack.frames[index];
  if (frame === undefined || rule.holder === undefined || place.trace === null || place.thread === null)
    return null;
  const message = fill(rule.holder.message, { frame: frame.function ?? "??" });
  const holder: Holder = {
    trace: place.trace,
    thread: place.thread,
    level: frame.level,
    function: frame.function,
  };
  return { index, held: { holder, evidence: frameEvidence(frame, "for", message, place) } };
}

function outerOf(one: Found["start"], other: Found["start"]): Found["start"] {
  return one !== null && other !== null ? (one.index > other.index ? one : other) : (one ?? other);
}

function holderElsewhere(
  { holderElsewhere: test, rule }: CompiledRule,
  { siblings, thread, place }: Scene,
): Held | null {
  if (test === null || rule.holder === undefined || place.trace === null) return null;
  const found = siblings.meeting(test).find((sibling) => sibling.thread !== thread);
  const frame = found?.thread.frames[found.index];
  if (found === undefined || frame === undefined) return null;
  const message = fill(rule.holder.message, { frame: frame.function ?? "??" });
  const there = { ...place, thread: found.thread.index };
  return {
    holder: { trace: place.trace, thread: found.thread.index, level: frame.level, function: frame.function },
    evidence: { ...frameEvidence(frame, "for", message, there), kind: "thread" },
  };
}

function candidateOf({ candidate: test, rule }: CompiledRule, { judgement, place }: Scene) {
  const index = test?.holds(judgement.stack).lastIndexOf(1) ?? -1;
  const frame = judgement.stack.frames[index];
  if (frame === undefined || rule.candidate === undefined) return null;
  const message = fill(rule.candidate.message, { frame: frame.function ?? "??" });
  return { index, note: "candidate", evidence: frameEvidence(frame, "open", message, place) };
}

function absences({ absences: tests }: CompiledRule, { judgement, thread, place }: Scene): Evidence[] {
  return tests
    .filter(({ test }) => !test.holds(judgement.stack).includes(1))
    .map(({ message }) => absenceEvidence(message, thread.span, place));
}

/** What is known of the states that the verdict did not rest on. */
function otherStates(at: number, { judgement, place }: Scene, used: readonly Evidence[]): Evidence[] {
  const said = new Set(used.map(({ message }) => message));
  return judgement.pack.states
    .flatMap(({ name }) => reasonsForState(name, at, judgement, place).evidence)
    .filter(({ message }) => !said.has(message))
    .map((evidence) => ({ ...evidence, weight: "open" }));
}

function crashEvidence({ judgement, crash, assertion, thread, place }: Scene): Evidence[] {
  if (assertion !== null)
    return [wordsEvidence("assertion", failureMessage(assertion), assertion.span, place)];
  const frame =
    crash?.frame === null || crash?.frame === undefined ? undefined : judgement.stack.frames[crash.frame];
  if (frame !== undefined)
    return [frameEvidence(frame, "for", "the innermost frame that is not machinery", place)];
  return [wordsEvidence("thread", "the thread that crashed", thread.span, place)];
}

function failureMessage({ expression, function: name }: ReadAssertion): string {
  const where = name === null ? "" : ` in ${name}`;
  return expression === null
    ? `an assertion failed${where}`
    : `the assertion \`${expression}\` failed${where}`;
}

/** What a message without a trace lacks. */
const getBacktrace: Settling = {
  where: "shell",
  command: "gdb -batch -ex 'thread apply all bt full' PROGRAM CORE",
  tells: "the stack of the failure, out of the core that the process left",
};

function gdbCommand({ command, tells }: CompiledRule["settlings"][number]): Settling {
  return { where: "gdb", command, tells };
}

/** Puts what was found into the report's words. */
function build(
  { id, rule, grades, remarks, settlings }: CompiledRule,
  scene: Scene,
  found: Found,
): RawFinding | null {
  const { judgement, place, thread, damaged } = scene;
  const { stack, pack } = judgement;
  const { at, frames, holder, start } = found;
  const holdsAt = (test: { holds(of: ThreadStack): Uint8Array }): boolean => test.holds(stack)[at] === 1;
  const [first, ...rest] = distinct(found.evidence);
  if (first === undefined) return null;
  const route =
    pack.path === null || frames.length === 0
      ? null
      : callPath(stack, pack.path, at, start?.index ?? null, found.bounded);
  const blame = rule.blames === false ? null : referenceTo(stack, route?.blame ?? null);
  const site = referenceTo(stack, route?.site ?? null);
  const states = Object.fromEntries(
    pack.states.map(({ name }) => [name, stack.stateAt(at, name) ?? "unknown"]),
  );
  const data = dataOf(scene, found, blame, site, route?.site ?? null);
  const phrases = Object.fromEntries(
    pack.states.map(({ name, phrases: said }) => [name, said[states[name] ?? ""] ?? ""]),
  );
  const sentences = [rule.message, ...remarks.filter(({ test }) => holdsAt(test)).map(({ text }) => text)];
  const steps: PathStep[] =
    route === null ? [] : pathSteps(stack, blame === null ? { ...route, blame: null } : route, start);
  return {
    rule: id,
    verdict: "verdict" in rule.on ? rule.on.verdict : (rule.verdict ?? null),
    severity: grades.find(({ test }) => holdsAt(test))?.severity ?? rule.severity,
    confidence: leastSure([found.confidence, rule.confidence ?? "certain", damaged ? "likely" : "certain"]),
    message: sentences.map((sentence) => fill(sentence, { ...phrases, ...data })).join(" "),
    data,
    trace: place.trace,
    alsoIn: [],
    thread: place.trace === null ? null : thread.index,
    frames: frames.map((index) => stack.frames[index]?.level ?? 0),
    states,
    path: steps,
    blame,
    site,
    holder: holder?.holder ?? null,
    evidence: [first, ...rest],
    settle:
      place.trace === null
        ? [getBacktrace]
        : settlings.filter(({ unless }) => unless === null || !holdsAt(unless)).map(gdbCommand),
    advice: (rule.advice ?? []).map((one) => fill(one, data)),
  };
}

function dataOf(
  { judgement: { stack }, crash, assertion, thread }: Scene,
  { frames, holder, start }: Found,
  blame: FrameReference | null,
  site: FrameReference | null,
  siteIndex: number | null,
): MessageData {
  const functionAt = (index: number | null | undefined): string | null =>
    index === null || index === undefined ? null : (stack.frames[index]?.function ?? null);
  const data: Record<string, string | null | undefined> = {
    site: site?.function,
    blame: blame?.function,
    touch: functionAt(frames.findLast((index) => siteIndex === null || index < siteIndex)),
    crash: functionAt(crash?.frame) ?? assertion?.function,
    holder: holder?.holder.function,
    candidate: holder === null ? functionAt(start?.index) : null,
    expression: assertion?.expression,
    signal: crash?.signal?.name,
    thread: thread.number ?? thread.name,
  };
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
