import { createReadStream, fstatSync } from "node:fs";

/** The most bytes that are read of one input: what Node holds in one piece on every version that we run on. */
const byteLimit = 2 ** 31 - 1;

/** An input that cannot be read, and what to do about it; both halves are ready to be shown. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
  readonly hint: string;
  /** The system's code (`ENOENT`), or null for a limit of ours. */
  readonly code: string | null;

  constructor(message: string, hint: string, code: string | null, cause?: unknown) {
    super(message, { cause });
    this.hint = hint;
    this.code = code;
  }
}

const directory = ["is a directory", "name the files in it"] as const;

const reasons: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ["no such file", "check the path"],
  ENOTDIR: ["no such file", "check the path: a part of it is not a directory"],
  EISDIR: directory,
  EACCES: ["permission denied", "make it readable, or copy it"],
  EPERM: ["permission denied", "make it readable, or copy it"],
  ELOOP: ["too many symbolic links", "name the file itself"],
  ENAMETOOLONG: ["the name is too long", "check the path"],
  EIO: ["the device reports an input error", "copy the file elsewhere first"],
};

function codeOf(error: Error): string | null {
  return "code" in error && typeof error.code === "string" ? error.code : null;
}

/** What the system said about an input, in words; null where the error is not the system's. */
function unreadable(error: unknown): UnreadableError | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  if (code === null || !("syscall" in error)) return null;
  const [message, hint] = reasons[code] ?? [`cannot be read (${code})`, "check the file"];
  return new UnreadableError(message, hint, code, error);
}

/**
 * Everything that a stream of bytes gives, in one piece. Throws {@link UnreadableError} where the system refuses or where
 * there are more than `limit` bytes (then the rest is not read).
 */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  limit: number = byteLimit,
): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > limit) {
        throw new UnreadableError(
          `is larger than ${limit === byteLimit ? "2 GiB" : `${limit} bytes`}`,
          "give it the part around the crash: grep -B 50 -A 500 '^#0 ' FILE | backtriage",
          null,
        );
      }
      kept.push(chunk);
    }
  } catch (error) {
    throw unreadable(error) ?? error;
  }
  return Buffer.concat(kept, size);
}

/** The bytes of a file, a pipe or a device. Throws {@link UnreadableError}. */
export function readFileBytes(path: string): Promise<Uint8Array> {
  return collectBytes(createReadStream(path, { highWaterMark: 1 << 20 }));
}

/** The bytes of standard input. Throws {@link UnreadableError}. */
export async function readStdinBytes(): Promise<Uint8Array> {
  // Node gives an empty stream for a directory, and says nothing.
  if (fstatSync(0).isDirectory()) throw new UnreadableError(...directory, "EISDIR");
  return collectBytes(process.stdin);
}
