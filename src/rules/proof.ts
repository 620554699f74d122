import type { Confidence, Evidence } from "../model/report.js";
import { confidences } from "../model/scales.js";
import type { Message, ReadAssertion, Variable } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import type { Span } from "../text/span.js";
import {
  type Asked,
  type Claim,
  claimsOfFailure,
  claimsOfLocals,
  claimsOfPrints,
  provedClauses,
} from "./claims.js";
import type { CompiledFact, CompiledPack } from "./compile.js";
import type { Conditions } from "./conditions.js";
import { type DeathWord, deathWords } from "./death-words.js";
import type { Detection } from "./detectors/detector.js";
import { frameEvidence, type Place, wordsEvidence } from "./evidence.js";
import { reporter } from "./runtime-roles.js";
import { needs } from "./terms.js";

/** What the text says outright: a failed condition, values that were printed. */
export interface Told {
  readonly assertion: ReadAssertion | null;
  readonly prints: readonly Variable[];
  /** What the program said when it died. */
  readonly messages: readonly Message[];
  /** What the detectors found, by their names. */
  readonly detections: Detections;
  /** The thread, where it has a name. */
  readonly thread: { readonly name: string | null; readonly span: Span } | null;
}

/** By the name of the detector. */
export type Detections = ReadonlyMap<string, readonly Detection[]>;

export const toldNothing: Told = {
  assertion: null,
  prints: [],
  messages: [],
  detections: new Map(),
  thread: null,
};

/** Why a fact of a pack holds, and how sure that is. */
export interface Proof {
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  /** Nothing but values that somebody printed shows it: no failure of the program does. */
  readonly printed: boolean;
}

/**
 * Proves what can be proved of a pack's facts.
 * @param asked the thread, with the states that its frames and the detectors decide: they strike terms from unsettled clauses
 */
export function prove(
  asked: Asked,
  told: Told,
  conditions: Conditions,
  place: Place,
): ReadonlyMap<string, Proof> {
  const { pack, stack } = asked;
  const failed = claimsOfFailure(asked, told.assertion, conditions, place);
  const printed = [
    ...claimsOfPrints(told.prints, "printed", conditions, place),
    ...claimsOfLocals(pack, stack.frames, conditions, place),
  ];
  const isOnly = told.assertion !== null && provedClauses(null, told.assertion, conditions).length === 1;
  const words = pack.facts.some(({ messages }) => messages !== null)
    ? deathWords(told.messages, stack, place)
    : [];
  const proofs = new Map<string, Proof>();
  for (const fact of pack.facts) {
    const speaks = failsWhereAsked(fact, asked, told.assertion) && (!fact.alone || isOnly);
    const claims = speaks ? [...failed, ...printed] : printed;
    const proof =
      proofByClaims(fact, claims) ??
      proofByWords(fact, words) ??
      proofByThread(fact, told, place) ??
      proofByStack(fact, asked, place) ??
      proofByShape(fact, asked, told.assertion, place);
    if (proof !== null) proofs.set(fact.name, proof);
  }
  return proofs;
}

/** Whether the check failed in a function of which the fact speaks; of a message without a trace only the name is known. */
function failsWhereAsked(
  { failingIn }: CompiledFact,
  { pack, stack, crash }: Asked,
  assertion: ReadAssertion | null,
): boolean {
  if (failingIn.length === 0 || stack.hasAnyRole(crash, failingIn)) return true;
  const name = assertion?.function ?? null;
  return name !== null && pack.rolesOfName(name).some((role) => failingIn.includes(role));
}

function proofByClaims(fact: CompiledFact, claims: readonly Claim[]): Proof | null {
  const proving = claims.filter(({ term }) => needs(term, fact));
  if (proving.length === 0) return null;
  const surest = Math.min(...proving.map(({ confidence }) => confidences.indexOf(confidence)));
  return {
    evidence: proving.flatMap(({ evidence }) => evidence),
    confidence: confidences[surest] ?? "possible",
    printed: proving.every((claim) => claim.printed),
  };
}

function proofByWords(fact: CompiledFact, words: readonly DeathWord[]): Proof | null {
  const evidence = words.filter(({ text }) => fact.messages?.(text)).map((word) => word.evidence);
  return evidence.length === 0 ? null : { evidence, confidence: "certain", printed: false };
}

/** The facts of a pack that detectors and the thread's own name show. */
export function factsOfThread({ facts }: CompiledPack, told: Told, place: Place): ReadonlyMap<string, Proof> {
  return new Map(
    facts.flatMap((fact): [string, Proof][] => {
      const proof = proofByThread(fact, told, place);
      return proof === null ? [] : [[fact.name, proof]];
    }),
  );
}

function proofByThread(fact: CompiledFact, { detections, thread }: Told, place: Place): Proof | null {
  return proofByDetection(fact, detections, place) ?? proofByName(fact, thread, place);
}

/** What the thread is called. */
function proofByName({ threadNames }: CompiledFact, thread: Told["thread"], place: Place): Proof | null {
  if (thread === null || thread.name === null || !threadNames(thread.name)) return null;
  const evidence = wordsEvidence("thread", `the thread is called ${thread.name}`, thread.span, place);
  return { evidence: [evidence], confidence: "likely", printed: false };
}

/** What a detector found of this thread. */
function proofByDetection(fact: CompiledFact, detections: Detections, place: Place): Proof | null {
  const found = detections.get(fact.detected ?? "")?.find(({ thread }) => thread === place.thread);
  return found === undefined
    ? null
    : { evidence: found.evidence, confidence: found.confidence, printed: false };
}

/** The calls themselves show it: the innermost frame that meets the fact's condition is the evidence. */
function proofByStack({ shownBy, title }: CompiledFact, { stack }: Asked, place: Place): Proof | null {
  const index = shownBy?.holds(stack).indexOf(1) ?? -1;
  const frame = stack.frames[index];
  if (frame === undefined) return null;
  const message = `${frame.function ?? "??"} was called here, which shows: ${title}`;
  return { evidence: [frameEvidence(frame, "for", message, place)], confidence: "certain", printed: false };
}

/** A check whose text is missing: nothing but the machinery of an abort was called from a frame that has such a check. */
function proofByShape(
  fact: CompiledFact,
  { stack, crash }: Asked,
  assertion: ReadAssertion | null,
  place: Place,
): Proof | null {
  if (fact.abortingIn.length === 0 || !isHidden(assertion)) return null;
  const frame = stack.frames[crash];
  if (frame === undefined || !stack.hasAnyRole(crash, fact.abortingIn)) return null;
  const called = stack.frames[crash - 1];
  const direct = stack.hasRole(crash - 1, reporter) || canonicalName(called?.function ?? "") === "abort";
  if (!direct) return null;
  const message = `${frame.function} ends the process here; the text of its check is missing, and the only check known there is: ${fact.title}`;
  const evidence = { ...wordsEvidence("assertion", message, frame.span, place), level: frame.level };
  return { evidence: [evidence], confidence: "likely", printed: false };
}

/** Whether the text of the check is missing, or was cut by gdb (`print elements`): `memory_region_tran...`. */
function isHidden(assertion: ReadAssertion | null): boolean {
  return assertion === null || assertion.expression === null || assertion.expression.endsWith("...");
}
