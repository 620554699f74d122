import { readdirSync, readFileSync, statSync } from "node:fs";
import { explained, UnreadableError } from "./unreadable.js";

/** More than anybody writes by hand. */
const mostBytes = 1 << 21;

/**
 * The text of a file that the user wrote for us: UTF-8, a byte order mark left out. Throws {@link UnreadableError}, also where
 * it is larger than 2 MiB, no regular file, or no UTF-8.
 */
export function readTextFile(path: string): string {
  const bytes = readWhole(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError("is no UTF-8 text", "save it as UTF-8", null);
  }
}

function readWhole(path: string): Uint8Array {
  try {
    const kind = statSync(path);
    if (!kind.isDirectory() && !kind.isFile())
      throw new UnreadableError("is no regular file", "save it to a file", null);
    if (kind.size > mostBytes) throw new UnreadableError("is larger than 2 MiB", "name another file", null);
    return readFileSync(path);
  } catch (error) {
    throw explained(error);
  }
}

/** The names in a folder, sorted; null where the path is no folder. Throws {@link UnreadableError}. */
export function listFolder(path: string): readonly string[] | null {
  try {
    return statSync(path).isDirectory() ? readdirSync(path).sort() : null;
  } catch (error) {
    throw explained(error);
  }
}
