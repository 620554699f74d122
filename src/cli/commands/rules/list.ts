import type { Arguments, Command } from "../../command.js";
import type { Io } from "../../io.js";
import { ruleSources } from "../../rule-files.js";
import { ruleOptions } from "../../rule-options.js";
import { type Status, status } from "../../status.js";

async function run(given: Arguments, io: Io): Promise<Status> {
  const sources = await ruleSources(given, io);
  const [{ soundRules }, { ruleListing }] = await Promise.all([
    import("../../user-rules.js"),
    import("../../rule-listing.js"),
  ]);
  const loaded = await soundRules(sources, io);
  await io.stdout.write(ruleListing(loaded, Math.min(100, io.stdout.columns ?? 100)));
  return status.clean;
}

export const listRules: Command = {
  name: "list",
  describe: "List the packs and their rules, with what is turned off or graded otherwise",
  words: null,
  options: ruleOptions,
  run,
};
