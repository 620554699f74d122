import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { newPack } from "../../../src/cli/new-pack.js";
import { keysAllowedAt } from "../../../src/rules/language/json-schema.js";
import { configJsonSchema, packJsonSchema } from "../../../src/rules/language/pack-json-schema.js";
import { exchanged, smallPack } from "../small-pack.js";
import { faults } from "./pack-faults.js";

const ajv = new Ajv2020({ formats: { date: true, uri: true }, allErrors: true });
const isPack = ajv.compile(packJsonSchema());
const isConfig = ajv.compile(configJsonSchema());
const folder = new URL("../../../src/rules/packs/", import.meta.url);

describe("the JSON Schema of a pack", () => {
  it.each(readdirSync(folder))("takes %s", (file) => {
    isPack(parse(readFileSync(new URL(file, folder), "utf8")));
    expect(isPack.errors).toBeNull();
  });

  it.each([
    ["a pack of every part of the language", smallPack],
    ["a new pack", newPack("own")],
    [
      "an extension",
      "pack: own\nversion: 1\nextends: small\nroles:\n  a: { extend: true, functions: [f] }\n  b: [g]\nrules:\n  c: { off: true, reason: x }\n  d: { extend: true, severity: note }\n",
    ],
  ])("takes %s", (_, yaml) => {
    isPack(parse(yaml));
    expect(isPack.errors).toBeNull();
  });

  it.each([
    ["an unknown key", "version: 1", "version: 1\nverison: 2"],
    ["a rule without a message", "    message: a check failed\n", ""],
    ["an unknown severity", "severity: note", "severity: grave"],
    ["a name with capitals", "  glue:\n", "  Glue:\n"],
    ["an unknown key of a condition", "when: { within: glue }", "when: { withn: glue }"],
  ])("refuses %s", (_, from, to) => {
    expect(isPack(parse(exchanged(smallPack, from, to)))).toBe(false);
  });

  it("refuses many of the faults of form", () => {
    const refused = faults.filter(([, from, to]) => {
      const yaml = exchanged(smallPack, from, to);
      try {
        return !isPack(parse(yaml));
      } catch {
        return true;
      }
    });
    expect(refused.length).toBeGreaterThan(8);
  });

  it("knows the keys of nested parts", () => {
    const keysAt = (...path: PropertyKey[]) => keysAllowedAt(packJsonSchema(), path);
    expect(keysAt()).toContain("extends");
    expect(keysAt("roles", "any")).toEqual(expect.arrayContaining(["functions", "extend"]));
    expect(keysAt("rules", "any", "on")).toEqual(expect.arrayContaining(["verdict", "frames", "crash"]));
    expect(keysAt("verdicts", "any", "when", "all", 0, "not", "within")).toEqual(
      expect.arrayContaining(["role", "state", "any"]),
    );
    expect(keysAt("nowhere", 5)).toEqual([]);
  });
});

describe("the JSON Schema of a configuration", () => {
  it.each([
    ["rules: [a]\npacks: { disable: [b] }\n", true],
    ["overrides: { a/b: { severity: note }, c/d: { off: true, reason: x } }\n", true],
    ['suppress: [{ rule: a/b, reason: x, until: "2027-01-01" }]\n', true],
    ["overrides: { a/b: { off: true } }\n", false],
    ["suppress: [{ rule: a/b, reason: x }]\n", false],
    ["rulse: []\n", false],
  ])("judges %j", (yaml, right) => {
    expect(isConfig(parse(yaml))).toBe(right);
  });
});
