import { type ReadTerm, readTerm } from "../facts/implies.js";
import type { Clause } from "../facts/normal-form.js";
import { factsOfPrint } from "../facts/print-facts.js";
import { propagate } from "../facts/propagate.js";
import type { Confidence, Evidence } from "../model/report.js";
import type { Frame, ReadAssertion, Variable } from "../model/trace.js";
import type { CompiledFact, CompiledPack } from "./compile.js";
import type { Conditions } from "./conditions.js";
import { type Place, wordsEvidence } from "./evidence.js";
import { leastSure, type Reasons, reasonsForState } from "./reasons.js";
import type { ThreadStack } from "./stack.js";
import { needs } from "./terms.js";

/** One term that holds at the moment of the crash, and the reasoning that leads to it. */
export interface Claim {
  readonly term: ReadTerm;
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  /** Somebody printed it: no failure of the program shows it. */
  readonly printed: boolean;
}

/** A thread whose states were decided before anything else is proved, and the frame at which they are asked. */
export interface Asked {
  readonly pack: CompiledPack;
  readonly stack: ThreadStack;
  readonly crash: number;
  /** The facts that those states rest on. */
  readonly proofs: ReadonlyMap<string, Reasons>;
}

/** The clauses that a failed assertion proves, less the terms that the stack refutes. */
export function provedClauses(
  asked: Asked | null,
  assertion: ReadAssertion,
  conditions: Conditions,
): readonly Clause[] {
  const clauses = assertion.expression === null ? null : conditions.ofFailure(assertion.expression);
  return clauses === null ? [] : propagate(clauses, (text) => refuting(asked, text) !== undefined);
}

/** The terms that a failed assertion proves: of a clause with several, those are struck that the stack refutes. */
export function claimsOfFailure(
  asked: Asked,
  assertion: ReadAssertion | null,
  conditions: Conditions,
  place: Place,
): Claim[] {
  if (assertion === null) return [];
  const written = provedClauses(null, assertion, conditions);
  return provedClauses(asked, assertion, conditions).flatMap(([text, ...others], index) => {
    if (text === undefined || others.length > 0) return [];
    const from = written[index] ?? [text];
    const struck = from.length === 1 ? [] : from.filter((term) => term !== text);
    const reasons = struck.flatMap((term) => reasonAgainst(asked, term, place) ?? []);
    const proved = `the assertion \`${assertion.expression}\` failed, which proves ${from.join(" || ")}`;
    const left = struck.length === 0 ? "" : `: here only ${text} is left`;
    return [
      {
        term: readTerm(text),
        evidence: [
          wordsEvidence("assertion", proved + left, assertion.span, place),
          ...reasons.flatMap(({ evidence }) => evidence),
        ],
        confidence: leastSure(reasons.map(({ confidence }) => confidence)),
        printed: false,
      },
    ];
  });
}

/** Why a term of a clause does not hold, where the stack tells. */
function reasonAgainst(asked: Asked, term: string, place: Place) {
  const refuted = refuting(asked, term);
  if (refuted === undefined) return null;
  return reasonsForState(refuted.state, asked.crash, asked, place);
}

/** The state that shows that a term does not hold: the fact that it needs is refuted by it. */
function refuting(asked: Asked | null, text: string): { readonly state: string } | undefined {
  if (asked === null) return undefined;
  const candidates = asked.pack.facts.filter(({ refutedBy }) => refutedBy.length > 0);
  if (candidates.length === 0) return undefined;
  const term = readTerm(text);
  return candidates.filter((fact) => needs(term, fact)).flatMap((fact) => stateAgainst(fact, asked) ?? [])[0];
}

function stateAgainst({ refutedBy }: CompiledFact, { stack, crash }: Asked) {
  return refutedBy.find(({ state, values }) => values.includes(stack.stateAt(crash, state) ?? ""));
}

/** What printed values prove. */
export function claimsOfPrints(
  prints: readonly Variable[],
  source: "printed" | "locals",
  conditions: Conditions,
  place: Place,
): Claim[] {
  return prints.flatMap(({ name, value, span }) =>
    factsOfPrint(name, value, source, conditions.types).map(
      ({ expression }): Claim => ({
        term: readTerm(expression),
        evidence: [wordsEvidence("value", `gdb printed ${name} as ${value}`, span, place)],
        confidence: "certain",
        printed: true,
      }),
    ),
  );
}

/** Locals of `bt full` with the name of something that the pack asks about. */
export function claimsOfLocals(
  { asksFor }: CompiledPack,
  frames: readonly Frame[],
  conditions: Conditions,
  place: Place,
): Claim[] {
  if (asksFor.size === 0) return [];
  const locals = frames.flatMap(({ locals: shown }) => shown?.filter(({ name }) => asksFor.has(name)) ?? []);
  return claimsOfPrints(locals, "locals", conditions, place);
}
