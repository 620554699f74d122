import { counted } from "../../../format/count.js";
import { visible } from "../../../format/visible.js";
import type { Arguments, Command } from "../../command.js";
import type { Io } from "../../io.js";
import { readPackFiles, ruleSources } from "../../rule-files.js";
import { ruleOptions } from "../../rule-options.js";
import { type Status, status } from "../../status.js";

async function run(given: Arguments, io: Io): Promise<Status> {
  const { config, paths } = await ruleSources(given, io);
  const [{ soundRules }, { examplesOf, triedExamples }] = await Promise.all([
    import("../../user-rules.js"),
    import("../../rule-examples.js"),
  ]);
  const loaded = await soundRules({ config, paths: [...paths, ...given.words] }, io);
  const named = new Set((await readPackFiles(given.words, io)).texts.map(({ file }) => file));
  const examples = examplesOf(loaded, given.words.length === 0 ? null : named);
  const wrong = triedExamples(examples, loaded);
  await io.stdout.write(wrong.map((line) => `${visible(line)}\n`).join(""));
  const rules = new Set(examples.map(({ id }) => id)).size;
  const verdict = wrong.length === 0 ? "all as expected" : `${wrong.length} not as expected`;
  await io.stdout.write(`${counted(examples.length, "example")} of ${counted(rules, "rule")}: ${verdict}\n`);
  return wrong.length === 0 ? status.clean : status.found;
}

export const testRules: Command = {
  name: "test",
  describe: "Run the examples of rules; tell which rule is missing, which one is noisy",
  words: {
    name: "FILE",
    describe: "Packs, or folders of them; nothing for all that are in force",
    many: true,
  },
  options: ruleOptions,
  run,
};
