import { dirname, join, resolve } from "node:path";
import { UnreadableError } from "../read/node/unreadable.js";
import type { PackText } from "../rules/language/load-packs.js";
import type { Arguments } from "./command.js";
import type { Io } from "./io.js";
import { UsageError } from "./status.js";

/** The name of a configuration. */
export const configName = "backtriage.yaml";

/** Where rules of the user's own come from. */
export interface RuleSources {
  readonly config: PackText | null;
  /** Files and folders of packs that the command line names. */
  readonly paths: readonly string[];
}

/** What is not there is looked for one folder further up. */
const notThere: readonly (string | null)[] = ["ENOENT", "ENOTDIR"];

function told(file: string, error: unknown): string {
  if (!(error instanceof UnreadableError)) throw error;
  return `${file}: ${error.message}; ${error.hint}`;
}

/**
 * The configuration that `--config` names, else the nearest one from the working folder upwards; null where there is none or
 * none is wanted. Throws {@link UsageError}.
 */
async function findConfig(given: Arguments, io: Io): Promise<PackText | null> {
  const named = given.values.get("config");
  if (given.flags.has("no-config")) {
    if (named !== undefined) throw new UsageError("--config and --no-config cannot both be meant");
    return null;
  }
  if (named !== undefined) return readConfig(named, io);
  for (let [file, folder] = [configName, io.cwd]; ; [file, folder] = [join("..", file), dirname(folder)]) {
    try {
      return { file, text: await io.readText(file) };
    } catch (error) {
      if (!(error instanceof UnreadableError && notThere.includes(error.code)))
        throw new UsageError(told(file, error));
    }
    if (dirname(folder) === folder) return null;
  }
}

async function readConfig(file: string, io: Io): Promise<PackText> {
  try {
    return { file, text: await io.readText(file) };
  } catch (error) {
    throw new UsageError(told(file, error));
  }
}

/** What the command line and the folder name. Throws {@link UsageError}. */
export async function ruleSources(given: Arguments, io: Io): Promise<RuleSources> {
  return { config: await findConfig(given, io), paths: given.lists.get("rules") ?? [] };
}

/** The packs that could be read, and what could not. */
export interface PackFiles {
  readonly texts: readonly PackText[];
  readonly problems: readonly string[];
}

/** Reads packs: files, and of folders all `*.yaml` and `*.yml`, sorted; a configuration among them is none. A file that is named twice is read once. */
export async function readPackFiles(paths: readonly string[], io: Io): Promise<PackFiles> {
  const texts: PackText[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    try {
      for (const file of await filesAt(path, io)) {
        const whole = resolve(io.cwd, file);
        if (seen.has(whole)) continue;
        seen.add(whole);
        texts.push({ file, text: await io.readText(file) });
      }
    } catch (error) {
      problems.push(told(path, error));
    }
  }
  return { texts, problems };
}

async function filesAt(path: string, io: Io): Promise<readonly string[]> {
  const names = await io.listFolder(path);
  if (names === null) return [path];
  const packs = names.filter((name) => /\.ya?ml$/.test(name) && name !== configName);
  if (packs.length === 0)
    throw new UnreadableError("holds no *.yaml and no *.yml", "name the folder of the packs", null);
  return packs.map((name) => join(path, name));
}
