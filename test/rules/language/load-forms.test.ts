import { describe, expect, it } from "vitest";
import { exchanged, load, placeOf, smallPack } from "../small-pack.js";

/** A pack with several exchanges made. */
const changed = (...exchanges: readonly (readonly [string, string])[]): string =>
  exchanges.reduce((text, [from, to]) => exchanged(text, from, to), smallPack);

describe("checking a pack whose form is wrong", () => {
  it.each([
    ["a missing key", "    why: nobody knows who opened it\n", "", "rules.checked.why is missing"],
    ["a value of another type", "version: 1", "version: [1]", "version: "],
    ["an unknown word", "severity: note", "severity: grave", "rules.checked.severity: "],
    ["a name with capitals", "  bad:\n    says", "  Bad:\n    says", "verdicts.Bad: "],
    [
      "an empty condition",
      "{ when: { within: glue }, severity: warning }",
      "{ when: {}, severity: warning }",
      "grade",
    ],
    ["a pattern of wildcards", "[write_it]", '["*"]', "matches everything"],
    [
      "a state without clauses",
      "      - { is: elsewhere, when: { fact: open } }\n",
      "      - 5\n",
      "states.store.decide",
    ],
  ])("tells %s and an unknown role elsewhere at once", (_, from, to, message) => {
    const yaml = exchanged(exchanged(smallPack, from, to), "bottom: start", "bottom: strat");
    const { problems } = load(yaml);
    expect(problems).toContainEqual(expect.stringContaining(message));
    expect(problems).toContain(
      `${placeOf(yaml, "bottom: strat")}: there is no role \`strat\`; did you mean \`start\`?`,
    );
    expect(problems).toHaveLength(2);
  });

  it("tells what makes no sense in the very rule that lacks a key", () => {
    const yaml = changed(
      ["    why: nobody knows who opened it\n", ""],
      ["on: { fact: open }", "on: { fact: opn }"],
    );
    expect(load(yaml).problems).toEqual([
      `${placeOf(yaml, "checked:")}: rules.checked.why is missing`,
      `${placeOf(yaml, "fact: opn")}: there is no fact \`opn\`; did you mean \`open\`?`,
    ]);
  });

  it("does not take what is wrong in form for missing", () => {
    const yaml = changed(["    functions: [write_it]\n", "    fucntions: [write_it]\n"]);
    expect(load(exchanged(yaml, "    files: [store.c]\n", "")).problems).toEqual([
      `${placeOf(yaml, "fucntions")}: unknown key \`fucntions\` in roles.writer; did you mean \`functions\`?`,
    ]);
  });

  it.each([
    ["a key of the pack", "version: 1", "version: 1\nstaets: {}", "staets", "states"],
    ["a key of a rule", "severity: note", "severity: note\n    advise: [x]", "advise", "advice"],
    ["a key of a condition in a condition", "calls: reader", "calls: { rol: reader }", "rol", "role"],
    ["a role", "within: glue", "within: gleu", "gleu", "glue"],
    ["a value of a state", "{ is: elsewhere,", "{ is: elswhere,", "elswhere", "elsewhere"],
    ["a state", "state: { store: open }", "state: { stroe: open }", "stroe", "store"],
    ["a verdict", "on: { verdict: bad }", "on: { verdict: badd }", "badd", "bad"],
    ["a severity", "severity: note", "severity: noet", "Invalid option", "note"],
    ["a placeholder", "{site} calls", "{sit} calls", "sit", "site"],
  ])("names %s that was probably meant", (_, from, to, wrong, right) => {
    const [problem] = load(exchanged(smallPack, from, to)).problems;
    expect(problem).toContain(wrong);
    expect(problem).toContain(`; did you mean \`${right}\`?`);
  });

  it("does not fall over the names that every object has", () => {
    const { problems } = load(
      exchanged(smallPack, "state: { store: elsewhere }", "state: { constructor: x }"),
    );
    expect(problems).toEqual([expect.stringContaining("there is no state `constructor` before this")]);
  });
});

describe("what a pack may leave out", () => {
  it("is every title, and the word `functions`", () => {
    const yaml = smallPack
      .replace("title: A small pack\n", "")
      .replace("  glue:\n    title: glue\n    functions: [glue]\n", '  glue: [glue, "glue_*"]\n')
      .replace("    title: An open store is read\n", "");
    const { pack, problems } = load(yaml);
    expect(problems).toEqual([]);
    expect(pack?.title).toBe("small");
    expect(pack?.roles.glue).toEqual({ title: "glue", functions: ["glue", "glue_*"] });
    expect(pack?.rules["read-open"]?.title).toBe("read open");
  });

  it("keeps the places of what is written shortly", () => {
    const yaml = smallPack.replace("    title: glue\n    functions: [glue]\n", '    - glue\n    - "*"\n');
    expect(load(yaml).problems).toEqual([
      `${placeOf(yaml, '"*"\n')}: roles.glue.functions.1: the pattern matches everything`,
    ]);
  });
});

describe("warnings", () => {
  const warningsOf = (yaml: string): readonly string[] => {
    const loaded = load(yaml);
    if (loaded.pack === null) throw new Error(loaded.problems.join("\n"));
    return loaded.warnings;
  };

  it("are none for a pack that uses what it has", () => {
    expect(warningsOf(smallPack)).toEqual([]);
  });

  it.each([
    ["a role", "  glue:\n", "  spare: [spare]\n  glue:\n", "spare:", "nothing names the role `spare`"],
    [
      "a fact",
      "states:\n",
      "  spare: { conditions: [x != 0] }\nstates:\n",
      "spare:",
      "nothing names the fact `spare`",
    ],
    [
      "a state",
      "verdicts:\n",
      "  spare: { values: { yes: yes }, decide: [{ is: yes }] }\nverdicts:\n",
      "spare:",
      "nothing names the state `spare`",
    ],
    ["a pattern", "[glue]", "[glue, glue]", "^glue]", "`glue` stands in this list already"],
  ])("tell %s that is there for nothing", (_, from, to, at, message) => {
    const yaml = exchanged(smallPack, from, to);
    expect(warningsOf(yaml)).toEqual([`${placeOf(yaml, at)}: ${message}`]);
  });
});

describe("a pack with thousands of faults", () => {
  const many = (line: (index: number) => string): string =>
    Array.from({ length: 5000 }, (_, index) => line(index)).join("");
  const head = "pack: a\nversion: 1\n";

  it.each([
    ["unknown keys", `${head}roles: {}\nrules: {}\n${many((index) => `kye${index}: 1\n`)}`],
    ["roles without anything", `${head}rules: {}\nroles:\n${many((index) => `  r${index}: { titel: x }\n`)}`],
    ["unknown roles", `${head}rules: {}\nroles: { a: [f] }\nbottom: [${many((index) => `x${index},`)}]\n`],
    [
      "rules with nothing right",
      `${head}roles: []\nrules:\n${many((index) => `  r${index}: { on: { foo: 1 }, severity: 5 }\n`)}`,
    ],
    [
      "roles that could go in circles",
      `${head}rules: {}\nroles:\n${many((index) => `  r${index}: { includes: [r${index + 1}] }\n`)}`,
    ],
  ])("of the kind: %s is told soon, of its problems the first thousand", (_, yaml) => {
    const start = performance.now();
    const { problems } = load(yaml);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(1001);
    if (problems.length === 1001)
      expect(problems.at(-1)).toMatch(/^pack\.yaml:1:1: there are \d+ more problems$/);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
