import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { loadConfig } from "../../src/rules/language/load-config.js";
import { loadPacks } from "../../src/rules/language/load-packs.js";

const cli = resolve("dist/cli.js");
const readme = readFileSync("README.md", "utf8");
const section = /\n## Rules of your own\n(.*?)\n## /s.exec(readme)?.[1] ?? "";

/** The fenced blocks of a language, in their order. */
function blocks(language: string): string[] {
  return Array.from(section.matchAll(/^```(\w+)\n(.*?)^```$/gms))
    .filter(([, word]) => word === language)
    .map(([, , text = ""]) => text);
}

/** `$ COMMAND` and the lines that it prints. */
function session(): [command: string, printed: string][] {
  return (blocks("console")[0] ?? "")
    .split(/^\$ /m)
    .slice(1)
    .map((one) => {
      const end = one.indexOf("\n");
      return [one.slice(0, end), one.slice(end + 1)];
    });
}

const [shop = "", extension = "", config = ""] = blocks("yaml");

describe("the walk-through of the README", () => {
  let folder: string;

  beforeAll(() => {
    if (!existsSync(cli)) throw new Error("dist/cli.js is not there: run `node build.config.mjs` first");
    folder = mkdtempSync(join(tmpdir(), "backtriage-walk-"));
    writeFileSync(join(folder, "shop.yaml"), shop);
    writeFileSync(join(folder, "crash.txt"), blocks("text")[0] ?? "");
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("has a pack of about ten lines, and checks, tests and uses it", () => {
    expect(shop.trimEnd().split("\n").length).toBeLessThanOrEqual(12);
    expect(session().map(([command]) => command.split(" ").slice(1, 3).join(" "))).toEqual([
      "rules check",
      "rules test",
      "--quiet --rules",
    ]);
  });

  test.each(session())("prints what it says: %s", (command, printed) => {
    const line = `backtriage() { "${process.execPath}" "${cli}" "$@"; }\n${command}`;
    const { stdout, stderr } = spawnSync("bash", ["-c", line], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe(printed);
  });

  test("fires because of the rule, not without it", () => {
    const { stdout, status } = spawnSync(process.execPath, [cli, "--quiet", "crash.txt"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stdout).not.toContain("shop/");
    expect(status).toBe(0);
  });
});

describe("the other files of the README", () => {
  test("are right: a pack that extends another", () => {
    const { own, problems, warnings } = loadPacks([{ file: "own.yaml", text: extension }], packs);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(own).toHaveLength(1);
  });

  test("are right: a configuration", () => {
    const loaded = loadConfig(config, "backtriage.yaml");
    expect(loaded.problems).toEqual([]);
    expect(Object.keys(loaded.config ?? {})).toEqual(["rules", "packs", "overrides", "suppress"]);
  });
});
