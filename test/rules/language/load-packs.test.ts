import { describe, expect, it } from "vitest";
import { packs as builtIn } from "../../../src/generated/packs.js";
import { loadPacks } from "../../../src/rules/language/load-packs.js";
import { smallPack } from "../small-pack.js";

const small = { file: "small.yaml", text: smallPack };
const load = (...texts: readonly { readonly file: string; readonly text: string }[]) =>
  loadPacks(texts, builtIn);
const of = (text: string, file = "own.yaml") => ({ file, text });
const names = (packs: readonly { readonly pack: string }[]) => packs.map(({ pack }) => pack);
const builtInNames = names(builtIn);

/** The pack of the file own.yaml, which extends the small pack. */
function extension(rest: string) {
  const loaded = load(of(`pack: own\nversion: 3\nextends: small\n${rest}`), small);
  return { ...loaded, pack: loaded.own.find(({ pack }) => pack.pack === "own")?.pack };
}

describe("packs of the user's own", () => {
  it("speak after the built-in ones", () => {
    const { packs, own, problems } = load(small);
    expect(problems).toEqual([]);
    expect(names(packs)).toEqual([...builtInNames, "small"]);
    expect(own.map(({ file }) => file)).toEqual(["small.yaml"]);
  });

  it("are checked all at once", () => {
    const { problems } = load(
      of("pack: a\nversion: 0\n", "a.yaml"),
      of("[", "b.yaml"),
      of("pack: c\n", "c.yaml"),
    );
    for (const file of ["a.yaml:2:1", "b.yaml:", "c.yaml:1:1"])
      expect(problems.some((problem) => problem.startsWith(file))).toBe(true);
  });

  it.each([
    [
      "take a name of their own",
      ["pack: qemu-memory\nversion: 1\nroles: {}\nrules: {}\n"],
      "is a pack of the program",
    ],
    [
      "have one name each",
      ["pack: a\nversion: 1\nroles: {}\nrules: {}\n", "pack: a\nversion: 2\nroles: {}\nrules: {}\n"],
      "there is a pack `a` already",
    ],
    [
      "have one rule of an id",
      [
        smallPack.replace("pack: small", "pack: a\nprefix: x"),
        smallPack.replace("pack: small", "pack: b\nprefix: x"),
      ],
      "the pack `a` has a rule x/read-open already",
    ],
  ])("%s", (_, texts, problem) => {
    const { problems } = load(...texts.map((text, index) => of(text, `${index}.yaml`)));
    expect(problems).toContainEqual(expect.stringContaining(problem));
    expect(problems[0]).toMatch(/^\d\.yaml:\d+:\d+: /);
  });
});

describe("a pack that extends another", () => {
  it("takes over all of it, stands in its place and keeps the ids of its rules", () => {
    const { pack, packs, problems } = extension("");
    expect(problems).toEqual([]);
    expect(names(packs)).toEqual([...builtInNames, "own"]);
    expect(pack).toMatchObject({
      version: 3,
      title: "own",
      prefix: "small",
      from: [{ name: "small", version: 1 }],
    });
    expect(Object.keys(pack?.rules ?? {})).toEqual(["read-open", "checked"]);
  });

  it("stands in the place of a built-in pack", () => {
    const { packs, problems } = load(of("pack: own\nversion: 1\nextends: qemu-memory\n"));
    expect(problems).toEqual([]);
    expect(names(packs)).toEqual(builtInNames.map((name) => (name === "qemu-memory" ? "own" : name)));
  });

  it("may have the name of the built-in pack; for `runtime` it must", () => {
    const own = "version: 1\nextends: runtime\nroles:\n  abort: { extend: true, functions: [die_now] }\n";
    const { packs, problems } = load(of(`pack: runtime\n${own}`), small);
    expect(problems).toEqual([]);
    expect(names(packs)).toEqual([...builtInNames, "small"]);
    expect(packs[0]?.roles.abort?.functions).toContain("die_now");
    expect(load(of(`pack: own\n${own}`)).problems).toEqual([
      "own.yaml:1:1: a pack that extends `runtime` takes its place: call it `runtime` as well",
    ]);
  });

  it("replaces what has the same name, and adds the rest behind it", () => {
    const { pack } = extension("roles:\n  glue: [other_glue]\n  more: [more]\nbottom: [start, more]\n");
    expect(pack?.roles.glue).toEqual({ title: "glue", functions: ["other_glue"] });
    expect(Object.keys(pack?.roles ?? {}).at(-1)).toBe("more");
    expect(pack?.bottom).toEqual(["start", "more"]);
  });

  it("appends with `extend: true`, and keeps what it does not name", () => {
    const { pack, problems } = extension(
      "roles:\n  writer: { extend: true, functions: [put_it] }\nrules:\n  checked: { extend: true, severity: error }\n",
    );
    expect(problems).toEqual([]);
    expect(pack?.roles.writer).toEqual({
      title: "writes",
      functions: ["write_it", "put_it"],
      files: ["store.c"],
    });
    expect(pack?.rules.checked).toMatchObject({ severity: "error", message: "a check failed" });
  });

  it("takes a rule out that is off for a reason", () => {
    const { pack, problems } = extension("rules:\n  checked: { off: true, reason: we know }\n");
    expect(problems).toEqual([]);
    expect(Object.keys(pack?.rules ?? {})).toEqual(["read-open"]);
  });

  it("may extend one that extends another", () => {
    const { packs, problems } = load(
      of("pack: third\nversion: 1\nextends: second\n", "3.yaml"),
      of("pack: second\nversion: 2\nextends: small\n", "2.yaml"),
      small,
    );
    expect(problems).toEqual([]);
    expect(names(packs)).toEqual([...builtInNames, "third"]);
    expect(packs.at(-1)?.from).toEqual([
      { name: "second", version: 2 },
      { name: "small", version: 1 },
    ]);
  });

  it.each([
    [
      "an unknown pack",
      "pack: own\nversion: 1\nextends: smal\n",
      "own.yaml:3:1: there is no pack `smal`; did you mean `small`?",
    ],
    ["itself", "pack: own\nversion: 1\nextends: own\n", "own.yaml:3:1: there is no pack `own`"],
    [
      "an unknown role",
      "pack: own\nversion: 1\nextends: small\nroles:\n  wirter: { extend: true, functions: [f] }\n",
      "own.yaml:5:3: the pack `small` has no role `wirter` to extend; did you mean `writer`?",
    ],
    [
      "a rule that is off without a reason",
      "pack: own\nversion: 1\nextends: small\nrules:\n  checked: { off: true }\n",
      "own.yaml:5:3: a rule that is off needs a `reason`",
    ],
    [
      "an unknown rule that is off",
      "pack: own\nversion: 1\nextends: small\nrules:\n  chekced: { off: true, reason: x }\n",
      "own.yaml:5:3: the pack `small` has no rule `chekced` to turn off; did you mean `checked`?",
    ],
    [
      "a faulty item of a list that it appends to",
      'pack: own\nversion: 1\nextends: small\nroles:\n  reader: { extend: true, functions: [f, "*"] }\n',
      "own.yaml:5:42: roles.reader.functions.3: the pattern matches everything",
    ],
    ["no version", "pack: own\nextends: small\n", "own.yaml:1:1: version is missing"],
    [
      "what it takes away from what it keeps",
      "pack: own\nversion: 1\nextends: small\nstates:\n  lock: { values: { on: x }, decide: [{ is: on }] }\n",
      "(at facts.locked.refuted-by.lock, which is `small`'s)",
    ],
  ])("is told of %s", (_, text, problem) => {
    expect(load(of(text), small).problems).toContainEqual(expect.stringContaining(problem));
  });

  it("is told of a circle, once", () => {
    const { problems, own } = load(
      of("pack: a\nversion: 1\nextends: b\n", "a.yaml"),
      of("pack: b\nversion: 1\nextends: a\n", "b.yaml"),
    );
    expect(problems).toEqual(["a.yaml:3:1: the pack `a` extends itself"]);
    expect(own).toEqual([]);
  });

  it("has its place for itself", () => {
    const { problems } = load(
      small,
      of("pack: a\nversion: 1\nextends: small\n", "a.yaml"),
      of("pack: b\nversion: 1\nextends: small\n", "b.yaml"),
    );
    expect(problems[0]).toBe("b.yaml:3:1: `a` stands in the place of `small` already: extend that one");
  });
});
