import { describe, expect, it } from "vitest";
import { impliesTerm, readTerm } from "../../src/facts/implies.js";
import { factsOfPrint } from "../../src/facts/print-facts.js";

const types = { unsigned: new Set(["depth"]) };

describe("what a printed value proves", () => {
  it.each([
    ["depth", "1", ["depth == 1"]],
    ["depth", "0", ["depth == 0"]],
    ["s->offset", "-3", ["s->offset == -3"]],
    ["pending", "true", ["pending == 1"]],
    ["pending", "false", ["pending == 0"]],
    ["c", "120 'x'", ["c == 120"]],
    ["p", "0x0", ["p == 0"]],
    ["p", "(void *) 0x55a326132580 <address_space_memory>", ["p != 0"]],
    ["p", '0x55 "text"', ["p != 0"]],
    ["x", "<optimized out>", []],
    ["x", '"text"', []],
    ["x", "{a = 1}", []],
    ["x = 3", "3", []],
  ])("%s = %s", (name, value, expressions) => {
    expect(factsOfPrint(name, value, "printed", types).map(({ expression }) => expression)).toEqual(
      expressions,
    );
  });
});

describe("implication", () => {
  it.each([
    ["depth == 1", "depth != 0", true],
    ["depth > 0", "depth != 0", true],
    ["depth >= 1", "depth > 0", true],
    ["depth == 0", "depth != 0", false],
    ["depth != 1", "depth != 0", false],
    ["depth < 5", "depth < 6", true],
    ["depth < 6", "depth < 5", false],
    ["depth == 1", "other != 0", false],
    ["x == y", "x == y", true],
    ["x == -1", "x < 0", true],
  ])("%s makes %s hold: %s", (known, wanted, implied) => {
    expect(impliesTerm(readTerm(known), readTerm(wanted))).toBe(implied);
  });
});
