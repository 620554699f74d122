import type { ComparisonOperator, Expression } from "./expression.js";
import { integerOf } from "./number.js";

/** An integer, as far as its value and its C type are known. */
export interface Quantity {
  /** Each value that it may have. */
  readonly possible: readonly bigint[];
  /** Its type is known to be a signed one. */
  readonly signed: boolean;
}

/** Returns the value of an integer constant with or without a sign before it; null for other expressions. */
export function constantOf(expression: Expression): Quantity | null {
  if (expression.kind === "number") {
    const integer = integerOf(expression.text);
    return integer === null ? null : { possible: [integer.value], signed: !integer.unsigned };
  }
  if (expression.kind !== "unary" || expression.operator !== "-") return null;
  const negated = constantOf(expression.operand);
  // -1u is a large number.
  return negated?.signed ? { possible: negated.possible.map((value) => -value), signed: true } : null;
}

/** What an expression of unknown type can be where it compares equal to a constant: an int that is -1 is equal to 4294967295U. */
export function equalTo({ possible, signed }: Quantity): Quantity {
  const values = signed
    ? possible
    : possible.flatMap((value) => [value, BigInt.asIntN(32, value), BigInt.asIntN(64, value)]);
  return { possible: values, signed: false };
}

/** The types to which C converts both sides where one is, or may be, unsigned (C11 6.3.1.8). */
const commonTypes: readonly ((value: bigint) => bigint)[] = [
  (value) => value,
  (value) => BigInt.asUintN(32, value),
  (value) => BigInt.asUintN(64, value),
];

/** Compares as C does. Returns null where the answer depends on a type or value that is not known. */
export function compared(operator: ComparisonOperator, left: Quantity, right: Quantity): boolean | null {
  const answers = left.possible.flatMap((one) =>
    right.possible.flatMap((other) => {
      const plain = (one >= 0n && other >= 0n) || (left.signed && right.signed);
      return plain
        ? [holds(operator, one, other)]
        : commonTypes.map((as) => holds(operator, as(one), as(other)));
    }),
  );
  const [answer = null] = answers;
  return answers.every((each) => each === answer) ? answer : null;
}

/** Compares two plain integers. */
export function holds(operator: ComparisonOperator, left: bigint, right: bigint): boolean {
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
