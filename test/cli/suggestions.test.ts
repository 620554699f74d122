import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.js";
import { ruleBook } from "../../src/cli/rule-book.js";
import { suggestions } from "../../src/cli/suggestions.js";
import { packs } from "../../src/generated/packs.js";

const suggest = (...words: string[]) => suggestions(words, commands);

describe("completion", () => {
  test("offers the commands first", async () => {
    expect(await suggest("")).toEqual(["explain", "rules", "schema", "completion"]);
    expect(await suggest("sch")).toEqual(["schema"]);
  });

  test("leaves file names to the shell", async () => {
    expect(await suggest("crash.l")).toEqual([]);
    expect(await suggest("a.log", "")).toEqual([]);
    expect(await suggest("--output", "")).toEqual([]);
  });

  test("offers the options of the command that stands there", async () => {
    expect(await suggest("--f")).toEqual(["--format", "--fail-on"]);
    expect(await suggest("completion", "--")).toEqual(["--help", "--version"]);
  });

  test("offers the parts of a command, their options and their words", async () => {
    expect(await suggest("rules", "")).toEqual(["list", "show", "check", "test", "new"]);
    expect(await suggest("rules", "new", "--o")).toEqual(["--output"]);
    expect(await suggest("rules", "show", "crash/sig")).toEqual(["crash/signal"]);
    expect(await suggest("rules", "check", "")).toEqual([]);
  });

  test("offers an option again that may be given several times", async () => {
    expect(await suggest("--rules", "a.yaml", "--rul")).toEqual(["--rules"]);
  });

  test("offers what there is a schema of", async () => {
    expect(await suggest("schema", "")).toEqual(["report", "pack", "config"]);
  });

  test("offers no option twice", async () => {
    expect(await suggest("--format", "json", "--f")).toEqual(["--fail-on"]);
  });

  test("offers the values of an option, however a shell splits it", async () => {
    expect(await suggest("--format", "")).toEqual(["text", "json"]);
    expect(await suggest("-f", "j")).toEqual(["json"]);
    expect(await suggest("--format", "=", "j")).toEqual(["json"]);
    expect(await suggest("--format", "=")).toEqual(["text", "json"]);
    expect(await suggest("--format=j")).toEqual(["--format=json"]);
  });

  test("offers a file where a flag stands before", async () => {
    expect(await suggest("--quiet", "")).toEqual([]);
  });

  test("offers the rules to explain", async () => {
    expect(await suggest("explain", "")).toEqual(ruleBook(packs).map(({ id }) => id));
  });

  test("offers the shells", async () => {
    expect(await suggest("completion", "z")).toEqual(["zsh"]);
  });
});
