#!/usr/bin/env node
import { isatty } from "node:tty";
import type { Io, Output } from "./io.js";
import { main } from "./program.js";
import { UnwritableError } from "./status.js";
import { todayOf } from "./today.js";
import { sameFile, writeReason, writeWhole } from "./whole-file.js";

/** What Node says where the reader has closed its end. */
const readerGone = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

function isGone(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && readerGone.has(error.code);
}

/** A stream of the process as an output; `failing` makes the error of a write that was refused. */
function output(stream: NodeJS.WriteStream, failing: (reason: string) => UnwritableError | null): Output {
  // Without a listener an error would end the process; each write hears of it in its callback.
  stream.on("error", () => {});
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY === true ? stream.columns : undefined,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          const failure = error == null || isGone(error) ? null : failing(writeReason(error));
          if (failure === null) resolve();
          else reject(failure);
        });
      }),
  };
}

/** The reader is loaded where something is read: `--help` does without it. */
const files = () => import("../read/node/files.js");

const io: Io = {
  env: process.env,
  stdin: { isTerminal: isatty(0), read: async (source) => (await files()).readStdin(source) },
  stdout: output(
    process.stdout,
    (reason) => new UnwritableError(`standard output cannot be written: ${reason}`),
  ),
  // There is nobody left to tell that stderr is gone.
  stderr: output(process.stderr, () => null),
  readFile: async (path, source) => (await files()).readFile(path, source),
  readSourceTree: async (root, wanted) =>
    (await import("../read/node/source-tree.js")).readSourceTree(root, wanted),
  cwd: process.cwd(),
  readText: async (path) => (await import("../read/node/text.js")).readTextFile(path),
  listFolder: async (path) => (await import("../read/node/text.js")).listFolder(path),
  today: () => todayOf(process.env, () => new Date()),
  writeFile: writeWhole,
  sameFile,
};

process.exitCode = await main(process.argv.slice(2), io);
