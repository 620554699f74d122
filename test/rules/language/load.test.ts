import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exchanged, load, placeOf, smallPack } from "../small-pack.js";
import { faults } from "./pack-faults.js";

/** An alias, whose anchor may be missing. */
const alias = /(?:^|[\s:,[{"'-])\*/m;

/** The line and column that a problem names, and what it says. */
function partsOf(problem: string): { readonly place: string; readonly message: string } {
  const [, place = "", message = ""] = /^(pack\.yaml:\d+:\d+): (.+)$/s.exec(problem) ?? [];
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
        "includes: [reader, ^wrtr]",
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
        fc.pre(!alias.test(yaml));
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
        fc.pre(!alias.test(yaml));
        expect(load(yaml).pack).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
