import { nearest } from "../../text/nearest.js";
import type { Arguments, Command } from "../command.js";
import type { Io } from "../io.js";
import { colorChoices, paletteFor } from "../palette.js";
import type { RuleEntry } from "../rule-book.js";
import { ruleOptions } from "../rule-options.js";
import { userRules } from "../rules-in-force.js";
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
  const own = await userRules(given, io);
  const [{ packs: builtIn }, { findRule, ruleBook }, { explanation, ruleList }] = await Promise.all([
    import("../../generated/packs.js"),
    import("../rule-book.js"),
    import("../explanation.js"),
  ]);
  const packs = own?.packs ?? builtIn;
  const book = ruleBook(packs);
  const columns = Math.min(80, io.stdout.columns ?? 80);
  const on = given.lists.get("on") ?? [];
  const [word] = given.words;
  if (word === undefined) {
    if (on.length > 0) throw new UsageError("explain --on needs a rule: explain RULE --on FILE");
    await io.stdout.write(ruleList(book, columns));
    return status.clean;
  }
  const entry = findRule(book, word);
  if (entry === undefined) {
    const meant = nearestRule(book, word);
    const hint = meant === undefined ? "; backtriage explain lists the rules" : `; did you mean ${meant}?`;
    throw new UsageError(`no rule ${word}${hint}`);
  }
  if (on.length > 0) return (await import("../explain-on.js")).explainOn(entry.id, packs, given, io);
  const palette = paletteFor(given.values.get("color"), io.stdout.isTerminal, io.env);
  await io.stdout.write(explanation(entry, palette, columns));
  return status.clean;
}

export const explain: Command = {
  name: "explain",
  describe: "Say why a rule exists, or why it speaks of a file or does not; list the rules",
  words: { name: "RULE", describe: "PACK/RULE, as a finding shows it; nothing to list all", many: false },
  options: {
    on: { describe: "Say why the rule speaks of this file or does not; - is standard input", many: true },
    source: { describe: "The program's source tree, as for an analysis of the file" },
    ...ruleOptions,
    color: { describe: "Colours", choices: colorChoices, default: "auto" },
  },
  run,
};
