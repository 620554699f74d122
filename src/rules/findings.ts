import type { Confidence, Evidence } from "../model/report.js";
import type { ReadAssertion } from "../model/trace.js";
import type { CompiledRule } from "./compile.js";
import { listOf, type Test } from "./condition.js";
import { absenceEvidence, frameEvidence, wordsEvidence } from "./evidence.js";
import type { Found } from "./found.js";
import { type Holding, holdingsOf } from "./holders.js";
import { leastSure, type Reasons, reasonsFor, reasonsForState } from "./reasons.js";
import type { RawFinding, Scene } from "./scene.js";
import { findingInWords } from "./wording.js";

/** What a rule reports of a thread, in its order; nothing where it has nothing to say. */
export function findingsOf(rule: CompiledRule, scene: Scene): RawFinding[] {
  return foundBy(rule, scene).flatMap((found) => findingInWords(rule, scene, found) ?? []);
}

function foundBy(rule: CompiledRule, scene: Scene): Found[] {
  const { on } = rule.rule;
  if ("detected" in on) return detected(on.detected, scene);
  if (!scene.suspect) return [];
  if ("verdict" in on)
    return scene.judgement.concerned ? judged(rule, verdictTest(on.verdict, scene), scene) : [];
  if ("frames" in on) return scene.judgement.concerned ? judged(rule, rule.frames, scene) : [];
  return "fact" in on ? proved(rule, on.fact, scene) : crashed(on.crash, scene);
}

/** What a detector found of this thread. */
function detected(name: string, { detections, thread }: Scene): Found[] {
  return (detections.get(name) ?? [])
    .filter((detection) => detection.thread === thread.index)
    .map(({ frames, evidence, confidence, data }) => ({
      ...plain,
      at: frames[0] ?? 0,
      frames,
      evidence,
      confidence,
      data,
    }));
}

/**
 * A fact that a failed check proved: a value that somebody printed is no failure. A rule that blames (`blames: true`) shows
 * the path that led to the check.
 */
function proved({ rule }: CompiledRule, fact: string | string[], scene: Scene): Found[] {
  const { judgement, crash } = scene;
  const proof = listOf(fact)
    .flatMap((name) => judgement.proofs.get(name) ?? [])
    .find(({ printed }) => !printed);
  if (proof === undefined) return [];
  const { evidence, confidence } = proof;
  const at = crash?.frame ?? null;
  if (rule.blames !== true || at === null) return [{ ...plain, at: at ?? 0, evidence, confidence }];
  const states = otherStates(at, scene, evidence);
  return [{ ...plain, at, frames: [at], evidence: [...evidence, ...states], confidence }];
}

function crashed(kind: string, scene: Scene): Found[] {
  const { crash } = scene;
  if (crash?.kind !== kind) return [];
  const confidence = crash.sure ? "certain" : "possible";
  return [{ ...plain, at: crash.frame ?? 0, evidence: crashEvidence(scene), confidence }];
}

const plain: Omit<Found, "at" | "evidence" | "confidence"> = {
  frames: [],
  holdings: [],
  start: null,
  bounded: false,
  data: {},
};

/** What tells that a frame has a verdict, for the frames that have it and no other. */
function verdictTest(verdict: string, { judgement }: Scene): Test | null {
  const known = judgement.pack.verdicts.find(({ name }) => name === verdict)?.test;
  if (known === undefined) return null;
  const given = Uint8Array.from(judgement.verdicts, (one) => (one === verdict ? 1 : 0));
  return { ...known, holds: () => given };
}

/** The frames of which a rule speaks, and who is to blame for the state in which they are. */
function judged(rule: CompiledRule, test: Test | null, scene: Scene): Found[] {
  const { judgement, place } = scene;
  const holds = test?.holds(judgement.stack) ?? new Uint8Array();
  const frames = Array.from(holds.keys()).filter((index) => holds[index] === 1);
  const at = frames[0];
  if (at === undefined || test === null) return [];
  const known = reasonsFor(test, at, judgement, place);
  const reasons =
    "frames" in rule.rule.on && known.evidence.length === 0 ? namedFrames(test, at, scene) : known;
  const holdings = holdingsOf(rule, scene);
  const shown = holdings.filter(({ known }) => known).slice(0, 1);
  const doubts = doubtsAt(rule, at, scene);
  const evidence = [
    ...reasons.evidence,
    ...(shown.length > 0 ? shown : holdings).map((holding) => holding.evidence),
    ...doubts,
    ...absences(rule, scene),
    ...otherStates(at, scene, reasons.evidence),
  ];
  const inferred: Confidence = shown.length === 0 ? "likely" : "certain";
  const doubted: Confidence = doubts.length === 0 ? "certain" : "possible";
  const confidence = leastSure([reasons.confidence, inferred, doubted]);
  return [{ at, frames, evidence, confidence, holdings, ...startOf(holdings), data: {} }];
}

/** Where nothing but roles is asked for, the frames that have them are what the finding rests on. */
function namedFrames(test: Test, at: number, { judgement: { stack }, place }: Scene): Reasons {
  const witnesses = test.witnesses(stack, at);
  const shown = witnesses.filter((witness) => witness.kind === "frame");
  if (shown.length < witnesses.length) return { evidence: [], confidence: "certain" };
  const evidence = shown.flatMap(({ index, roles }) => {
    const frame = stack.frames[index];
    if (frame === undefined) return [];
    const named = roles
      .filter((role) => stack.hasRole(index, role))
      .map((role) => `\`${role}\``)
      .join(" and ");
    return [frameEvidence(frame, "for", `${frame.function ?? "??"} has the role ${named}`, place)];
  });
  return { evidence, confidence: "certain" };
}

/** Where the path begins: at the outermost frame of the thread that holds the state or may. */
function startOf(holdings: readonly Holding[]): Pick<Found, "start" | "bounded"> {
  const own = holdings.flatMap(({ own: index, known }) => (index === null ? [] : [{ index, known }]));
  const [outermost] = own.toSorted((one, other) => other.index - one.index);
  return {
    start:
      outermost === undefined
        ? null
        : { index: outermost.index, note: outermost.known ? "holds it" : "candidate" },
    bounded: own.some(({ known }) => !known),
  };
}

/** What speaks against the finding, with the words of what it rests on. */
function doubtsAt({ doubts }: CompiledRule, at: number, scene: Scene): Evidence[] {
  return doubts
    .filter(({ test }) => test.holds(scene.judgement.stack)[at] === 1)
    .map(({ test, text }) => ({ ...groundOf(test, at, scene), weight: "against", message: text }));
}

/** What a test that holds rests on: the words behind a fact or a state, else the frame that meets it. */
function groundOf(test: Test, at: number, { judgement, thread, place }: Scene): Evidence {
  const [known] = reasonsFor(test, at, judgement, place).evidence;
  if (known !== undefined) return known;
  const met = test.witnesses(judgement.stack, at).find(({ kind }) => kind === "frame");
  const frame = met?.kind === "frame" ? judgement.stack.frames[met.index] : undefined;
  if (frame === undefined) return wordsEvidence("thread", "", thread.span, place);
  return frameEvidence(frame, "against", "", place);
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
