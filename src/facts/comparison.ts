import type { Comparison, ComparisonOperator, Expression } from "./expression.js";
import { integerOf } from "./number.js";
import { printed } from "./print.js";

const opposites = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" } as const;
/** The operator that says the same with the sides exchanged. */
export const mirrored = { "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" } as const;

export const zero: Expression = { kind: "number", text: "0" };

/** Builds a comparison. */
export function comparisonOf(operator: ComparisonOperator, left: Expression, right: Expression): Comparison {
  return { kind: "comparison", operator, left, right };
}

/** Whether an operator compares for equality, not for order. */
export function isEquality(operator: ComparisonOperator): operator is "==" | "!=" {
  return operator === "==" || operator === "!=";
}

/**
 * Puts the sides in their canonical order: the more constant one on the right (numbers, then strings, `sizeof` and
 * NAMES in capitals, then the rest). Between equals, `==` and `!=` have the smaller text on the left, and order is said
 * with `<` and `<=`.
 */
export function ordered(comparison: Comparison): Comparison {
  const { operator, left, right } = comparison;
  const tendency = constancy(left) - constancy(right);
  if (tendency !== 0) return tendency > 0 ? exchanged(comparison) : comparison;
  const backwards = isEquality(operator) ? printed(left) > printed(right) : operator.startsWith(">");
  return backwards ? exchanged(comparison) : comparison;
}

function exchanged({ operator, left, right }: Comparison): Comparison {
  return comparisonOf(mirrored[operator], right, left);
}

/**
 * Returns the comparison that holds where a canonical one does not, in canonical form. `x < 1.5` has none of its own
 * (both it and `x >= 1.5` are false for a NaN): it becomes `(x < 1.5) == 0`.
 */
export function opposite(comparison: Comparison): Comparison {
  const { operator, left, right } = comparison;
  if (operator === "==" && left.kind === "comparison" && isInteger(right, 0n)) return left;
  if (!isEquality(operator) && (isFloating(left) || isFloating(right)))
    return comparisonOf("==", comparison, zero);
  return ordered(comparisonOf(opposites[operator], left, right));
}

/** Whether an expression is made of number constants only. */
export function isNumeric(expression: Expression): boolean {
  switch (expression.kind) {
    case "number":
      return true;
    case "unary":
      return expression.operator !== "*" && expression.operator !== "&" && isNumeric(expression.operand);
    case "cast":
      return isNumeric(expression.operand);
    case "arithmetic":
      return isNumeric(expression.left) && isNumeric(expression.right);
    default:
      return false;
  }
}

/** Whether an expression is a constant of this value. */
export function isInteger(expression: Expression, value: bigint): boolean {
  return expression.kind === "number" && integerOf(expression.text)?.value === value;
}

function constancy(expression: Expression): number {
  if (isNumeric(expression)) return 2;
  if (expression.kind === "string" || expression.kind === "sizeof") return 1;
  return expression.kind === "name" && /^[A-Z][A-Z0-9_]+$/.test(expression.name) ? 1 : 0;
}

function isFloating(expression: Expression): boolean {
  const number = expression.kind === "unary" ? expression.operand : expression;
  return number.kind === "number" && /^(?:\d*\.|\d+[eE])/.test(number.text);
}
