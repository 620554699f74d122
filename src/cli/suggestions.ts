import type { Command, Option } from "./command.js";
import { shells } from "./completion-scripts.js";
import { schemaNames } from "./schema-names.js";

/** What may stand in a place that takes one of the words of a command; nothing leaves it to the shell's file names. */
type Words = (command: Command) => Promise<readonly string[]>;

const ruleIds: Words = async () => {
  const [{ packs }, { ruleBook }] = await Promise.all([
    import("../generated/packs.js"),
    import("./rule-book.js"),
  ]);
  return ruleBook(packs).map(({ id }) => id);
};

const wordsOf: Words = async (command) => {
  if (command.parts !== undefined) return command.parts.flatMap(({ name }) => name ?? []);
  if (command.name === "explain" || command.name === "show") return ruleIds(command);
  if (command.name === "schema") return schemaNames;
  return command.name === "completion" ? shells : [];
};

function optionNamed(word: string | undefined, command: Command): Option | undefined {
  if (word?.startsWith("--")) return command.options[word.slice(2)];
  return word?.startsWith("-")
    ? Object.values(command.options).find((option) => option.alias === word.slice(1))
    : undefined;
}

/** The long options of a command, without those that stand there already and count once. */
function optionWords(command: Command, before: readonly string[]): string[] {
  const repeated = Object.keys(command.options).filter((name) => command.options[name]?.many);
  return ["--help", "--version", ...Object.keys(command.options).map((name) => `--${name}`)].filter(
    (word) => !before.includes(word) || repeated.includes(word.slice(2)),
  );
}

/** bash splits `--format=js` into three words; the sign goes, and what follows it may be empty. */
function withoutSigns(given: readonly string[]): string[] {
  const words = given.filter((word) => word !== "=");
  return given.at(-1) === "=" ? [...words, ""] : words;
}

/** The command that the words before the last one choose. */
function commandOf(before: readonly string[], commands: readonly Command[]): Command | undefined {
  const named = commands.find(({ name }) => name !== null && name === before[0]);
  const part = named?.parts?.find(({ name }) => name === before[1]);
  return part ?? named ?? commands.find(({ name }) => name === null);
}

async function candidatesFor(
  before: readonly string[],
  current: string,
  commands: readonly Command[],
): Promise<readonly string[]> {
  const command = commandOf(before, commands);
  if (command === undefined) return [];
  const sign = current.indexOf("=");
  const inOne = sign < 0 ? undefined : optionNamed(current.slice(0, sign), command);
  if (inOne !== undefined) {
    return (inOne.choices ?? []).map((choice) => `${current.slice(0, sign + 1)}${choice}`);
  }
  const asked = optionNamed(before.at(-1), command);
  if (asked !== undefined && !asked.flag) return asked.choices ?? [];
  if (current.startsWith("-")) return optionWords(command, before);
  return before.length === 0 ? commands.flatMap(({ name }) => name ?? []) : wordsOf(command);
}

/**
 * The words that may replace the last of `given` (everything after the program's name, as typed so far; the last may be
 * empty). None where a file name is wanted.
 */
export async function suggestions(given: readonly string[], commands: readonly Command[]): Promise<string[]> {
  const words = withoutSigns(given);
  const current = words.at(-1) ?? "";
  const candidates = await candidatesFor(words.slice(0, -1), current, commands);
  return candidates.filter((candidate) => candidate.startsWith(current));
}
