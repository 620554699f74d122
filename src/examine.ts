import type { Source } from "./model/report.js";
import type { Input } from "./read/input.js";
import { readDocument } from "./read-document.js";
import { compilePack } from "./rules/compile.js";
import { Engine } from "./rules/engine.js";
import type { Pack } from "./rules/language/pack.js";
import type { Examination } from "./rules/why/examine.js";
import { CodeReader } from "./source/code.js";
import type { SourceFiles } from "./source/tree.js";

/** What one rule says of each thread of a document, and why. */
export interface ExaminedDocument {
  readonly source: Source;
  readonly examinations: readonly Examination[];
}

/**
 * Asks one rule why it speaks or does not: the way of `analyze` up to the judging, with the same inputs and packs. Pure; no input
 * makes it throw. Nothing is examined where no pack has the rule.
 * @param id `PACK/RULE`
 * @param packs as the loader accepted them; throws an Error where the pack `runtime` is not among them
 * @param sources the program's own source tree, where one is given
 */
export function examine(
  id: string,
  inputs: readonly Input[],
  packs: readonly Pack[],
  sources: SourceFiles | null = null,
): ExaminedDocument[] {
  const code = sources === null ? null : new CodeReader(sources);
  const engine = new Engine(packs.map((pack) => compilePack(pack, code)));
  return inputs.map((input) => {
    const { traces, loose, messages, excerpt } = readDocument(input);
    return { source: input.source, examinations: engine.examine(id, traces, loose, excerpt, messages) };
  });
}
