import type { Command } from "../command.js";
import { status } from "../status.js";

export const schema: Command = {
  name: "schema",
  describe: "Print the JSON Schema of the report",
  words: null,
  options: {},
  run: async (_given, io) => {
    const { reportJsonSchema } = await import("../../format/schema.js");
    await io.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
    return status.clean;
  },
};
