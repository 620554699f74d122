import { describe, expect, it } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { reportOfText } from "../samples/samples.js";

const rules = packs.flatMap((pack) =>
  Object.entries(pack.rules).map(([name, rule]) => ({
    id: `${pack.prefix ?? pack.pack}/${name}`,
    examples: rule.examples,
  })),
);
const matching = rules.flatMap(({ id, examples }) =>
  examples.match.map(({ title, input }) => [id, title, input] as const),
);
const differing = rules.flatMap(({ id, examples }) =>
  examples.differ.map(({ title, input }) => [id, title, input] as const),
);

/** The rules that speak of a text. */
function spokenOf(input: string): string[] {
  return reportOfText(input).documents.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

describe("the rules' own examples", () => {
  it.each(matching)("%s speaks of: %s", (id, _, input) => {
    expect(spokenOf(input)).toContain(id);
  });

  it.each(differing)("%s leaves alone: %s", (id, _, input) => {
    expect(spokenOf(input)).not.toContain(id);
  });
});
