import type { Io } from "../../src/cli/io.js";
import { UnreadableError } from "../../src/read/node/unreadable.js";
import { readPlain } from "../../src/read/plain.js";

/** What a test says of the surroundings; everything that is left out is empty. */
interface Setting {
  readonly stdin?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Folders, each with the names in it. */
  readonly folders?: Readonly<Record<string, readonly string[]>>;
  readonly today?: string;
  /** The files of source trees, each by the path of its tree. */
  readonly trees?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: "stdin" | "stdout";
  readonly columns?: number;
}

export interface FakeIo extends Io {
  readonly printed: { out: string; err: string };
  readonly written: Map<string, string>;
}

/** Surroundings without a process: what was printed and written can be looked at. */
export function fakeIo({
  stdin = "",
  files = {},
  folders = {},
  today = "2026-11-24",
  trees = {},
  env = {},
  terminal,
  columns,
}: Setting = {}): FakeIo {
  const printed = { out: "", err: "" };
  const written = new Map<string, string>();
  const encoder = new TextEncoder();
  return {
    printed,
    written,
    env,
    stdin: {
      isTerminal: terminal === "stdin",
      read: async (source) => readPlain(encoder.encode(stdin), source),
    },
    stdout: {
      isTerminal: terminal === "stdout",
      columns,
      write: async (text) => {
        printed.out += text;
      },
    },
    stderr: {
      isTerminal: false,
      columns: undefined,
      write: async (text) => {
        printed.err += text;
      },
    },
    readFile: async (path, source) => {
      const text = files[path];
      if (text === undefined) throw new UnreadableError("no such file", "check the path", "ENOENT");
      return readPlain(encoder.encode(text), source);
    },
    readSourceTree: async (root) => {
      const tree = trees[root];
      if (tree === undefined) throw new UnreadableError("no such directory", "check the path", null);
      return { files: new Map(Object.entries(tree)), warnings: [] };
    },
    cwd: "/home/reader/work",
    readText: async (path) => {
      const text = files[path];
      if (text === undefined) throw new UnreadableError("no such file", "check the path", "ENOENT");
      return text;
    },
    listFolder: async (path) => folders[path] ?? null,
    today: () => today,
    writeFile: async (path, pieces) => {
      written.set(path, [...pieces].join(""));
    },
    sameFile: (one, other) => one === other,
  };
}
