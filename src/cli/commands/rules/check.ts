import { basename } from "node:path";
import { counted } from "../../../format/count.js";
import { visible } from "../../../format/visible.js";
import type { Arguments, Command } from "../../command.js";
import type { Io } from "../../io.js";
import { configName, ruleSources } from "../../rule-files.js";
import { ruleOptions } from "../../rule-options.js";
import { type Status, status, UsageError } from "../../status.js";

/** A configuration among the words is checked as one. */
function withConfig(given: Arguments): Arguments {
  const configs = given.words.filter((word) => basename(word) === configName);
  const [config] = configs;
  if (config === undefined) return given;
  if (configs.length > 1 || given.values.has("config"))
    throw new UsageError("there is one configuration at a time");
  const words = given.words.filter((word) => word !== config);
  return { ...given, words, values: new Map([...given.values, ["config", config]]) };
}

async function run(asked: Arguments, io: Io): Promise<Status> {
  const given = withConfig(asked);
  const { config, paths } = await ruleSources(given, io);
  if (config === null && paths.length + given.words.length === 0)
    throw new UsageError(`rules check needs a file, a folder or a ${configName}`);
  const { loadRules } = await import("../../user-rules.js");
  const { own, problems, warnings } = await loadRules({ config, paths: [...paths, ...given.words] }, io);
  const lines = [
    ...problems,
    ...warnings.map((warning) => warning.replace(/^(\S+:\d+:\d+: )/, "$1warning: ")),
  ];
  await io.stdout.write(lines.map((line) => `${visible(line)}\n`).join(""));
  if (problems.length > 0) return status.usage;
  const rules = own.reduce((sum, { pack }) => sum + Object.keys(pack.rules).length, 0);
  const what = `${counted(own.length, "pack")}, ${counted(rules, "rule")}`;
  await io.stdout.write(
    `${what}: nothing is wrong${warnings.length === 0 ? "" : `, ${counted(warnings.length, "warning")}`}\n`,
  );
  return status.clean;
}

export const checkRules: Command = {
  name: "check",
  describe: `Tell everything that is wrong with packs of your own, or with a ${configName}`,
  words: {
    name: "FILE",
    describe: "Packs, or folders of them; nothing for those of the configuration",
    many: true,
  },
  options: ruleOptions,
  run,
};
