// `npm run score -- FOLDER [--json]`: reads a folder of labelled texts and says how many were read as their labels say.
// The folder holds the texts and a labels.json; counted.ts and judged.ts know its two forms. Exit status: 0 where every
// mark is met, 1 where one is missed, 2 for wrong usage or a folder that cannot be read.
import { parseArgs } from "node:util";
import { labelsIn } from "./folder.js";
import { printed } from "./print.js";
import { scoreOf } from "./score.js";

function scoreFolder(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new Error("usage: npm run score -- FOLDER [--json]");
  const score = scoreOf(folder, labelsIn(folder));
  process.stdout.write(values.json ? `${JSON.stringify(score, null, 1)}\n` : printed(score));
  return score.missed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = scoreFolder();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
