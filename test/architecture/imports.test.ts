import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { cruiseSources, ruleNames } from "./cruise.js";

const canary = new URL("canary/src/", import.meta.url);

/** `FILE breaks RULE`, for every rule that a module of the canary says in its first line it breaks. */
async function saidToBreak(): Promise<string[]> {
  const files = (await readdir(canary, { recursive: true })).filter((name) => /\.m?[jt]s$/.test(name));
  const said = files.map(async (file) => {
    const [, rules = ""] = /^\/\/ Breaks ([^.]+)\./.exec(await readFile(new URL(file, canary), "utf8")) ?? [];
    return rules === "" ? [] : rules.split(", ").map((rule) => `src/${file} breaks ${rule}`);
  });
  return (await Promise.all(said)).flat().sort();
}

describe("the import directions", () => {
  it("are kept by src/", async () => {
    const { summary } = await cruiseSources("");
    expect(summary.violations.map(({ rule, from, to }) => `${from} → ${to} breaks ${rule.name}`)).toEqual([]);
  });

  it("were looked at in all of src/, not in a part that happened to be found", async () => {
    const { modules, summary } = await cruiseSources("");
    const seen = new Set(modules.map((module) => module.source));
    const files = await readdir(new URL("../../src/", import.meta.url), { recursive: true });
    const sources = files.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
    expect(sources.filter((name) => !seen.has(`src/${name}`))).toEqual([]);
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(2 * sources.length);
  });

  it("are seen to be broken where they are broken on purpose, and only there", async () => {
    const { summary } = await cruiseSources("test/architecture/canary");
    const broken = summary.violations.map(({ rule, from }) => `${from} breaks ${rule.name}`);
    expect(broken.sort()).toEqual(await saidToBreak());
  });

  it("are each broken once on purpose", async () => {
    const { summary } = await cruiseSources("test/architecture/canary");
    const broken = new Set(summary.violations.map(({ rule }) => rule.name));
    expect([...broken].sort()).toEqual((await ruleNames()).sort());
  });
});
