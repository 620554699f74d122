import type { Arguments, Command } from "../../command.js";
import type { Io } from "../../io.js";
import { newPack } from "../../new-pack.js";
import { type Status, status, UsageError } from "../../status.js";

async function run(given: Arguments, io: Io): Promise<Status> {
  const [name] = given.words;
  if (name === undefined) throw new UsageError("rules new needs a name for the pack");
  const [{ name: wellFormed }, { packs }] = await Promise.all([
    import("../../../rules/language/when.js"),
    import("../../../generated/packs.js"),
  ]);
  if (!wellFormed.safeParse(name).success)
    throw new UsageError(`${name} is no name for a pack: lower-case words joined by -`);
  if (packs.some(({ pack }) => pack === name))
    throw new UsageError(`${name} is a pack of the program: take another name`);
  const output = given.values.get("output");
  if (output === undefined || output === "-") await io.stdout.write(newPack(name));
  else await io.writeFile(output, [newPack(name)]);
  return status.clean;
}

export const newRules: Command = {
  name: "new",
  describe: "Print a pack to begin with",
  words: { name: "NAME", describe: "The name of the pack: lower-case words joined by -", many: false },
  options: { output: { alias: "o", describe: "Write it to this file" } },
  run,
};
