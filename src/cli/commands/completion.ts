import { didYouMean } from "../../text/nearest.js";
import type { Arguments, Command } from "../command.js";
import { completionScript, type Shell, shellNamed, shells } from "../completion-scripts.js";
import type { Io } from "../io.js";
import { type Status, status, UsageError } from "../status.js";

/** The shell that was named, else the one that the environment tells, else bash. */
function shellOf(given: Arguments, io: Io): Shell {
  const [word] = given.words;
  if (word === undefined) return shellNamed(io.env.SHELL?.split("/").at(-1) ?? "") ?? "bash";
  const shell = shellNamed(word);
  if (shell === undefined) {
    throw new UsageError(`no completion for ${word}: ${shells.join(", ")}${didYouMean(word, shells)}`);
  }
  return shell;
}

async function run(given: Arguments, io: Io): Promise<Status> {
  await io.stdout.write(completionScript(shellOf(given, io)));
  return status.clean;
}

export const completion: Command = {
  name: "completion",
  describe: "Print a script for completion in a shell",
  words: { name: "SHELL", describe: `${shells.join(", ")}; nothing for the one in $SHELL`, many: false },
  options: {},
  run,
};
