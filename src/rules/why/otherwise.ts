import type { Change } from "../../model/report.js";
import type { CompiledClause, CompiledRule, CompiledState } from "../compile.js";
import { compileCondition, listOf } from "../condition.js";
import type { Judgement } from "../judge.js";
import { ThreadStack } from "../stack.js";
import { conditionOf, conjunctsOf } from "./conjuncts.js";
import { phraseOf } from "./phrase.js";
import { factText, listed, requirementText } from "./requirement.js";

/** More changes of one finding are not told, nor more ways to bring one about. */
const mostChanges = 10;
const mostWays = 3;

/** What a rule makes of a frame. */
interface Outcome {
  readonly speaks: boolean;
  readonly verdict: string | null;
  readonly severity: CompiledRule["rule"]["severity"];
}

/**
 * What would change a finding: the thread is judged again without each of the facts that are proved, and with each other value of
 * each state; those that make a difference at the frame `at` are told. Linear in the frames, for each of them. Throws nothing.
 */
export function changesOf(rule: CompiledRule, judgement: Judgement, at: number): Change[] {
  if (!looksAtFrames(rule)) return withoutItsFact(rule, judgement);
  const now = outcomeOf(rule, judgement, judgement.stack, new Set(judgement.proofs.keys()), at);
  const differs = ({ outcome: { speaks, verdict, severity } }: Supposed): boolean =>
    speaks !== now.speaks || verdict !== now.verdict || severity !== now.severity;
  const facts = withoutFacts(rule, judgement, at).filter(differs);
  const told = new Set(facts.map(({ outcome }) => outcome.verdict).filter((verdict) => verdict !== null));
  // That nothing is proved says more than that something is not known.
  const states = withStates(rule, judgement, at).filter(
    (one) => differs(one) && !told.has(one.outcome.verdict ?? ""),
  );
  return [...facts, ...states].slice(0, mostChanges).map(({ supposed, ways, outcome }) => ({
    if: supposed,
    ways: [...ways],
    verdict: outcome.verdict,
    outcome: outcomeText(rule, judgement, outcome),
  }));
}

/** Whether what a rule says depends on more than what proved its fact, or on what a detector found. */
function looksAtFrames({ rule: { on }, grades }: CompiledRule): boolean {
  return "verdict" in on || "frames" in on || grades.length > 0;
}

function withoutItsFact({ rule: { on } }: CompiledRule, { pack, proofs }: Judgement): Change[] {
  const proved = "fact" in on ? listOf(on.fact).filter((fact) => proofs.has(fact)) : [];
  if (proved.length === 0) return [];
  const facts = listed(proved.map((fact) => factText(fact, pack.pack)));
  return [{ if: `nothing proved ${facts}`, ways: [], verdict: null, outcome: silence }];
}

const silence = "this rule would say nothing";

interface Supposed {
  readonly supposed: string;
  readonly ways: readonly string[];
  readonly outcome: Outcome;
}

function withoutFacts(rule: CompiledRule, judgement: Judgement, at: number): Supposed[] {
  const { stack, pack, proofs } = judgement;
  return [...proofs.keys()].map((fact) => {
    const proved = new Set([...proofs.keys()].filter((one) => one !== fact));
    const other = new ThreadStack(stack.frames, stack.roles, proved).decide(pack.states);
    return {
      supposed: `nothing proved ${factText(fact, pack.pack)}`,
      ways: [],
      outcome: outcomeOf(rule, judgement, other, proved, at),
    };
  });
}

/** The states of which a verdict is made stand last in a pack. */
function withStates(rule: CompiledRule, judgement: Judgement, at: number): Supposed[] {
  const { stack, pack, proofs } = judgement;
  const proved = new Set(proofs.keys());
  return pack.states.toReversed().flatMap((state) => {
    const value = stack.stateAt(at, state.name);
    if (value === null) return [];
    return Object.keys(state.phrases).flatMap((is) => {
      const ways = is === value ? [] : waysTo(state, is, judgement, at);
      if (ways.length === 0) return [];
      const other = new ThreadStack(stack.frames, stack.roles, proved).decide(
        pack.states.map((one) => (one === state ? pinned(state, is) : one)),
      );
      const phrase = phraseOf(state.name, is, judgement);
      return [
        {
          supposed: `${state.name} were ${is}${phrase === "" ? "" : ` (${phrase})`}`,
          ways,
          outcome: outcomeOf(rule, judgement, other, proved, at),
        },
      ];
    });
  });
}

function pinned(state: CompiledState, is: string): CompiledState {
  return { ...state, clauses: [{ is, test: null, because: null, confidence: "certain" }] };
}

/** What would have to hold besides for a state to have a value, the nearest first: by the clauses that give it. */
function waysTo(state: CompiledState, is: string, judgement: Judgement, at: number): string[] {
  const { stack, pack } = judgement;
  const deciding = stack.decidedBy(at, state.name);
  const order = deciding === null || deciding.test === null ? Infinity : state.clauses.indexOf(deciding);
  return state.clauses
    .flatMap((clause, index) => {
      const when = pack.pack.states?.[state.name]?.decide[index]?.when;
      if (clause.is !== is || when === undefined) return [];
      const parts = conjunctsOf(when).map(conditionOf);
      const missing = parts
        .filter((part) => compileCondition(part).holds(stack)[at] !== 1)
        .map((part) => requirementText(part, pack.pack, "this frame"));
      // Where nothing is missing, what decides would have to go; what that takes, another state or fact says.
      if (missing.length === 0) return [];
      const isLater = index > order;
      const without = isLater ? `, without what makes it ${deciding?.is} now` : "";
      const share = missing.length / parts.length + (isLater ? 1 : 0);
      return [{ text: missing.join(", and ") + without, share }];
    })
    .toSorted((one, other) => one.share - other.share)
    .slice(0, mostWays)
    .map(({ text }) => text);
}

function outcomeOf(
  { rule, frames, grades }: CompiledRule,
  { pack }: Judgement,
  stack: ThreadStack,
  proved: ReadonlySet<string>,
  at: number,
): Outcome {
  const holdsAt = (test: NonNullable<CompiledClause["test"]>): boolean => test.holds(stack)[at] === 1;
  const given = pack.verdicts.find(({ test }) => holdsAt(test))?.name ?? null;
  const { on } = rule;
  const speaks =
    ("verdict" in on && given === on.verdict) ||
    ("frames" in on && frames !== null && holdsAt(frames)) ||
    ("fact" in on && listOf(on.fact).some((fact) => proved.has(fact))) ||
    "crash" in on ||
    "detected" in on;
  const verdict = "verdict" in on ? given : speaks ? (rule.verdict ?? null) : null;
  return { speaks, verdict, severity: grades.find(({ test }) => holdsAt(test))?.severity ?? rule.severity };
}

function outcomeText({ rule }: CompiledRule, { pack }: Judgement, outcome: Outcome): string {
  if (outcome.speaks) return `it would count as ${article(outcome.severity)} ${outcome.severity}`;
  const says = pack.verdicts.find(({ name }) => name === outcome.verdict)?.says;
  return "verdict" in rule.on && outcome.verdict !== null
    ? `the verdict would be ${outcome.verdict}${says === undefined ? "" : `: ${says}`}`
    : silence;
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}
