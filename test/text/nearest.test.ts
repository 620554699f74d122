import { expect, test } from "vitest";
import { didYouMean, nearest } from "../../src/text/nearest.js";

test.each([
  ["fromat", "format"],
  ["FORMAT", "format"],
  ["form", "format"],
  ["outputt", "output"],
  ["f", undefined],
  ["something-else", undefined],
])("the nearest of the options to %s is %s", (word, meant) => {
  expect(nearest(word, ["format", "output", "fail-on"])).toBe(meant);
});

test("a start that fits two words is no hint", () => {
  expect(nearest("colou", ["colours-of-text", "colour-of-stderr"])).toBeUndefined();
});

test("no hint is no text", () => {
  expect(didYouMean("zzzzzz", ["format"])).toBe("");
  expect(didYouMean("fromat", ["format"], "--")).toBe("; did you mean --format?");
});
