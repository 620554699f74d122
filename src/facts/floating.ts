import type { ComparisonOperator } from "./expression.js";
import { holds } from "./quantity.js";

/** A float shows fewer digits than it is compared with. */
const precision = 1e-6;

/** Compares floating numbers as gdb shows them, each of which may be one of several; null where the answer is not the same for all. */
export function comparedFloating(
  operator: ComparisonOperator,
  left: readonly number[],
  right: readonly number[],
): boolean | null {
  const answers = left.flatMap((one) => right.map((other) => comparedPair(operator, one, other)));
  const [first = null] = answers;
  return answers.every((answer) => answer === first) ? first : null;
}

function comparedPair(operator: ComparisonOperator, left: number, right: number): boolean | null {
  if (Number.isNaN(left) || Number.isNaN(right)) return operator === "!=";
  const finite = Number.isFinite(left) && Number.isFinite(right);
  // A whole number has no digits that are not shown.
  const equal = left === right && Number.isInteger(left);
  if (!equal && !(finite ? isApart(left, right) : left !== right)) return null;
  return holds(operator, BigInt(Math.sign(left - right)), 0n);
}

function isApart(left: number, right: number): boolean {
  return Math.abs(left - right) > precision * Math.max(Math.abs(left), Math.abs(right));
}
