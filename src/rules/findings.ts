import type { Confidence, Evidence } from "../model/report.js";
import type { ReadAssertion } from "../model/trace.js";
import type { CompiledRule } from "./compile.js";
import { absenceEvidence, frameEvidence, wordsEvidence } from "./evidence.js";
import type { Found } from "./found.js";
import { candidateOf, holderElsewhere, holderHere } from "./holders.js";
import { leastSure, reasonsFor, reasonsForState } from "./reasons.js";
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
  if ("verdict" in on) return judged(rule, on.verdict, scene);
  return "fact" in on ? proved(on.fact, scene) : crashed(on.crash, scene);
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

/** A fact that a failed check proved: a value that somebody printed is no failure. */
function proved(fact: string | string[], { judgement, crash }: Scene): Found[] {
  const names = typeof fact === "string" ? [fact] : fact;
  const proof = names.flatMap((name) => judgement.proofs.get(name) ?? []).find(({ printed }) => !printed);
  if (proof === undefined) return [];
  return [{ ...plain, at: crash?.frame ?? 0, evidence: proof.evidence, confidence: proof.confidence }];
}

function crashed(kind: string, scene: Scene): Found[] {
  const { crash } = scene;
  if (crash?.kind !== kind) return [];
  const confidence = crash.sure ? "certain" : "possible";
  return [{ ...plain, at: crash.frame ?? 0, evidence: crashEvidence(scene), confidence }];
}

const plain: Omit<Found, "at" | "evidence" | "confidence"> = {
  frames: [],
  holder: null,
  start: null,
  bounded: false,
  data: {},
};

/** The frames with a verdict, and who is to blame for the state in which they are. */
function judged(rule: CompiledRule, verdict: string, scene: Scene): Found[] {
  const { judgement, place } = scene;
  const frames = judgement.verdicts.flatMap((one, index) => (one === verdict ? [index] : []));
  const at = frames[0];
  const test = judgement.pack.verdicts.find(({ name }) => name === verdict)?.test;
  if (at === undefined || test === undefined) return [];
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
  const confidence = leastSure([reasons.confidence, inferred]);
  const bounded = candidate !== null;
  return [{ at, frames, evidence, confidence, holder, start, bounded, data: {} }];
}

function outerOf(one: Found["start"], other: Found["start"]): Found["start"] {
  return one !== null && other !== null ? (one.index > other.index ? one : other) : (one ?? other);
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
