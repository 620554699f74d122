import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathSteps } from "../../src/rules/path.js";
import { ThreadStack } from "../../src/rules/stack.js";
import { framesOf } from "./frames.js";

/** The whole thread as a path, from outside in, each step as `NAME:LEVELS`. */
function folded(outermostFirst: readonly (string | null)[]): string[] {
  const names = outermostFirst.toReversed();
  const stack = new ThreadStack(
    framesOf(names),
    names.map(() => []),
    new Set(),
  );
  const steps = names.map((_, index) => index).toReversed();
  return pathSteps(stack, { steps, blame: null, site: null }, null).map(
    (step) => `${step.function}:${step.levels.join(",")}`,
  );
}

describe("the steps of a path", () => {
  it("keep frames without a name apart in a cycle too", () => {
    expect(folded(["a", null, null, null, null, "b"])).toHaveLength(6);
    expect(folded(["a", "f", null, "f", null, "b"])).toHaveLength(6);
  });

  it("fold no groups that were folded as parts of another cycle", () => {
    expect(folded(["f", "g", "h", "f", "h", "g", "h", "f", "h", "f"])).toEqual([
      "f:9",
      "g:8,4",
      "h:7,3",
      "f:6,2",
      "h:5,1",
      "f:0",
    ]);
  });

  it("name the levels of every step from outside in", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("f", "g", "h"), { minLength: 1, maxLength: 24 }), (names) => {
        const groups = folded(names).map((step) => (step.split(":")[1] ?? "").split(",").map(Number));
        for (const levels of groups) expect(levels).toEqual(levels.toSorted((one, other) => other - one));
        const firsts = groups.map((levels) => levels[0] ?? -1);
        expect(firsts).toEqual(firsts.toSorted((one, other) => other - one));
      }),
      { numRuns: 2000 },
    );
  });

  it("fold cycles of very deep recursions without an exception", () => {
    const deep = Array.from({ length: 200_000 }, () => "f");
    expect(folded([...deep, "g", ...deep, "g"])).toHaveLength(2);
  });
});
