import { comparisonOfTerm } from "./clauses.js";
import { compared, constantOf } from "./literal.js";
import { printed } from "./print.js";

/**
 * Whether a canonical term that holds makes another one hold: the same term, or a comparison of the same expression
 * with another integer constant (`depth == 1` makes `depth != 0` hold).
 */
export function impliesTerm(known: string, wanted: string): boolean {
  if (known === wanted) return true;
  const [one, other] = [comparisonOfTerm(known), comparisonOfTerm(wanted)];
  if (one === null || other === null || printed(one.left) !== printed(other.left)) return false;
  const [a, b] = [constantOf(one.right), constantOf(other.right)];
  if (a === null || b === null) return false;
  const near = candidates(a, b).filter((value) => compared(one.operator, value, a));
  return near.every((value) => compared(other.operator, value, b));
}

/** Integers that tell any two comparisons with `a` and `b` apart: both, their neighbours, and one beyond either end. */
function candidates(a: bigint, b: bigint): bigint[] {
  const [low, high] = a < b ? [a, b] : [b, a];
  return [low - 2n, low - 1n, low, low + 1n, high - 1n, high, high + 1n, high + 2n];
}
