import type { Input } from "../read/input.js";
import { UnreadableError } from "../read/node/unreadable.js";
import { nearest } from "../text/nearest.js";
import type { Io } from "./io.js";
import { say } from "./messages.js";

/** What could be read, in the order of the command line, and whether something could not. */
interface Read {
  readonly inputs: readonly Input[];
  readonly failed: boolean;
}

/** A word that is no file may have been meant as a command. */
function hintFor(error: UnreadableError, file: string, commandNames: readonly string[]): string {
  const meant = error.code === "ENOENT" ? nearest(file, commandNames) : undefined;
  return meant === undefined ? error.hint : `${error.hint}; did you mean the command ${meant}?`;
}

function readOne(file: string, io: Io): Promise<Input> {
  if (file === "-") return io.stdin.read({ path: null, member: null, messageId: null });
  return io.readFile(file, { path: file, member: null, messageId: null });
}

/** Reads every input. One that cannot be read is a line on stderr; the others go on. */
export async function readInputs(
  files: readonly string[],
  commandNames: readonly string[],
  io: Io,
): Promise<Read> {
  const inputs: Input[] = [];
  let failed = false;
  for (const file of files) {
    try {
      inputs.push(await readOne(file, io));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      failed = true;
      await say(io, `${file}: ${error.message}; ${hintFor(error, file, commandNames)}`);
    }
  }
  return { inputs, failed };
}
