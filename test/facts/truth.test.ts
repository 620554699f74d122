import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clausesOf, clausesOfFailure } from "../../src/facts/clauses.js";
import { propagate } from "../../src/facts/propagate.js";
import { evaluate, type Values } from "./reference.js";

const types = { unsigned: new Set(["u"]) };

/** Every assignment of small values; u is the unsigned one. */
const assignments: readonly Values[] = [-1, 0, 1, 2].flatMap((a) =>
  [-1, 0, 1].flatMap((b) => [0, 1, 2].map((u) => ({ a, b, u }))),
);

const atom = fc.constantFrom("a", "b", "u", "0", "1", "2", "-1", "NULL", "true", "false", "0x1", "(a)");
const comparison = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");

/** Conditions as people write them, and as they do not: logic beside arithmetic, truth values compared and added. */
const { condition } = fc.letrec<{ condition: string }>((tie) => {
  const part = tie("condition");
  const joined = (operator: fc.Arbitrary<string>) =>
    fc.tuple(part, operator, part).map(([left, op, right]) => `(${left} ${op} ${right})`);
  return {
    condition: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.tuple(atom, comparison, atom).map((words) => words.join(" ")),
      atom,
      part.map((one) => `!(${one})`),
      part.map((one) => `likely(${one})`),
      part.map((one) => `__builtin_expect(${one}, 1)`),
      part.map((one) => `(bool)(${one})`),
      part.map((one) => `(${one} && "why")`),
      joined(fc.constantFrom("&&", "||")),
      joined(fc.constantFrom("&&", "||")),
      joined(comparison),
      joined(fc.constantFrom("+", "-", "*", "&", "|")),
      fc.tuple(part, part, part).map(([test, one, other]) => `(${test} ? ${one} : ${other})`),
    ),
  };
});

const holds = (clauses: readonly (readonly string[])[], at: Values) =>
  clauses.every((clause) => clause.some((term) => evaluate(term, at) !== 0));

const termsOf = (text: string) =>
  [clausesOf(text, types), clausesOfFailure(text, types)].flatMap((clauses) => clauses?.flat() ?? []);

describe("the clauses of a condition", () => {
  it("are true where the condition is, and only there; those of its failure where it is false", () => {
    fc.assert(
      fc.property(condition, (text) => {
        const [held, failed] = [clausesOf(text, types), clausesOfFailure(text, types)];
        for (const at of assignments) {
          const truth = evaluate(text, at) !== 0;
          if (held !== null) expect(holds(held, at), `${text} at ${JSON.stringify(at)}`).toBe(truth);
          if (failed !== null) expect(holds(failed, at), `${text} at ${JSON.stringify(at)}`).toBe(!truth);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("are given up for small conditions only where these are never true", () => {
    const small = fc.tuple(atom, comparison, atom, fc.constantFrom("&&", "||"), atom, comparison, atom);
    fc.assert(
      fc.property(small, (words) => {
        const text = words.join(" ");
        if (clausesOf(text, types) === null)
          expect(assignments.filter((at) => evaluate(text, at) !== 0)).toEqual([]);
        if (clausesOfFailure(text, types) === null)
          expect(assignments.filter((at) => evaluate(text, at) === 0)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("have terms in canonical form: read again, each stays as it is", () => {
    fc.assert(
      fc.property(condition, (text) => {
        for (const term of termsOf(text)) expect(clausesOf(term, types)).toEqual([[term]]);
      }),
      { numRuns: 400 },
    );
  });

  it("have terms whose negation is one term too, and negated twice is the term itself", () => {
    fc.assert(
      fc.property(condition, (text) => {
        for (const term of termsOf(text)) {
          const [[negation = "", ...others] = [], ...more] = clausesOfFailure(term, types) ?? [];
          expect([others, more]).toEqual([[], []]);
          expect(clausesOfFailure(negation, types)).toEqual([[term]]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("hold no term twice, no term beside its negation, and no clause that another one implies", () => {
    fc.assert(
      fc.property(condition, (text) => {
        const clauses = clausesOf(text, types) ?? [];
        for (const clause of clauses) {
          expect(new Set(clause).size).toBe(clause.length);
          for (const term of clause) {
            const [[negation] = []] = clausesOfFailure(term, types) ?? [];
            expect(clause).not.toContain(negation);
          }
          const implied = clauses.filter((other) => clause.every((term) => other.includes(term)));
          expect(implied).toEqual([clause]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("unit propagation", () => {
  const term = fc.constantFrom(..."a b u".split(" ").flatMap((x) => [`${x} == 0`, `${x} != 0`, `${x} == 1`]));
  const clauses = fc.array(fc.uniqueArray(term, { minLength: 1, maxLength: 3 }), { maxLength: 6 });

  it("concludes nothing that is false where all clauses are true and all refuted terms false", () => {
    fc.assert(
      fc.property(clauses, fc.array(term, { maxLength: 2 }), (given, refuted) => {
        const left = propagate(given, (one) => refuted.includes(one));
        for (const at of assignments)
          if (holds(given, at) && refuted.every((one) => evaluate(one, at) === 0))
            expect(holds(left, at)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves nothing to do, and does not depend on the order of the clauses", () => {
    fc.assert(
      fc.property(clauses, (given) => {
        const left = propagate(given, () => false);
        expect(left.length).toBe(given.length);
        expect(propagate(given.toReversed(), () => false)).toEqual(left.toReversed());
        expect(left.every((clause, index) => clause.every((one) => given[index]?.includes(one)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
