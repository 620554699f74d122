import type { ComparisonOperator } from "./expression.js";
import { compared, constantOf, equalTo, holds, type Quantity } from "./quantity.js";

/** A canonical term that was read once, for many questions. */
export interface ReadTerm {
  readonly text: string;
  /** What is compared with what integer constant; null where it is something else. */
  readonly comparison: Bound | null;
}

interface Bound {
  readonly operator: ComparisonOperator;
  readonly left: string;
  readonly right: Quantity;
}

const constantAtEnd = /^(.*) (==|!=|<|<=|>|>=) (-?)(\d+[UL]*|'[^']+')$/s;

/** Reads a canonical term. Never throws: text that is no term is only equal to itself. */
export function readTerm(text: string): ReadTerm {
  const [, left = "", operator = "", sign = "", number = ""] = constantAtEnd.exec(text) ?? [];
  const written = { kind: "number", text: number } as const;
  const right = constantOf(sign === "" ? written : { kind: "unary", operator: "-", operand: written });
  return { text, comparison: right === null || !isOperator(operator) ? null : { operator, left, right } };
}

function isOperator(text: string): text is ComparisonOperator {
  return ["==", "!=", "<", "<=", ">", ">="].includes(text);
}

/**
 * Whether a term that holds makes another one hold: the same term, or a comparison of the same expression with another
 * integer constant (`depth == 1` makes `depth != 0` hold).
 */
export function impliesTerm(known: ReadTerm, wanted: ReadTerm): boolean {
  if (known.text === wanted.text) return true;
  const [one, other] = [known.comparison, wanted.comparison];
  return one !== null && other !== null && one.left === other.left && impliesBound(one, other);
}

/** True of every type that the left side may have: an integer of any signedness, and a floating number, so that `x > 0` does not make `x >= 1` hold. */
function impliesBound(known: Bound, wanted: Bound): boolean {
  if (known.operator === "==") return compared(wanted.operator, equalTo(known.right), wanted.right) === true;
  const [from = 0n] = known.right.possible;
  const [to = 0n] = wanted.right.possible;
  // -1 may be converted to a large number, and then the order changes.
  if (!known.right.signed || !wanted.right.signed || from < 0n !== to < 0n) return false;
  return between(from, to).every(
    (twice) => !holds(known.operator, twice, 2n * from) || holds(wanted.operator, twice, 2n * to),
  );
}

/** Twice the numbers that tell comparisons with either number apart: both, and one on each side of them. */
function between(from: bigint, to: bigint): bigint[] {
  return [from, to].flatMap((number) => [2n * number - 1n, 2n * number, 2n * number + 1n]);
}
