import yargs, { type Argv } from "yargs";
import { didYouMean } from "../text/nearest.js";
import type { Arguments, Command, Option } from "./command.js";
import { UsageError } from "./status.js";

/** What the command line asks for: text to print (help, version), or a command to run. */
type Request =
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "run"; readonly command: Command; readonly given: Arguments };

type Parsed = Readonly<Record<string, unknown>>;

interface Choice {
  readonly command: Command;
  /** The words that chose it: none, its name, or the name of what it is a part of and its own. */
  readonly names: readonly string[];
  readonly parsed: Parsed;
}

/** Stands for `-` on its way through yargs, which loses it among several words; no argument can hold a NUL. */
const dash = "\0";

const globalOptions = ["help", "version"];

const exitStatuses = `Exit status:
  0  nothing at or above --fail-on, also where there is no backtrace
  1  something at or above --fail-on
  2  wrong usage, or a file that cannot be read or written; the rest is reported
  3  a fault of backtriage itself`;

function syntax({ name, words }: Command): string {
  const given = words === null ? "" : words.many ? ` [${words.name}..]` : ` [${words.name}]`;
  return `${name ?? "$0"}${given}`;
}

/** Values are checked by us, who can say which one was meant; yargs only shows them. */
function describeOption({ describe, choices }: Option): string {
  return choices === undefined ? describe : `${describe}: ${choices.join(", ")}`;
}

function declare(parser: Argv, command: Command): Argv {
  const declared = command.words === null ? parser : declareWords(parser, command.words);
  return Object.entries(command.options).reduce(
    (so, [name, option]) =>
      so.option(name, {
        describe: describeOption(option),
        ...(option.flag ? { boolean: true } : { string: true }),
        ...(option.alias === undefined ? {} : { alias: option.alias }),
        ...(option.default === undefined ? {} : { defaultDescription: option.default }),
      }),
    declared,
  );
}

function declareWords(parser: Argv, words: NonNullable<Command["words"]>): Argv {
  return parser.positional(words.name, { describe: words.describe, type: "string" });
}

/** Declares a command and its parts. */
function declareCommand(
  parser: Argv,
  command: Command,
  before: readonly string[],
  choose: (choice: Choice) => void,
): Argv {
  const names = [...before, ...(command.name === null ? [] : [command.name])];
  return parser.command(
    syntax(command),
    command.describe,
    (builder) =>
      (command.parts ?? []).reduce(
        (so, part) => declareCommand(so, part, names, choose),
        declare(builder, command),
      ),
    (parsed) => choose({ command, names, parsed }),
  );
}

function configure(
  commands: readonly Command[],
  version: string,
  columns: number,
  choose: (choice: Choice) => void,
): Argv {
  const parser = yargs()
    .scriptName("backtriage")
    .locale("en")
    .exitProcess(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .usage("backtriage [FILE..]\n\nReads what gdb printed about a crash and says what is wrong.")
    .help("help")
    .alias("help", "h")
    .version(version)
    .example("backtriage crash.log", "say what is wrong")
    .example("gdb -batch -ex bt prog core | backtriage", "ask gdb and say it at once")
    .epilogue(exitStatuses)
    .wrap(columns)
    // A handler that returns lets the program go on.
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  return commands.reduce((so, command) => declareCommand(so, command, [], choose), parser);
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** The options that were given and that the command does not have. */
function unknownOptions(parsed: Parsed, command: Command): string[] {
  const names = [...Object.keys(command.options), ...globalOptions];
  const aliases = Object.values(command.options).flatMap(({ alias }) => alias ?? []);
  const words = command.words === null ? [] : [command.words.name];
  const known = new Set([...names, ...aliases, ...words, "h", "_", "$0"]);
  return Object.keys(parsed)
    .filter((key) => !known.has(key))
    .map((key) => `unknown option ${dashed(key)}${didYouMean(key.replace(/^no-/, ""), names, "--")}`);
}

/** The strings of a value that yargs gave: it makes a list of an option that is given twice. */
function strings(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string").map((item) => (item === dash ? "-" : item));
}

function wordsOf({ parsed, command, names }: Choice): string[] {
  const named = command.words === null ? [] : strings(parsed[command.words.name]);
  // What stands after `--` and what no positional took, without the command's own names.
  const others = strings(parsed._).slice(names.length);
  return [...named, ...others];
}

/** What is wrong with a command that wants one of its parts, as one line. */
function missingPart(words: readonly string[], names: readonly string[], parts: readonly Command[]): string {
  const known = parts.flatMap(({ name }) => name ?? []);
  const [word] = words;
  const what = names.join(" ");
  return word === undefined
    ? `${what} needs one of ${known.join(", ")}`
    : `there is no ${what} ${word}: ${known.join(", ")}${didYouMean(word, known)}`;
}

function tooManyWords(words: readonly string[], { command, names }: Choice): string[] {
  if (command.parts !== undefined) return [missingPart(words, names, command.parts)];
  const most = command.words === null ? 0 : command.words.many ? Number.POSITIVE_INFINITY : 1;
  return words.slice(most).map((word) => `${names.join(" ")} takes no further argument: ${word}`);
}

/** What is wrong with the value of an option, as none or one line. */
function wrongValue(name: string, option: Option, value: string): string[] {
  if (value === "")
    return [`${dashed(name)} needs a value${option.choices ? `: ${option.choices.join(", ")}` : ""}`];
  if (option.choices === undefined || option.choices.includes(value)) return [];
  return [
    `${dashed(name)} is one of ${option.choices.join(", ")}, not ${value}${didYouMean(value, option.choices)}`,
  ];
}

/** Checks everything that was given, and throws {@link UsageError} with all that is wrong, a line each. */
function check(choice: Choice, commandNames: readonly string[]): Arguments {
  const { command, parsed } = choice;
  const words = wordsOf(choice);
  const problems = [...unknownOptions(parsed, command), ...tooManyWords(words, choice)];
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const flags = new Set<string>();
  for (const [name, option] of Object.entries(command.options)) {
    const value = strings(parsed[name]).at(-1);
    if (option.flag) {
      if ([parsed[name]].flat().includes(true)) flags.add(name);
    } else if (option.many) {
      const all = strings(parsed[name]);
      problems.push(...all.flatMap((one) => wrongValue(name, option, one)));
      lists.set(name, all);
    } else if (value !== undefined) {
      problems.push(...wrongValue(name, option, value));
      values.set(name, value);
    } else if (option.default !== undefined) {
      values.set(name, option.default);
    }
  }
  if (problems.length > 0) throw new UsageError(...problems);
  return { words, values, lists, flags, commandNames };
}

/**
 * What the command line asks for. `columns` is the width of help. Throws {@link UsageError}, with one line for each thing
 * that is wrong.
 */
export async function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
  version: string,
  columns: number,
): Promise<Request> {
  let choice: Choice | undefined;
  let printed = "";
  const words = argv.map((word) => (word === "-" ? dash : word));
  const parser = configure(commands, version, columns, (chosen) => {
    choice = chosen;
  });
  await parser.parseAsync(words, {}, (_error, _parsed, output) => {
    printed = output;
  });
  if (choice === undefined) return { kind: "print", text: `${printed}\n` };
  const names = commands.flatMap(({ name }) => name ?? []);
  return { kind: "run", command: choice.command, given: check(choice, names) };
}
