import { visible } from "../../../format/visible.js";
import { nearest } from "../../../text/nearest.js";
import type { Arguments, Command } from "../../command.js";
import type { Io } from "../../io.js";
import { ruleSources } from "../../rule-files.js";
import { ruleOptions } from "../../rule-options.js";
import { type Status, status, UsageError } from "../../status.js";

async function run(given: Arguments, io: Io): Promise<Status> {
  const [word] = given.words;
  if (word === undefined) throw new UsageError("rules show needs a rule: PACK/RULE");
  const sources = await ruleSources(given, io);
  const [{ packsThatJudge, soundRules }, { findRule, ruleBook }, { stringify }] = await Promise.all([
    import("../../user-rules.js"),
    import("../../rule-book.js"),
    import("yaml"),
  ]);
  const loaded = await soundRules(sources, io);
  const entry = findRule(ruleBook(packsThatJudge(loaded)), word);
  if (entry === undefined) {
    const all = ruleBook(loaded.packs);
    const off = findRule(all, word);
    if (off !== undefined) throw new UsageError(`the rule ${off.id} is turned off`);
    const meant = nearest(
      word,
      all.map(({ id }) => id),
    );
    throw new UsageError(
      `no rule ${word}${meant === undefined ? "; backtriage rules list has them" : `; did you mean ${meant}?`}`,
    );
  }
  const { id, name, pack, rule } = entry;
  const file = loaded.own.find((one) => one.pack.pack === pack.pack)?.file ?? "built in";
  const yaml = stringify({ rules: { [name]: rule } }, { lineWidth: 110 });
  const lines = [`# ${id}, pack ${pack.pack} ${pack.version}, ${file}`, ...yaml.trimEnd().split("\n")];
  await io.stdout.write(lines.map((line) => `${visible(line)}\n`).join(""));
  return status.clean;
}

export const showRule: Command = {
  name: "show",
  describe: "Print a rule as it is in force, in YAML",
  words: { name: "RULE", describe: "PACK/RULE, as a finding shows it", many: false },
  options: ruleOptions,
  run,
};
