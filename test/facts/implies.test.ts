import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impliesTerm, readTerm } from "../../src/facts/implies.js";

describe("a term that holds", () => {
  it.each([
    ["x == y", "x == y"],
    ["depth == 1", "depth != 0"],
    ["depth > 0", "depth != 0"],
    ["depth >= 1", "depth > 0"],
    ["x == 5", "x >= 5"],
    ["x == 5", "x < 10U"],
    ["x < 5", "x <= 5"],
    ["x < 5", "x != 5"],
    ["x < -1", "x < -1L"],
    ["x == -1", "x != 0"],
    ["c == 'x'", "c == 120"],
    ["f(a == 0) == 2", "f(a == 0) > 1"],
    ["(x < 1.5) == 0", "(x < 1.5) != 1"],
  ])("%s makes %s hold", (known, wanted) => {
    expect(impliesTerm(readTerm(known), readTerm(wanted))).toBe(true);
  });

  it.each([
    ["depth == 0", "depth != 0", "they contradict each other"],
    ["depth != 1", "depth != 0", "depth may be 0"],
    ["x < 6", "x < 5", "x may be 5"],
    ["x == 1", "y != 0", "they speak of different things"],
    ["x == y", "x != z", "only constants are compared"],
    ["x > 0", "x >= 1", "x may be 0.5"],
    ["x == -1", "x < 0", "an unsigned x is equal to -1 too"],
    ["x == 4294967295U", "x != -1", "an int x is -1 then"],
    ["x == 4294967295U", "x > 0", "an int x is -1 then"],
    ["x > -1", "x >= 0", "no unsigned x is above -1, and 0.5 is"],
    ["x >= 10U", "x >= 5", "an int x may be -1"],
    ["x < 2", "x < 5U", "an int x may be -1"],
    ["x == 1.5", "x != 0", "only integers are compared"],
  ])("%s does not make %s hold: %s", (known, wanted, _why) => {
    expect(impliesTerm(readTerm(known), readTerm(wanted))).toBe(false);
  });
});

describe("implication", () => {
  /** Types of a variable, and what C compares: the variable and an int constant, both converted to their common type. */
  const types: readonly [string, readonly number[], (constant: number) => number][] = [
    ["int", [-2, -1, 0, 1, 2, 3], (constant) => constant],
    ["unsigned", [0, 1, 2, 3, 2 ** 32 - 2, 2 ** 32 - 1], (constant) => constant >>> 0],
    ["double", [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, Number.NaN], (constant) => constant],
  ];
  const operators = ["==", "!=", "<", "<=", ">", ">="] as const;
  const term = fc.record({
    operator: fc.constantFrom(...operators),
    constant: fc.integer({ min: -2, max: 3 }),
  });

  const compare = (operator: (typeof operators)[number], left: number, right: number) =>
    ({
      "==": left === right,
      "!=": left !== right,
      "<": left < right,
      "<=": left <= right,
      ">": left > right,
      ">=": left >= right,
    })[operator];

  it("is true of every value of every type that the variable may have", () => {
    fc.assert(
      fc.property(term, term, (known, wanted) => {
        const implied = impliesTerm(
          readTerm(`x ${known.operator} ${known.constant}`),
          readTerm(`x ${wanted.operator} ${wanted.constant}`),
        );
        for (const [type, values, converted] of implied ? types : [])
          for (const value of values)
            if (compare(known.operator, value, converted(known.constant)))
              expect(compare(wanted.operator, value, converted(wanted.constant)), `${type} ${value}`).toBe(
                true,
              );
      }),
      { numRuns: 2000 },
    );
  });
});
