import { formulaOf } from "./canonical.js";
import { expressionOf, negated } from "./formula.js";
import { impliesTerm, type ReadTerm, readTerm } from "./implies.js";
import type { Clause } from "./normal-form.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";

interface Term {
  readonly itself: ReadTerm;
  readonly negation: ReadTerm;
  readonly refuted: boolean;
}

/**
 * Unit propagation: strikes from each clause the terms that are refuted, or whose negation follows from a clause with one
 * term left, until nothing changes. Returns the clauses one for one, in their order. A clause of which nothing would be
 * left contradicts the rest: it is returned as it came, and nothing is concluded from it.
 */
export function propagate(clauses: readonly Clause[], refuted: (term: string) => boolean): Clause[] {
  const terms = new Map<string, Term>();
  for (const text of new Set(clauses.flat())) terms.set(text, termOf(text, refuted));
  const problem = clauses.map((clause) => clause.flatMap((text) => terms.get(text) ?? []));
  const contradicting = new Set<number>();
  for (;;) {
    const left = struck(problem, contradicting);
    const emptied = left.flatMap((clause, index) => (clause.length === 0 ? [index] : []));
    if (emptied.length === 0) return left.map((clause) => clause.map(({ itself }) => itself.text));
    for (const index of emptied) contradicting.add(index);
  }
}

function termOf(text: string, refuted: (term: string) => boolean): Term {
  return { itself: readTerm(text), negation: readTerm(negationOf(text)), refuted: refuted(text) };
}

function negationOf(term: string): string {
  const expression = readCondition(term);
  if (expression === null) return `not ${term}`;
  return printed(expressionOf(negated(formulaOf(expression, { unsigned: new Set() }))));
}

/** The clauses without the terms that cannot hold; those that contradict are left alone and settle nothing. */
function struck(problem: readonly Term[][], contradicting: ReadonlySet<number>): readonly Term[][] {
  const others = problem.map((clause, index) =>
    contradicting.has(index) ? [] : clause.filter((term) => !term.refuted),
  );
  const used = new Set<number>();
  for (;;) {
    const settled = others.flatMap((clause, index) =>
      clause.length === 1 && !used.has(index) ? [index] : [],
    );
    if (settled.length === 0) break;
    const known = settled.flatMap((index) => others[index] ?? []);
    for (const index of settled) used.add(index);
    // All at once, so that two settled clauses that contradict each other are both emptied.
    for (const [index, clause] of others.entries())
      others[index] = clause.filter((term) => !known.some((one) => impliesTerm(one.itself, term.negation)));
  }
  return problem.map((clause, index) => (contradicting.has(index) ? clause : (others[index] ?? clause)));
}
