import type { Report } from "../model/report.js";
import { UnreadableError } from "../read/node/unreadable.js";
import { wantedFiles } from "../rules/wanted-files.js";
import { type SourceFiles, sourceFiles } from "../source/tree.js";
import type { Io } from "./io.js";
import { say } from "./messages.js";
import { UsageError } from "./status.js";

/**
 * Reads what a report asks for from the program's source tree; null where it asks for nothing that is there. What cannot be
 * read is a line on stderr. Throws {@link UsageError} where `root` is no directory.
 */
export async function readSources(report: Report, root: string, io: Io): Promise<SourceFiles | null> {
  const { files, warnings } = await treeOf(root, wantedFiles(report), io);
  for (const warning of warnings) await say(io, `--source: ${warning}`);
  return [...files.values()].some((text) => text !== "") ? sourceFiles(files) : null;
}

async function treeOf(root: string, wanted: readonly string[], io: Io) {
  try {
    return await io.readSourceTree(root, wanted);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new UsageError(`--source ${root}: ${error.message}; ${error.hint}`);
  }
}
