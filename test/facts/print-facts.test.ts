import { describe, expect, it } from "vitest";
import { factOf, factsOfPrint } from "../../src/facts/print-facts.js";

const types = { unsigned: new Set(["depth"]) };

describe("what a printed value proves", () => {
  it.each([
    ["depth", "1", ["depth == 1"]],
    ["depth", "0", ["depth == 0"]],
    ["s->offset", "-3", ["s->offset == -3"]],
    ["pending", "true", ["pending == 1"]],
    ["pending", "false", ["pending == 0"]],
    ["c", "120 'x'", ["c == 120"]],
    ["c", "39 '\\''", ["c == 39"]],
    ["c", "0 '\\000'", ["c == 0"]],
    ["c", "97 u'a'", ["c == 97"]],
    ["p", "0x0", ["p == 0"]],
    ["p", "(void *) 0x55a326132580 <address_space_memory>", ["p != 0"]],
    ["f", "(void (*)(int)) 0x7ffff7e0ffb2 <__GI_raise+18>", ["f != 0"]],
    ["p", '0x55 "text"', ["p != 0"]],
    ["r", "@0x7ffe0010: 5", ["r == 5"]],
    ["'softmmu/memory.c'::depth", "2", ["depth == 2"]],
    ["( depth )", "2", ["depth == 2"]],
    ["depth == 0", "0", ["depth != 0"]],
    ["a || b", "false", ["a == 0", "b == 0"]],
  ])("%s = %s", (name, value, expressions) => {
    const facts = factsOfPrint(name, value, "printed", types);
    expect(facts.map(({ expression }) => expression)).toEqual(expressions);
  });

  it.each([
    ["x", "<optimized out>"],
    ["x", "<error: Cannot access memory at address 0x8>"],
    ["x", '"text"'],
    ["x", "{a = 1}"],
    ["x", "1.5"],
    ["x", "017"],
    ["x", "..."],
    ["x", "RUN_STATE_RUNNING"],
    ["x", "(A | B)"],
    ["x", "(".repeat(1000)],
    ["x", ""],
    ["r", "@0x7ffe0010"],
    ["x = 3", "3"],
    ["x++", "3"],
    ["", "3"],
    ["sizeof(struct foo", "3"],
  ])("%s = %s proves nothing", (name, value) => {
    expect(factsOfPrint(name, value, "locals", types)).toEqual([]);
  });
});

describe("a fact", () => {
  it("is its terms joined, and settled where there is one", () => {
    expect(factOf(["a == 0", "b == 0"], "assertion")).toEqual({
      expression: "a == 0 || b == 0",
      terms: ["a == 0", "b == 0"],
      source: "assertion",
      settled: false,
    });
    expect(factOf(["a == 0"], "printed").settled).toBe(true);
  });
});
