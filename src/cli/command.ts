import type { Io } from "./io.js";
import type { Status } from "./status.js";

/** An option of a command, under its long name. */
export interface Option {
  readonly describe: string;
  /** One letter. */
  readonly alias?: string;
  /** Takes no value. */
  readonly flag?: true;
  /** May be given several times: every value counts, in `lists`. */
  readonly many?: true;
  /** The values that it takes; any where this is left out. */
  readonly choices?: readonly string[];
  readonly default?: string;
}

/** What a command was given, every value checked against its option. */
export interface Arguments {
  readonly words: readonly string[];
  /** By long name, defaults filled in. */
  readonly values: ReadonlyMap<string, string>;
  /** The values of options that may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  /** The names of all commands: a word that is no file may have been meant as one. */
  readonly commandNames: readonly string[];
}

export interface Command {
  /** The word that chooses it; null for the one that runs without a word. */
  readonly name: string | null;
  readonly describe: string;
  /** The words that it takes: none, at most one, or any number. */
  readonly words: { readonly name: string; readonly describe: string; readonly many: boolean } | null;
  readonly options: Readonly<Record<string, Option>>;
  /** Commands of its own, chosen by the word after its name; it does nothing without one. */
  readonly parts?: readonly Command[];
  /** What it does loads what it needs: a command that is not run costs nothing. */
  readonly run: (given: Arguments, io: Io) => Promise<Status>;
}
