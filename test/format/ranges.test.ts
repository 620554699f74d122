import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chain } from "../../src/format/chain.js";
import { listed, ranges } from "../../src/format/ranges.js";
import { width } from "../../src/format/width.js";

describe("a list of numbers", () => {
  test.each([
    ["nothing", [], ""],
    ["one", [4], "4"],
    ["two neighbours", [5, 4], "4, 5"],
    ["three neighbours", [6, 4, 5], "4-6"],
    ["a gap", [1, 2, 3, 5, 7, 8], "1-3, 5, 7, 8"],
    ["what is given twice", [3, 3, 4, 5], "3-5"],
  ])("in order, runs as one: %s", (_, numbers, text) => {
    expect(ranges(numbers).join(", ")).toBe(text);
  });

  test("of levels marks each", () => {
    expect(ranges([9, 4, 5, 6], "#")).toEqual(["#4-#6", "#9"]);
  });

  test("has no more items than asked for, and says how many are left out", () => {
    expect(listed(["a", "b"], 2)).toBe("a, b");
    expect(listed(["a", "b", "c"], 2)).toBe("a, b, … 1 more");
  });
});

describe("a chain of calls", () => {
  test.each([
    ["whole where it fits", ["a", "b", "c"], 20, "a → b → c"],
    ["without its middle where not", ["aaa", "bbb", "ccc", "ddd", "eee"], 24, "aaa → bbb → … 2 … → eee"],
    ["cut at its end where even that is too long", ["aaaaaaaaaa", "b", "cccccccccc"], 12, "aaaaaaaaaa…"],
    ["of one name", ["aaaaaaaaaa"], 5, "aaaa…"],
    ["of none", [], 5, ""],
  ])("is one line: %s", (_, names, columns, text) => {
    expect(chain(names, columns)).toBe(text);
  });

  test("of any names fits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 })),
        fc.integer({ min: 1, max: 100 }),
        (names, columns) => {
          expect(width(chain(names, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});
