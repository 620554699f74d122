import type { Source } from "../model/report.js";
import type { Input } from "../read/input.js";
import type { ReadTree } from "../read/node/source-tree.js";

/** A stream that a command writes to. */
export interface Output {
  /**
   * Writes all of the text. Resolves also where the reader has gone (`| head -1`): who closed early wants no more.
   * Rejects with UnwritableError (status.ts) otherwise.
   */
  readonly write: (text: string) => Promise<void>;
  readonly isTerminal: boolean;
  /** The terminal's width; undefined where there is none. */
  readonly columns: number | undefined;
}

/** Reads what the report will call `source`. Rejects with UnreadableError (src/read/node/unreadable.ts). */
type Reading = (source: Source) => Promise<Input>;

/** The program's surroundings, given from outside: a command touches nothing else. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTerminal: boolean; readonly read: Reading };
  readonly stdout: Output;
  readonly stderr: Output;
  /** See {@link Reading}. */
  readonly readFile: (path: string, source: Source) => Promise<Input>;
  /** Reads those files of a source tree that a trace names (src/read/node/source-tree.ts). Rejects with UnreadableError. */
  readonly readSourceTree: (root: string, wanted: readonly string[]) => Promise<ReadTree>;
  /** Writes the whole file or leaves what was there as it was. Throws UnwritableError. */
  readonly writeFile: (path: string, pieces: Iterable<string>) => Promise<void>;
  /** The working folder, absolute. */
  readonly cwd: string;
  /** The text of a file that the user wrote for us (src/read/node/text.ts). Rejects with UnreadableError. */
  readonly readText: (path: string) => Promise<string>;
  /** The names in a folder, sorted; null where the path is no folder. Rejects with UnreadableError. */
  readonly listFolder: (path: string) => Promise<readonly string[] | null>;
  /** The day of the run, `YYYY-MM-DD` (today.ts). Throws UsageError. */
  readonly today: () => string;
  /** Whether two paths name one file. */
  readonly sameFile: (one: string, other: string) => boolean;
}
