import { clausesOfFailure } from "../facts/clauses.js";
import { impliesTerm, type ReadTerm, readTerm } from "../facts/implies.js";
import type { ConditionTypes } from "../facts/literal.js";
import type { Clause } from "../facts/normal-form.js";
import { factsOfPrint } from "../facts/print-facts.js";
import { propagate } from "../facts/propagate.js";
import type { Confidence, Evidence } from "../model/report.js";
import type { Frame, Message, ReadAssertion, Variable } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import type { CompiledFact, CompiledPack } from "./compile.js";
import { type DeathWord, deathWords } from "./death-words.js";
import type { Detection } from "./detectors/detector.js";
import { type Place, wordsEvidence } from "./evidence.js";
import { machinery, reporter } from "./runtime-roles.js";
import type { ThreadStack } from "./stack.js";

/** What the text says outright: a failed condition, values that were printed. */
export interface Told {
  readonly assertion: ReadAssertion | null;
  readonly prints: readonly Variable[];
  /** What the program said when it died. */
  readonly messages: readonly Message[];
  /** What the detectors found, by their names. */
  readonly detections: Detections;
}

/** By the name of the detector. */
export type Detections = ReadonlyMap<string, readonly Detection[]>;

/** Nothing but a failed condition. */
export function toldBy(assertion: ReadAssertion): Told {
  return { assertion, prints: [], messages: [], detections: new Map() };
}

/** Why a fact of a pack holds, and how sure that is. */
export interface Proof {
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  /** Nothing but values that somebody printed shows it: no failure of the program does. */
  readonly printed: boolean;
}

/** One term that holds at the moment of the crash. */
interface Claim {
  readonly term: ReadTerm;
  readonly evidence: Evidence;
}

/**
 * Proves what can be proved of a pack's facts.
 * @param stack the thread, with the states that its frames alone decide: they strike terms from unsettled clauses
 * @param crash the index of the frame that crashed, where those states are asked
 */
export function prove(
  pack: CompiledPack,
  told: Told,
  stack: ThreadStack,
  crash: number,
  types: ConditionTypes,
  place: Place,
): ReadonlyMap<string, Proof> {
  const claims = [
    ...claimsOfFailure(pack, told.assertion, stack, crash, types, place),
    ...claimsOfPrints(told.prints, "printed", types, place),
    ...claimsOfLocals(pack, stack.frames, types, place),
  ];
  const words = deathWords(told.messages, stack, place);
  const proofs = new Map<string, Proof>();
  for (const fact of pack.facts) {
    const proof =
      proofByClaims(fact, claims) ??
      proofByWords(fact, words) ??
      proofByDetection(fact, told.detections, place) ??
      proofByShape(fact, told.assertion, stack, place);
    if (proof !== null) proofs.set(fact.name, proof);
  }
  return proofs;
}

/** The clauses that a failed assertion proves, less the terms that the stack refutes. */
export function provedClauses(
  pack: CompiledPack | null,
  assertion: ReadAssertion,
  stack: ThreadStack | null,
  crash: number,
  types: ConditionTypes,
): readonly Clause[] {
  const clauses = assertion.expression === null ? null : clausesOfFailure(assertion.expression, types);
  if (clauses === null) return [];
  if (pack === null || stack === null) return propagate(clauses, () => false);
  const refuted = pack.facts.filter((fact) => isRefuted(fact, stack, crash));
  if (refuted.length === 0) return propagate(clauses, () => false);
  return propagate(clauses, (text) => {
    const term = readTerm(text);
    return refuted.some((fact) => needs(term, fact));
  });
}

function claimsOfFailure(
  pack: CompiledPack,
  assertion: ReadAssertion | null,
  stack: ThreadStack,
  crash: number,
  types: ConditionTypes,
  place: Place,
): Claim[] {
  if (assertion === null) return [];
  return provedClauses(pack, assertion, stack, crash, types).flatMap(([term, ...others]) =>
    term === undefined || others.length > 0
      ? []
      : [
          {
            term: readTerm(term),
            evidence: wordsEvidence(
              "assertion",
              `the assertion \`${assertion.expression}\` failed, which proves ${term}`,
              assertion.span,
              place,
            ),
          },
        ],
  );
}

function claimsOfPrints(
  prints: readonly Variable[],
  source: "printed" | "locals",
  types: ConditionTypes,
  place: Place,
): Claim[] {
  return prints.flatMap(({ name, value, span }) =>
    factsOfPrint(name, value, source, types).map(({ expression }) => ({
      term: readTerm(expression),
      evidence: wordsEvidence("value", `gdb printed ${name} as ${value}`, span, place),
    })),
  );
}

/** Locals of `bt full` with the name of something that the pack asks about. */
function claimsOfLocals(
  pack: CompiledPack,
  frames: readonly Frame[],
  types: ConditionTypes,
  place: Place,
): Claim[] {
  const asked = new Set(
    pack.facts.flatMap(({ conditions }) => conditions.map(({ comparison }) => comparison?.left)),
  );
  const locals = frames.flatMap((frame) => (frame.locals ?? []).filter(({ name }) => asked.has(name)));
  return claimsOfPrints(locals, "locals", types, place);
}

function proofByClaims(fact: CompiledFact, claims: readonly Claim[]): Proof | null {
  const evidence = claims.filter(({ term }) => needs(term, fact)).map((claim) => claim.evidence);
  const printed = evidence.every(({ kind }) => kind === "value");
  return evidence.length === 0 ? null : { evidence, confidence: "certain", printed };
}

function proofByWords(fact: CompiledFact, words: readonly DeathWord[]): Proof | null {
  const evidence = words.filter(({ text }) => fact.messages(text)).map((word) => word.evidence);
  return evidence.length === 0 ? null : { evidence, confidence: "certain", printed: false };
}

/** What a detector found of this thread. */
function proofByDetection(fact: CompiledFact, detections: Detections, place: Place): Proof | null {
  const found = detections.get(fact.detected ?? "")?.find(({ thread }) => thread === place.thread);
  return found === undefined
    ? null
    : { evidence: found.evidence, confidence: found.confidence, printed: false };
}

/** A check whose text is missing: nothing but the machinery of an abort was called from a frame that has such a check. */
function proofByShape(
  fact: CompiledFact,
  assertion: ReadAssertion | null,
  stack: ThreadStack,
  place: Place,
): Proof | null {
  if (fact.abortingIn.length === 0 || (assertion !== null && assertion.expression !== null)) return null;
  const outside = stack.roles.findIndex((_, index) => !stack.hasRole(index, machinery));
  const frame = stack.frames[outside];
  if (frame === undefined || !stack.hasAnyRole(outside, fact.abortingIn)) return null;
  const called = stack.frames[outside - 1];
  const direct = stack.hasRole(outside - 1, reporter) || canonicalName(called?.function ?? "") === "abort";
  if (!direct) return null;
  const message = `${frame.function} ends the process here; the text of its check is missing, and the only check known there is: ${fact.title}`;
  const evidence = { ...wordsEvidence("assertion", message, frame.span, place), level: frame.level };
  return { evidence: [evidence], confidence: "likely", printed: false };
}

/** A term that can only hold where the fact does. */
function needs(term: ReadTerm, fact: CompiledFact): boolean {
  return fact.terms(term.text) || fact.conditions.some((condition) => impliesTerm(term, condition));
}

function isRefuted(fact: CompiledFact, stack: ThreadStack, crash: number): boolean {
  return fact.refutedBy.some(({ state, values }) => values.includes(stack.stateAt(crash, state) ?? ""));
}
