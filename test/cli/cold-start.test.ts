import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crashLog } from "./inputs.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backtriage-cold-"));
  writeFileSync(join(folder, "own.yaml"), "pack: own\nversion: 1\nroles: {}\nrules: {}\n");
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The packages of which the built command runs code, as V8's coverage lists them. */
function packagesRun(argv: readonly string[]): string[] {
  const coverage = mkdtempSync(join(folder, "coverage-"));
  spawnSync(process.execPath, [resolve("dist/cli.js"), ...argv], {
    cwd: folder,
    input: crashLog,
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
  });
  const listed = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), "utf8"));
  return [
    ...new Set(
      listed.flatMap((text) => Array.from(text.matchAll(/node_modules\/([^/"]+)/g), ([, name = ""]) => name)),
    ),
  ];
}

describe("rules of the user's own", () => {
  test("cost nothing where there are none: no YAML and no schema is loaded", () => {
    const run = packagesRun([]);
    expect(run).toContain("yargs");
    expect(run).not.toContain("yaml");
    expect(run).not.toContain("zod");
  });

  test("are read with the package that is left out else", () => {
    expect(packagesRun(["--rules", "own.yaml"])).toEqual(expect.arrayContaining(["yaml", "zod"]));
  });
});
