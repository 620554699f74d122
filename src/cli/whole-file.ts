import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UnwritableError } from "./status.js";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such directory",
  ENOTDIR: "no such directory",
  EISDIR: "is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the quota is used up",
  EFBIG: "the file would be too large",
};

/** What the system said about writing, in words. */
export function writeReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return code === undefined ? error.message : (reasons[code] ?? code);
}

/** Writes beside the target and renames: who reads the target sees the old file or the whole new one. */
async function replaceFile(target: string, text: Iterable<string>, mode: number): Promise<void> {
  const beside = join(dirname(target), `.backtriage-${randomUUID()}.tmp`);
  try {
    const file = await open(beside, "wx", mode);
    try {
      await writeFile(file, text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function write(path: string, text: Iterable<string>): Promise<void> {
  const before = await stat(path).catch(() => null);
  if (before === null) return replaceFile(path, text, 0o666);
  // A device, a pipe or `/dev/stdout` cannot be replaced, only written to.
  if (!before.isFile()) return writeFile(path, text);
  return replaceFile(await realpath(path), text, before.mode & 0o777);
}

/**
 * Writes the whole text, or leaves what was there as it was; a symbolic link stays and its target is replaced. Throws
 * {@link UnwritableError}.
 */
export async function writeWhole(path: string, text: Iterable<string>): Promise<void> {
  try {
    await write(path, text);
  } catch (error) {
    throw new UnwritableError(`${path}: cannot be written, nothing was changed: ${writeReason(error)}`);
  }
}

/** Whether two paths name one file that exists. */
export function sameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return (
    first !== undefined &&
    second !== undefined &&
    first.isFile() &&
    first.dev === second.dev &&
    first.ino === second.ino
  );
}
