import type { Comparison } from "./expression.js";
import { type Formula, negated } from "./formula.js";
import { printed } from "./print.js";

/** Terms in canonical form, one of which holds. */
export type Clause = readonly string[];

/** Normal form grows exponentially: what needs more than this is given up. */
const mostClauses = 32;
const mostTerms = 16;
const mostLeaves = 64;

/** A clause in the making: each term with the term that holds where it does not. */
type Terms = ReadonlyMap<string, string>;

/** Null where there are too many clauses. No clause: always true; an empty clause: never. */
type Clauses = readonly Terms[] | null;

/** A formula and its negation. Both are needed below `?:` and `==`, and asking for them one by one doubles the work at every level. */
interface Both {
  readonly holds: Clauses;
  readonly fails: Clauses;
}

/**
 * Returns the clauses that hold where the formula is true and where it is false, each shortest first: without repeated
 * terms, without clauses that always hold or that another clause implies. Null: always so, never so, or too large.
 */
export function normalForms(formula: Formula): { holds: Clause[] | null; fails: Clause[] | null } {
  if (leaves(formula) > mostLeaves) return { holds: null, fails: null };
  const { holds, fails } = bothOf(formula);
  return { holds: texts(holds), fails: texts(fails) };
}

function texts(clauses: Clauses): Clause[] | null {
  if (clauses === null || isNever(clauses)) return null;
  return clauses.map((terms) => [...terms.keys()]).sort((one, other) => one.length - other.length);
}

/** Whether there is an empty clause, or a term and its negation alone. */
function isNever(clauses: readonly Terms[]): boolean {
  const alone = new Map(clauses.flatMap((terms) => (terms.size === 1 ? [...terms] : [])));
  return (
    clauses.some(({ size }) => size === 0) || [...alone.values()].some((negation) => alone.has(negation))
  );
}

function leaves(formula: Formula): number {
  const parts = partsOf(formula);
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + leaves(part), 0);
}

function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case "constant":
    case "term":
      return [];
    case "all":
    case "any":
      return formula.parts;
    case "same":
      return [formula.left, formula.right];
    case "choice":
      return [formula.test, formula.consequent, formula.alternative];
  }
}

function bothOf(formula: Formula): Both {
  switch (formula.kind) {
    case "constant":
      return formula.holds ? { holds: [], fails: [new Map()] } : { holds: [new Map()], fails: [] };
    case "term":
      return bothOfTerm(formula.comparison);
    case "all":
      return formula.parts.map(bothOf).reduce(and);
    case "any":
      return swapped(formula.parts.map(bothOf).map(swapped).reduce(and));
    case "same": {
      const both = equality(bothOf(formula.left), bothOf(formula.right));
      return formula.equal ? both : swapped(both);
    }
    case "choice":
      return choice(bothOf(formula.test), bothOf(formula.consequent), bothOf(formula.alternative));
  }
}

function bothOfTerm(comparison: Comparison): Both {
  const holds = printed(comparison);
  const fails = textOf(negated({ kind: "term", comparison }));
  return { holds: [new Map([[holds, fails]])], fails: [new Map([[fails, holds]])] };
}

function textOf(formula: Formula): string {
  return formula.kind === "term" ? printed(formula.comparison) : "";
}

function swapped({ holds, fails }: Both): Both {
  return { holds: fails, fails: holds };
}

function and(left: Both, right: Both): Both {
  return { holds: conjunction(left.holds, right.holds), fails: disjunction(left.fails, right.fails) };
}

function equality(left: Both, right: Both): Both {
  return {
    holds: conjunction(disjunction(left.fails, right.holds), disjunction(left.holds, right.fails)),
    fails: conjunction(disjunction(left.holds, right.holds), disjunction(left.fails, right.fails)),
  };
}

function choice(test: Both, consequent: Both, alternative: Both): Both {
  return {
    holds: conjunction(disjunction(test.fails, consequent.holds), disjunction(test.holds, alternative.holds)),
    fails: conjunction(disjunction(test.fails, consequent.fails), disjunction(test.holds, alternative.fails)),
  };
}

function conjunction(left: Clauses, right: Clauses): Clauses {
  return left === null || right === null ? null : gathered([...left, ...right]);
}

function disjunction(left: Clauses, right: Clauses): Clauses {
  if (left?.length === 0 || right?.length === 0) return [];
  if (left === null || right === null) return null;
  return gathered(left.flatMap((one) => right.map((other) => new Map([...one, ...other]))));
}

/** Drops clauses that say nothing (a term or its negation) or no more than another one. */
function gathered(clauses: readonly Terms[]): Clauses {
  let kept: Terms[] = [];
  for (const clause of clauses) {
    if (saysNothing(clause) || kept.some((other) => implies(other, clause))) continue;
    if (clause.size > mostTerms) return null;
    kept = kept.filter((other) => !implies(clause, other));
    kept.push(clause);
    if (kept.length > mostClauses) return null;
  }
  return kept;
}

function saysNothing(clause: Terms): boolean {
  for (const negation of clause.values()) if (clause.has(negation)) return true;
  return false;
}

function implies(smaller: Terms, larger: Terms): boolean {
  if (smaller.size > larger.size) return false;
  for (const term of smaller.keys()) if (!larger.has(term)) return false;
  return true;
}
