import { tool } from "../generated/tool.js";
import type { Input } from "../read/input.js";
import type { Pack } from "../rules/language/pack.js";
import type { SourceFiles } from "../source/tree.js";
import type { Arguments } from "./command.js";
import { examinationText } from "./examination.js";
import { readInputs } from "./inputs.js";
import type { Io } from "./io.js";
import { paletteFor } from "./palette.js";
import { type Status, status, UsageError } from "./status.js";

/**
 * Prints why a rule, given by its id, speaks of the files that `--on` names or does not. An input that cannot be read is a line on
 * stderr. Throws {@link UsageError}.
 */
export async function explainOn(
  id: string,
  packs: readonly Pack[],
  given: Arguments,
  io: Io,
): Promise<Status> {
  const files = given.lists.get("on") ?? [];
  if (files.filter((file) => file === "-").length > 1)
    throw new UsageError("--on - stands for standard input, which can be read once");
  const { inputs, failed } = await readInputs(files, [], io);
  const sources = await sourcesFor(inputs, packs, given.values.get("source"), io);
  const { examine } = await import("../examine.js");
  const palette = paletteFor(given.values.get("color"), io.stdout.isTerminal, io.env);
  const columns = Math.min(80, io.stdout.columns ?? 80);
  if (inputs.length > 0)
    await io.stdout.write(examinationText(id, examine(id, inputs, packs, sources), palette, columns));
  return failed ? status.usage : status.clean;
}

/** What the inputs ask for from the source tree, as the analysis of them does. */
async function sourcesFor(
  inputs: readonly Input[],
  packs: readonly Pack[],
  root: string | undefined,
  io: Io,
): Promise<SourceFiles | null> {
  if (root === undefined) return null;
  const [{ analyze }, { readSources }] = await Promise.all([import("../analyze.js"), import("./sources.js")]);
  return readSources(analyze(inputs, packs, tool), root, io);
}
