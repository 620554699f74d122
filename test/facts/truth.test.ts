import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clausesOf, clausesOfFailure } from "../../src/facts/clauses.js";

const types = { unsigned: new Set(["u"]) };
const values = [
  { a: 0, b: 0, u: 0 },
  { a: 1, b: 0, u: 1 },
  { a: -1, b: 2, u: 2 },
  { a: 2, b: 2, u: 0 },
  { a: 0, b: -1, u: 1 },
  { a: -2, b: 1, u: 3 },
];

/** C's value of an expression made of names, integers, comparisons, `!`, `&&`, `||`, `?:`: JavaScript agrees, but for truth values. */
function evaluate(expression: string, { a, b, u }: (typeof values)[number]): number {
  const run = new Function("a", "b", "u", `return Number(${expression});`);
  return Number(run(a, b, u));
}

/** JavaScript's `&&` gives an operand, C's gives 0 or 1; `Number(!!…)` around every part makes them agree. */
const expressions = fc.letrec<{ condition: string; atom: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    tie("atom"),
    tie("condition").map((one) => `!(${one})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([one, operator, other]) => `(${one} ${operator} ${other})`),
    fc
      .tuple(tie("condition"), tie("condition"), tie("condition"))
      .map(([test, one, other]) => `(${test} ? ${one} : ${other})`),
  ),
  atom: fc
    .tuple(
      fc.constantFrom("a", "b", "u", "0", "1", "2"),
      fc.constantFrom("==", "!=", "<", "<=", ">", ">="),
      fc.constantFrom("a", "b", "u", "0", "1", "2"),
    )
    .map(([left, operator, right]) => `${left} ${operator} ${right}`),
}));

function holds(clauses: readonly (readonly string[])[], at: (typeof values)[number]): boolean {
  return clauses.every((clause) => clause.some((term) => evaluate(term, at) !== 0));
}

describe("clauses", () => {
  it("are true where the condition is, and those of its failure where it is not", () => {
    fc.assert(
      fc.property(expressions.condition, (condition) => {
        const [held, failed] = [clausesOf(condition, types), clausesOfFailure(condition, types)];
        for (const at of values) {
          const truth = evaluate(condition, at) !== 0;
          // Clauses that are always true are dropped, so that they may say less, never more.
          if (held !== null && truth)
            expect(holds(held, at), `${condition} at ${JSON.stringify(at)}`).toBe(true);
          if (failed !== null && !truth)
            expect(holds(failed, at), `${condition} at ${JSON.stringify(at)}`).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("are in canonical form: read again, a term stays as it is", () => {
    fc.assert(
      fc.property(expressions.condition, (condition) => {
        for (const [term] of (clausesOfFailure(condition, types) ?? []).filter(
          ({ length }) => length === 1,
        )) {
          expect(clausesOf(term ?? "", types)).toEqual([[term]]);
        }
      }),
    );
  });

  it("are found or given up for any text, without an exception", () => {
    const noise = fc.string({
      unit: fc.constantFrom(
        "a",
        "(",
        ")",
        "&&",
        "||",
        "!",
        "?",
        ":",
        "==",
        "<",
        " ",
        '"',
        "'",
        "->",
        "1",
        "{",
      ),
    });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), (text) => void clausesOfFailure(text, types)),
      { numRuns: 2000 },
    );
  });
});
