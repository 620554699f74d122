import { visible } from "../format/visible.js";
import { tool } from "../generated/tool.js";
import { commands } from "./commands.js";
import type { Io } from "./io.js";
import { say } from "./messages.js";
import { FaultyRulesError, type Status, status, UnwritableError, UsageError } from "./status.js";

/** A fault of ours: what happened, and what to do. */
async function confess(error: unknown, io: Io): Promise<Status> {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await say(io, `internal error in version ${tool.version}, node ${process.version}`);
  await io.stderr.write(
    trace
      .split("\n")
      .map((line) => `  ${visible(line)}\n`)
      .join(""),
  );
  await say(io, "this is a fault of backtriage: please report it with the lines above and the input");
  return status.fault;
}

async function answer(error: unknown, io: Io): Promise<Status> {
  if (error instanceof UsageError) {
    for (const problem of error.problems) await say(io, `${problem} (see backtriage --help)`);
    return status.usage;
  }
  if (error instanceof FaultyRulesError) {
    for (const problem of error.problems) await say(io, problem);
    return status.usage;
  }
  if (error instanceof UnwritableError) {
    await say(io, error.message);
    return status.usage;
  }
  return confess(error, io);
}

async function complete(words: readonly string[], io: Io): Promise<Status> {
  const { suggestions } = await import("./suggestions.js");
  const found = await suggestions(words, commands);
  await io.stdout.write(found.map((word) => `${word}\n`).join(""));
  return status.clean;
}

async function run(argv: readonly string[], io: Io): Promise<Status> {
  // What our completion scripts ask; no option that people use.
  if (argv[0] === "--complete") return complete(argv.slice(1), io);
  const { parseArguments } = await import("./arguments.js");
  const columns = Math.min(100, io.stdout.columns ?? 80);
  const request = await parseArguments(argv, commands, tool.version, columns);
  if (request.kind === "run") return request.command.run(request.given, io);
  await io.stdout.write(request.text);
  return status.clean;
}

/**
 * The whole program: what `argv` (without node and script) asks for, done through `io` alone. Gives the exit status and
 * never rejects.
 */
export async function main(argv: readonly string[], io: Io): Promise<Status> {
  try {
    return await run(argv, io);
  } catch (error) {
    return answer(error, io);
  }
}
