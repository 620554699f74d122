import type { ComparisonOperator } from "./expression.js";
import { compared, constantOf } from "./literal.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";

/** A canonical term that was read once, for many questions. */
export interface ReadTerm {
  readonly text: string;
  /** What is compared with what integer; null where it is something else. */
  readonly comparison: {
    readonly operator: ComparisonOperator;
    readonly left: string;
    readonly right: bigint;
  } | null;
}

/** Reads a canonical term. Never throws: text that is no term is only equal to itself. */
export function readTerm(text: string): ReadTerm {
  const expression = readCondition(text);
  if (expression?.kind !== "comparison") return { text, comparison: null };
  const right = constantOf(expression.right);
  return {
    text,
    comparison:
      right === null ? null : { operator: expression.operator, left: printed(expression.left), right },
  };
}

/**
 * Whether a term that holds makes another one hold: the same term, or a comparison of the same expression with another
 * integer constant (`depth == 1` makes `depth != 0` hold).
 */
export function impliesTerm(known: ReadTerm, wanted: ReadTerm): boolean {
  if (known.text === wanted.text) return true;
  const [one, other] = [known.comparison, wanted.comparison];
  if (one === null || other === null || one.left !== other.left) return false;
  const near = candidates(one.right, other.right).filter((value) => compared(one.operator, value, one.right));
  return near.every((value) => compared(other.operator, value, other.right));
}

/** Integers that tell any two comparisons with `a` and `b` apart: both, their neighbours, and one beyond either end. */
function candidates(a: bigint, b: bigint): bigint[] {
  const [low, high] = a < b ? [a, b] : [b, a];
  return [low - 2n, low - 1n, low, low + 1n, high - 1n, high, high + 1n, high + 2n];
}
