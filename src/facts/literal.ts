import {
  comparisonOf,
  isEquality,
  isInteger,
  isNumeric,
  isZero,
  opposite,
  ordered,
  zero,
} from "./comparison.js";
import type { Comparison, ComparisonOperator, Expression } from "./expression.js";
import { canonicalNumber, integerOf, isSmall } from "./number.js";
import { printed } from "./print.js";

/** What the text of a condition does not say of the types in it. */
export interface ConditionTypes {
  /** Canonical texts of expressions that are never negative. */
  readonly unsigned: ReadonlySet<string>;
}

/** A term that is true or false whatever the values are, or a comparison in its canonical form. */
export type Literal = boolean | Comparison;

/** The literal that says that an expression without `!`, `&&`, `||`, `?:` is true (or false). */
export function literalOf(expression: Expression, positive: boolean, types: ConditionTypes): Literal {
  if (expression.kind === "string") return positive;
  if (expression.kind === "comparison") return literalOfComparison(expression, positive, types);
  return literalOfComparison(comparisonOf("!=", expression, zero), positive, types);
}

function literalOfComparison(comparison: Comparison, positive: boolean, types: ConditionTypes): Literal {
  const known = constantTruth(comparison);
  if (known !== null) return known === positive;
  const inOrder = ordered(comparison);
  return withoutNegatives(withPlainConstant(positive ? inOrder : opposite(inOrder), types), types);
}

/** The truth of a comparison of two integer constants. */
function constantTruth({ operator, left, right }: Comparison): boolean | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  const [a, b] = [constantOf(left), constantOf(right)];
  return a === null || b === null ? null : compared(operator, a, b);
}

/** The value of a small integer constant, signed or not. */
export function constantOf(expression: Expression): bigint | null {
  if (expression.kind === "number") return integerOf(expression.text)?.value ?? null;
  if (expression.kind === "unary" && expression.operator === "-") {
    const value = constantOf(expression.operand);
    return value === null ? null : -value;
  }
  return null;
}

/** Compares two integers. */
export function compared(operator: ComparisonOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** `0u` is `0` where the type of the constant makes no difference: in an equality, and beside what is unsigned itself. */
function withPlainConstant(comparison: Comparison, types: ConditionTypes): Comparison {
  const { operator, left, right } = comparison;
  const integer = right.kind === "number" ? integerOf(right.text) : null;
  if (integer === null || !isSmall(integer) || !(isEquality(operator) || types.unsigned.has(printed(left))))
    return comparison;
  return comparisonOf(operator, left, { kind: "number", text: canonicalNumber(String(integer.value)) });
}

/** `x < 1` and `x <= 0` say `x == 0` of an unsigned x, `x > 0` and `x >= 1` the opposite; `x >= 0` says nothing. */
function withoutNegatives(comparison: Comparison, types: ConditionTypes): Literal {
  const { operator, left, right } = comparison;
  if (isEquality(operator) || !types.unsigned.has(printed(left))) return comparison;
  if (isZero(right)) {
    if (operator === ">=" || operator === "<") return operator === ">=";
    return comparisonOf(operator === "<=" ? "==" : "!=", left, zero);
  }
  if (isInteger(right, 1n) && (operator === "<" || operator === ">=")) {
    return comparisonOf(operator === "<" ? "==" : "!=", left, zero);
  }
  return comparison;
}
