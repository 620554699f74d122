import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exchanged, load, placeOf, smallPack } from "./small-pack.js";

/** A fault: what is exchanged for what, the fragment at which (`^`) the problem stands, and how it is told. */
type Fault = readonly [title: string, from: string, to: string, at: string, message: string];

const faults: readonly Fault[] = [
  [
    "an unknown key",
    "version: 1",
    "version: 1\nverison: 2",
    "verison: 2",
    "unknown key `verison` in the pack",
  ],
  [
    "an unknown key deep inside",
    "when: { role: reader, state: { store: open } }",
    "when: { rol: reader, state: { store: open } }",
    "rol: reader",
    "unknown key `rol` in verdicts.bad.when",
  ],
  ["a missing key", "title: writes\n    ", "", "writer:\n    functions", "roles.writer.title"],
  ["a value of another type", "version: 1", "version: one", "version: one", "version"],
  [
    "a value that is null",
    "title: writes",
    "title:",
    "title:\n    functions: [write_it]",
    "roles.writer.title",
  ],
  ["a word that is none of the known", "severity: note", "severity: grave", "severity: grave", "severity"],
  ["a name with capitals", "  glue:\n", "  Glue:\n", "Glue:", "roles.Glue"],
  ["a number where a role is named", "core: core", "core: 5", "core: 5", "path.core"],
  [
    "two things that a rule is on",
    "on: { verdict: bad }",
    "on: { verdict: bad, fact: open }",
    "fact: open }\n    message",
    "unknown key `fact`",
  ],
  ["an unknown role in a condition", "within: glue", "within: glu", "within: glu", "there is no role `glu`"],
  [
    "an unknown role in a list",
    "calls: reader",
    "calls: [reader, rdr]",
    "calls: [reader, rdr]",
    "there is no role `rdr`",
  ],
  [
    "an unknown role in a nested condition",
    "within: glue",
    "within: { calls: { not: { role: glu } } }",
    "role: glu",
    "there is no role `glu`",
  ],
  [
    "an unknown role below all",
    "{ within: glue }",
    "{ all: [{ role: core }, { role: cor }] }",
    "role: cor }] }",
    "there is no role `cor`",
  ],
  [
    "an unknown role that is included",
    "includes: [reader, writer]",
    "includes: [reader, wrtr]",
    "includes: [reader, wrtr]",
    "there is no role `wrtr`",
  ],
  [
    "a role of another pack that is included",
    "includes: [reader, writer]",
    "includes: [reader, machinery]",
    "includes: [",
    "there is no role `machinery`",
  ],
  [
    "an unknown role of the path",
    "boundary: loader",
    "boundary: [loader, lader]",
    "boundary: [",
    "there is no role `lader`",
  ],
  [
    "an unknown role of the bottom",
    "bottom: start",
    "bottom: strt",
    "bottom: strt",
    "there is no role `strt`",
  ],
  [
    "an unknown role that aborts",
    "aborting-in: reader",
    "aborting-in: rdr",
    "aborting-in: rdr",
    "there is no role `rdr`",
  ],
  [
    "an unknown fact in a condition",
    "when: { fact: free }",
    "when: { fact: fre }",
    "fact: fre }",
    "there is no fact `fre`",
  ],
  [
    "an unknown fact of a rule",
    "on: { fact: open }",
    "on: { fact: opn }",
    "fact: opn",
    "there is no fact `opn`",
  ],
  [
    "an unknown state",
    "state: { store: elsewhere }",
    "state: { shop: elsewhere }",
    "shop: elsewhere",
    "there is no state `shop`",
  ],
  [
    "an unknown value of a state",
    "state: { store: elsewhere }",
    "state: { store: nowhere }",
    "store: nowhere",
    "there is no value of `store` `nowhere`",
  ],
  [
    "an unknown value that refutes",
    "refuted-by: { lock: free }",
    "refuted-by: { lock: fre }",
    "lock: fre }",
    "there is no value of `lock` `fre`",
  ],
  [
    "a value that the state has not",
    "{ is: elsewhere,",
    "{ is: nowhere,",
    "is: nowhere",
    "the state `store` has no value `nowhere`",
  ],
  [
    "a state that asks for a later one",
    "when: { fact: free } }\n",
    "when: { state: { store: open } } }\n",
    "store: open } } }\n      - { is: held",
    "there is no state `store` before this",
  ],
  [
    "a state that asks for itself",
    "when: { fact: free } }\n",
    "when: { state: { lock: held } } }\n",
    "lock: held } } }\n      - { is: held",
    "there is no state `lock` before this",
  ],
  [
    "a last clause with a condition",
    "      - { is: unknown }\nverdicts",
    "verdicts",
    "decide:\n      - { is: open",
    "the last clause of `store` must apply always",
  ],
  [
    "an unknown verdict",
    "on: { verdict: bad }",
    "on: { verdict: badd }",
    "verdict: badd",
    "there is no verdict `badd`",
  ],
  [
    "a pattern that matches everything",
    "[write_it]",
    '[write_it, "*?*"]',
    '"*?*"',
    "the pattern matches everything",
  ],
  ["an empty pattern", "[write_it]", '[write_it, ""]', '""]', "roles.writer.functions.1"],
  [
    "a role that matches nothing",
    "    functions: [glue]\n",
    "",
    "glue:\n    title: glue",
    "the role matches nothing",
  ],
  [
    "a role that includes itself",
    "includes: [reader, writer]",
    "includes: [core]",
    "includes: [core]",
    "the role `core` includes itself",
  ],
  [
    "a placeholder that nothing fills",
    "{site} calls {touch}",
    "{side} calls {touch}",
    'message: "{side}',
    "nothing fills the placeholder `{side}`",
  ],
  [
    "a placeholder that nothing fills in a remark",
    "While {candidate} loads.",
    "While {candidat} loads.",
    'text: "While {candidat}',
    "nothing fills the placeholder `{candidat}`",
  ],
  [
    "a condition that is always true",
    "when: { within: glue }",
    "when: {}",
    "when: {}",
    "an empty condition is always true",
  ],
  [
    "a fact's condition that is not canonical",
    "conditions: [depth != 0]",
    "conditions: [depth]",
    "[^depth]",
    "write `depth` as `depth != 0`",
  ],
  [
    "a fact's condition that another type makes another",
    "conditions: [depth != 0]",
    "conditions: [depth > 0]",
    "[^depth > 0]",
    "write `depth > 0` as `depth != 0`",
  ],
  [
    "a fact's condition of several terms",
    "conditions: [depth != 0]",
    "conditions: [depth != 0 || x != 0]",
    "[^depth != 0 || x",
    "is no single comparison",
  ],
  [
    "a fact's condition that is none",
    "conditions: [depth != 0]",
    "conditions: [depth !=]",
    "[^depth !=]",
    "is no single comparison",
  ],
  [
    "a link that is none",
    "https://example.org/read-open",
    "over there",
    "help: over there",
    "rules.read-open.help",
  ],
  ["a key that stands twice", "title: glue", "title: glue\n    title: again", "title: again", "unique"],
  ["a list that is not closed", "[glue]", "[glue", "^\n  start:", ""],
];

/** The line and column that a problem names, and what it says. */
function partsOf(problem: string): { readonly place: string; readonly message: string } {
  const [, place = "", message = ""] = /^(pack\.yaml:\d+:\d+): ([^]+)$/.exec(problem) ?? [];
  return { place, message };
}

describe("loading a pack", () => {
  it("takes one without fault", () => {
    expect(load(smallPack).problems).toEqual([]);
    expect(load(smallPack).pack?.pack).toBe("small");
  });

  it.each(faults)("finds %s", (_, from, to, at, message) => {
    const yaml = exchanged(smallPack, from, to);
    const { pack, problems } = load(yaml);
    expect(pack).toBeNull();
    expect(problems.map(partsOf)).toEqual([
      { place: placeOf(yaml, at), message: expect.stringContaining(message) },
    ]);
  });

  it("finds roles that include each other, and tells it of each", () => {
    const yaml = exchanged(smallPack, 'functions: [read_it, "read_*"]', "includes: [core]");
    expect(load(yaml).problems).toEqual([
      `${placeOf(yaml, "includes: [core]")}: the role \`reader\` includes itself`,
      `${placeOf(yaml, "includes: [reader, writer]")}: the role \`core\` includes itself`,
    ]);
  });

  it("tells all that has the wrong form at once, each at its place", () => {
    const wrong: readonly (readonly [string, string])[] = [
      ["version: 1", "version: 0"],
      ["title: writes\n", "titel: writes\n"],
      ["severity: note", "severity: grave"],
      ["core: core", "core: 5"],
      ["[glue]", '["*"]'],
    ];
    const yaml = wrong.reduce((text, [from, to]) => exchanged(text, from, to), smallPack);
    const places = load(yaml).problems.map((problem) => partsOf(problem).place);
    for (const fragment of ["version: 0", "titel: writes", "severity: grave", "core: 5", '"*"]'])
      expect(places).toContain(placeOf(yaml, fragment));
  });

  it("tells all that makes no sense at once, each at its place, in the order of the parts", () => {
    const wrong: readonly (readonly [string, string])[] = [
      ["includes: [reader, writer]", "includes: [reader, wrtr]"],
      ["conditions: [depth != 0]", "conditions: [depth]"],
      ["{ is: elsewhere,", "{ is: nowhere,"],
      ["state: { store: open }", "state: { shop: open }"],
      ["bottom: start", "bottom: strt"],
      ["boundary: loader", "boundary: lader"],
      ["on: { verdict: bad }", "on: { verdict: badd }"],
      ["{site} calls {touch}", "{side} calls {touch}"],
      ["role: writer, calls: reader", "role: wrtr, calls: reader"],
    ];
    const yaml = wrong.reduce((text, [from, to]) => exchanged(text, from, to), smallPack);
    expect(load(yaml).problems.map((problem) => partsOf(problem).place)).toEqual(
      [
        "includes: [reader, wrtr]",
        "[^depth]\n    aborting",
        "is: nowhere",
        "shop: open",
        "bottom: strt",
        "boundary: lader",
        "verdict: badd",
        'message: "{side}',
        "role: wrtr, calls",
      ].map((fragment) => placeOf(yaml, fragment)),
    );
  });

  it("lets a pack name the roles of the base in conditions, and no other pack's", () => {
    expect(load(exchanged(smallPack, "within: glue", "within: machinery")).problems).toEqual([]);
    expect(load(exchanged(smallPack, "within: glue", "within: flatview-touch")).problems).toHaveLength(1);
  });

  it.each([
    ["an empty file", ""],
    ["blanks", "  \n\n"],
    ["a comment", "# no pack yet\n"],
    ["a list", "- pack: small\n- version: 1\n"],
    ["a word", "pack"],
    ["null", "null\n"],
    ["NUL bytes", "\0\0\0"],
    ["a key without a value", "pack:\n"],
    ["two documents", `${smallPack}---\n${smallPack}`],
    ["brackets that never close", "[".repeat(3000)],
    ["braces the wrong way round", "}{".repeat(3000)],
    ["lines that never close", "x: [1,\n".repeat(1000)],
    ["deep nesting", `pack: ${"[".repeat(5000)}${"]".repeat(5000)}`],
    [
      "a condition nested deeply",
      exchanged(
        smallPack,
        "when: { within: glue }",
        `when: ${"{ not: ".repeat(3000)}{ role: core }${" }".repeat(3000)}`,
      ),
    ],
    ["a binary tag", "pack: !!binary AAAA\n"],
    ["a megabyte of one word", "x".repeat(1_000_000)],
    ["tabs", "\tpack: small\n"],
  ])("says of %s what is wrong, with file, line and column", (_, yaml) => {
    const { pack, problems } = load(yaml);
    expect(pack).toBeNull();
    for (const problem of problems) expect(problem).toMatch(/^pack\.yaml:[1-9]\d*:[1-9]\d*: \S/);
  });

  it("finds or takes whatever becomes of a pack's text, without an exception", () => {
    const lines = smallPack.split("\n");
    const index = fc.nat(lines.length - 1);
    const noise = fc.constantFrom(
      "",
      "  ",
      "- x",
      "x: [",
      "}",
      '"',
      "'",
      "&a",
      "!!map",
      "? x",
      "|",
      ">",
      "% x",
      "\t",
      "depth",
      "*",
      "{ not: { } }",
      "constructor: 1",
      "__proto__: { x: 1 }",
      "\0",
    );
    const mutation = fc.oneof(
      fc.tuple(index).map(
        ([at]) =>
          (text: string[]) =>
            text.toSpliced(at, 1),
      ),
      fc.tuple(index, index).map(
        ([at, from]) =>
          (text: string[]) =>
            text.toSpliced(at, 0, text[from] ?? ""),
      ),
      fc.tuple(index, noise).map(
        ([at, word]) =>
          (text: string[]) =>
            text.toSpliced(at, 0, word),
      ),
      fc.tuple(index, noise).map(
        ([at, word]) =>
          (text: string[]) =>
            text.with(at % text.length, `${text[at % text.length]} ${word}`),
      ),
      fc.tuple(index, fc.nat(60)).map(
        ([at, column]) =>
          (text: string[]) =>
            text.with(at % text.length, (text[at % text.length] ?? "").slice(column)),
      ),
      fc.tuple(index, fc.nat(60), noise).map(([at, column, word]) => (text: string[]) => {
        const line = text[at % text.length] ?? "";
        return text.with(at % text.length, line.slice(0, column) + word + line.slice(column));
      }),
    );
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const yaml = mutations.reduce((text, mutate) => mutate(text), lines).join("\n");
        const { pack, problems } = load(yaml);
        expect(pack === null).toBe(problems.length > 0);
        for (const problem of problems) expect(problem).toMatch(/^pack\.yaml:[1-9]\d*:[1-9]\d*: \S/);
      }),
      { numRuns: 400 },
    );
  });

  it("finds or takes any text, without an exception", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (yaml) => {
        expect(load(yaml).pack).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
