import { isEquality, isInteger, isZero } from "./comparison.js";
import { type Expression, partsOf } from "./expression.js";
import { type ConditionTypes, literalOf } from "./literal.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";
import { simplified } from "./simplify.js";

/** Terms in canonical form, one of which holds. */
export type Clause = readonly string[];

/** More clauses, or longer ones, are not brought to normal form: it grows exponentially. */
const mostClauses = 64;
const mostTerms = 32;
/** Every `?:` doubles the work where they are nested. */
const mostConditionals = 4;

/** The clauses that hold where a condition is true; null where it cannot be read or grows too large. Never throws. */
export function clausesOf(condition: string, types: ConditionTypes): Clause[] | null {
  return normalForm(condition, true, types);
}

/** The clauses that hold where a condition is false: what the failure of its assertion proves. Null and errors as above. */
export function clausesOfFailure(condition: string, types: ConditionTypes): Clause[] | null {
  return normalForm(condition, false, types);
}

function normalForm(condition: string, positive: boolean, types: ConditionTypes): Clause[] | null {
  const expression = readCondition(condition);
  const clauses =
    expression === null || conditionalsIn(expression) > mostConditionals
      ? null
      : conjunction(simplified(expression), positive, types);
  return clauses === null ? null : withoutImplied(clauses);
}

function conditionalsIn(expression: Expression): number {
  const own = expression.kind === "conditional" ? 1 : 0;
  return partsOf(expression).reduce((sum, part) => sum + conditionalsIn(part), own);
}

/** Conjunctive normal form of an expression, or of its negation. No clause: always true; an empty clause: never. */
function conjunction(expression: Expression, positive: boolean, types: ConditionTypes): Clause[] | null {
  const negated = negatedIn(expression);
  if (negated !== null) return conjunction(negated, !positive, types);
  if (expression.kind === "conditional")
    return conjunction(withoutConditional(expression, positive), true, types);
  if (expression.kind === "logical") {
    const left = conjunction(expression.left, positive, types);
    const right = conjunction(expression.right, positive, types);
    if (left === null || right === null) return null;
    return (expression.operator === "&&") === positive ? bounded([...left, ...right]) : either(left, right);
  }
  const literal = literalOf(expression, positive, types);
  if (typeof literal === "boolean") return literal ? [] : [[]];
  return [[printed(literal)]];
}

/** What an expression is the negation of: `!x`, and `(a < b) == 0`; `(a < b) == 1` is that of `!(a < b)`. */
function negatedIn(expression: Expression): Expression | null {
  if (expression.kind === "not") return expression.operand;
  if (expression.kind !== "comparison" || !isBoolean(expression.left)) return null;
  const { left, right, operator } = expression;
  if (!isEquality(operator) || !(isZero(right) || isInteger(right, 1n))) return null;
  return (operator === "==") === isZero(right) ? left : { kind: "not", operand: left };
}

/** Whether an expression is 0 or 1 by its operator. */
function isBoolean({ kind }: Expression): boolean {
  return kind === "comparison" || kind === "logical" || kind === "not";
}

/** `a ? b : c` is true where `(!a || b) && (a || c)` is, and false where `(!a || !b) && (a || !c)` is. */
function withoutConditional(
  { test, consequent, alternative }: Extract<Expression, { kind: "conditional" }>,
  positive: boolean,
): Expression {
  const branch = (operand: Expression): Expression => (positive ? operand : { kind: "not", operand });
  return {
    kind: "logical",
    operator: "&&",
    left: {
      kind: "logical",
      operator: "||",
      left: { kind: "not", operand: test },
      right: branch(consequent),
    },
    right: { kind: "logical", operator: "||", left: test, right: branch(alternative) },
  };
}

function either(left: readonly Clause[], right: readonly Clause[]): Clause[] | null {
  if (left.length * right.length > mostClauses) return null;
  return bounded(left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])])));
}

function bounded(clauses: readonly Clause[]): Clause[] | null {
  const fits = clauses.length <= mostClauses && clauses.every(({ length }) => length <= mostTerms);
  return fits ? [...clauses] : null;
}

/**
 * Drops clauses that say nothing (a term or its negation), or no more than another does. Terms that contradict each other
 * prove nothing: the condition cannot have that value.
 */
function withoutImplied(clauses: readonly Clause[]): Clause[] {
  const settled = new Set(clauses.flatMap((clause) => (clause.length === 1 ? clause : [])));
  if ([...settled].some((term) => settled.has(negationOf(term)))) return [];
  const telling = clauses.filter(
    (clause) => clause.length > 0 && !clause.some((term) => clause.includes(negationOf(term))),
  );
  return telling.filter(
    (clause, index) =>
      !telling.some((other, at) => {
        const smaller = other.length < clause.length || (other.length === clause.length && at < index);
        return smaller && other.every((term) => clause.includes(term));
      }),
  );
}

/** The term that holds where a canonical term does not. A text that is no term is its own negation's absence: `""`. */
function negationOf(term: string): string {
  const clauses = conjunctionOfTerm(term);
  return clauses?.length === 1 && clauses[0]?.length === 1 ? (clauses[0][0] ?? "") : "";
}

function conjunctionOfTerm(term: string): Clause[] | null {
  const expression = readCondition(term);
  return expression === null ? null : conjunction(expression, false, { unsigned: new Set() });
}

/**
 * Unit propagation: strikes the terms that are refuted, or whose negation is settled, until nothing changes. A clause of
 * which no term would be left contradicts what refutes it; it is kept as it was, and nothing is concluded from it.
 */
export function propagate(clauses: readonly Clause[], refuted: (term: string) => boolean): Clause[] {
  let current = [...clauses];
  for (;;) {
    const settled = new Set(current.flatMap((clause) => (clause.length === 1 ? clause : [])));
    const next = current.map((clause) => {
      if (clause.length === 1) return clause;
      const left = clause.filter((term) => !refuted(term) && !settled.has(negationOf(term)));
      return left.length === 0 ? clause : left;
    });
    if (next.every((clause, index) => clause.length === current[index]?.length)) return next;
    current = next;
  }
}
