import { didYouMean } from "../../text/nearest.js";
import type { Arguments, Command } from "../command.js";
import type { Io } from "../io.js";
import { schemaNames } from "../schema-names.js";
import { type Status, status, UsageError } from "../status.js";

/** The schema of that name; throws {@link UsageError} where there is none. */
async function schemaOf(word: string): Promise<object> {
  const name = schemaNames.find((one) => one === word);
  if (name === "report") return (await import("../../format/schema.js")).reportJsonSchema();
  if (name === undefined)
    throw new UsageError(`no schema of ${word}: ${schemaNames.join(", ")}${didYouMean(word, schemaNames)}`);
  const { configJsonSchema, packJsonSchema } = await import("../../rules/language/pack-json-schema.js");
  return name === "pack" ? packJsonSchema() : configJsonSchema();
}

async function run({ words: [word = "report"] }: Arguments, io: Io): Promise<Status> {
  await io.stdout.write(`${JSON.stringify(await schemaOf(word), null, 2)}\n`);
  return status.clean;
}

export const schema: Command = {
  name: "schema",
  describe: "Print the JSON Schema of the report, of a pack or of backtriage.yaml",
  words: { name: "WHAT", describe: `${schemaNames.join(", ")}; nothing for the report`, many: false },
  options: {},
  run,
};
