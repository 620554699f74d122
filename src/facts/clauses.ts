// STAND-IN by the lead until the real one is there; overwrite at will.
import { comparisonOf, opposite, ordered, zero } from "./comparison.js";
import type { Comparison, Expression } from "./expression.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";

export interface ConditionTypes {
  readonly unsigned: ReadonlySet<string>;
}
export type Clause = readonly string[];

function atom(e: Expression): Comparison {
  return e.kind === "comparison" ? ordered(e) : comparisonOf("!=", e, zero);
}
function cnf(e: Expression, positive: boolean): Comparison[][] {
  if (e.kind === "not") return cnf(e.operand, !positive);
  if (e.kind === "logical") {
    const and = (e.operator === "&&") === positive;
    const l = cnf(e.left, positive);
    const r = cnf(e.right, positive);
    return and ? [...l, ...r] : l.flatMap((x) => r.map((y) => [...x, ...y]));
  }
  return [[positive ? atom(e) : opposite(atom(e))]];
}
function text(c: Comparison, types: ConditionTypes): string {
  const t = printed(c);
  const left = printed(c.left);
  if (types.unsigned.has(left) && c.operator === ">" && printed(c.right) === "0") return `${left} != 0`;
  return t;
}
export function clausesOf(condition: string, types: ConditionTypes): Clause[] | null {
  const e = readCondition(condition);
  return e === null ? null : cnf(e, true).map((c) => c.map((x) => text(x, types)));
}
export function clausesOfFailure(condition: string, types: ConditionTypes): Clause[] | null {
  const e = readCondition(condition);
  return e === null ? null : cnf(e, false).map((c) => c.map((x) => text(x, types)));
}
export function impliesTerm(known: string, wanted: string, _types: ConditionTypes): boolean {
  const m = /^(.*) == ([1-9]\d*)$/.exec(known);
  return known === wanted || (m !== null && wanted === `${m[1]} != 0`);
}
export function propagate(clauses: readonly Clause[], refuted: (term: string) => boolean): Clause[] {
  return clauses.map((c) => (c.length === 1 ? c : c.filter((t) => !refuted(t))));
}
