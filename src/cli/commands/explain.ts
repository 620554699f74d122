import type { Arguments, Command } from "../command.js";
import type { Io } from "../io.js";
import { nearest } from "../nearest.js";
import { colorChoices, paletteFor } from "../palette.js";
import type { RuleEntry } from "../rule-book.js";
import { type Status, status, UsageError } from "../status.js";

/** The rule that is nearest to a word that names none: by id, else by name alone. */
function nearestRule(book: readonly RuleEntry[], word: string): string | undefined {
  const ids = book.map(({ id }) => id);
  const byName = nearest(
    word,
    book.map(({ name }) => name),
  );
  return nearest(word, ids) ?? book.find(({ name }) => name === byName)?.id;
}

async function run(given: Arguments, io: Io): Promise<Status> {
  const [{ packs }, { findRule, ruleBook }, { explanation, ruleList }] = await Promise.all([
    import("../../generated/packs.js"),
    import("../rule-book.js"),
    import("../explanation.js"),
  ]);
  const book = ruleBook(packs);
  const columns = Math.min(80, io.stdout.columns ?? 80);
  const [word] = given.words;
  if (word === undefined) {
    await io.stdout.write(ruleList(book, columns));
    return status.clean;
  }
  const entry = findRule(book, word);
  if (entry === undefined) {
    const meant = nearestRule(book, word);
    const hint = meant === undefined ? "; backtriage explain lists the rules" : `; did you mean ${meant}?`;
    throw new UsageError(`no rule ${word}${hint}`);
  }
  const palette = paletteFor(given.values.get("color"), io.stdout.isTerminal, io.env);
  await io.stdout.write(explanation(entry, palette, columns));
  return status.clean;
}

export const explain: Command = {
  name: "explain",
  describe: "Say why a rule exists; list the rules",
  words: { name: "RULE", describe: "PACK/RULE, as a finding shows it; nothing to list all", many: false },
  options: { color: { describe: "Colours", choices: colorChoices, default: "auto" } },
  run,
};
