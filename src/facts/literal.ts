import { comparisonOf, isEquality, isInteger, isNumeric, mirrored, ordered, zero } from "./comparison.js";
import type { ComparisonOperator, Expression } from "./expression.js";
import { constant, expressionOf, type Formula, negated, same } from "./formula.js";
import { integerOf, integerText, isSmall } from "./number.js";
import { printed } from "./print.js";
import { compared, constantOf } from "./quantity.js";

/** What the text of a condition does not say of the types in it. */
export interface ConditionTypes {
  /** Canonical texts of expressions that are never negative. */
  readonly unsigned: ReadonlySet<string>;
}

/** One side of a comparison, in canonical form: what is 0 or 1 by its operator is kept as logic. */
export type Side =
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "truth"; readonly truth: Formula };

/**
 * Returns what a comparison says, in canonical form: a constant where the values do not matter, the logic of its sides
 * where they are truth values, else one term.
 */
export function literalOf(
  operator: ComparisonOperator,
  left: Side,
  right: Side,
  types: ConditionTypes,
): Formula {
  if (isNumber(left) && !isNumber(right)) return literalOf(mirrored[operator], right, left, types);
  if (isEquality(operator) && left.kind === "truth" && right.kind === "truth")
    return same(left.truth, right.truth, operator === "==");
  if (!isNumber(right)) return term(operator, expressionOfSide(left), expressionOfSide(right));
  const neverNegative = left.kind === "truth" || types.unsigned.has(printed(left.value));
  const number = plainConstant(right.value, isEquality(operator) || neverNegative);
  return (
    (neverNegative ? againstZero(operator, left, number) : null) ??
    (left.kind === "truth"
      ? againstTruthValue(operator, left.truth, number)
      : againstConstant(operator, left.value, number)) ??
    term(operator, expressionOfSide(left), number)
  );
}

function isNumber(side: Side): side is Extract<Side, { kind: "value" }> {
  return side.kind === "value" && isNumeric(side.value);
}

function expressionOfSide(side: Side): Expression {
  return side.kind === "value" ? side.value : expressionOf(side.truth);
}

function term(operator: ComparisonOperator, left: Expression, right: Expression): Formula {
  return { kind: "term", comparison: ordered(comparisonOf(operator, left, right)) };
}

/** The answer where both sides are constants. A string literal is no null pointer. */
function againstConstant(operator: ComparisonOperator, left: Expression, number: Expression): Formula | null {
  if (left.kind === "string")
    return isEquality(operator) && isInteger(number, 0n) ? constant(operator === "!=") : null;
  const one = constantOf(plainConstant(left, isEquality(operator)));
  const other = constantOf(number);
  const answer = one === null || other === null ? null : compared(operator, one, other);
  return answer === null ? null : constant(answer);
}

/** Of what is never negative: `x < 1` and `x <= 0` say `x == 0`, `x > 0` and `x >= 1` the opposite; `x >= 0` is always true. */
function againstZero(operator: ComparisonOperator, left: Side, number: Expression): Formula | null {
  if (isInteger(number, 0n)) {
    if (operator === "<" || operator === ">=") return constant(operator === ">=");
    if (operator === "<=" || operator === ">") return equalToZero(operator === "<=", left);
  }
  if (isInteger(number, 1n) && (operator === "<" || operator === ">="))
    return equalToZero(operator === "<", left);
  return null;
}

function equalToZero(equal: boolean, side: Side): Formula {
  if (side.kind === "value") return term(equal ? "==" : "!=", side.value, zero);
  return equal ? negated(side.truth) : side.truth;
}

/** `(a < b) == 0` says `a >= b`, and so does `(a < b) != 1`. */
function againstTruthValue(operator: ComparisonOperator, truth: Formula, number: Expression): Formula | null {
  if (!isEquality(operator) || !(isInteger(number, 0n) || isInteger(number, 1n))) return null;
  return (operator === "==") === isInteger(number, 1n) ? truth : negated(truth);
}

/**
 * Returns a constant without casts and suffixes that do not matter for the comparison. They do where order is compared:
 * `x < 1u` is false for an int that is -1, so that only who knows that x is never negative may say `x < 1`.
 */
function plainConstant(number: Expression, anyType: boolean): Expression {
  if (number.kind === "cast") {
    const operand = plainConstant(number.operand, anyType);
    return anyType && fitsEveryType(operand) ? operand : number;
  }
  const integer = number.kind === "number" && !number.text.endsWith("'") ? integerOf(number.text) : null;
  if (integer === null || (integer.unsigned && !(anyType && isSmall(integer)))) return number;
  return { kind: "number", text: integerText({ value: integer.value, unsigned: false, suffix: "" }) };
}

function fitsEveryType(expression: Expression): boolean {
  const value = expression.kind === "number" ? integerOf(expression.text)?.value : undefined;
  return value !== undefined && value <= 127n;
}
