import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import type { Source } from "../../model/report.js";
import type { Bytes } from "../bytes.js";
import type { Input } from "../input.js";
import { readPlain } from "../plain.js";
import { PlainReader } from "../plain-reader.js";
import { explained, refusal, UnreadableError } from "./unreadable.js";

/** The most bytes that are kept of one input: what Node holds in one piece on every version that we run on. */
const byteLimit = 2 ** 31 - 1;

/** What files are read into, one after the other; so large that it stays in the processor's second cache. */
const buffer = Buffer.allocUnsafeSlow(256 * 1024);

/** Reads a plain file, a pipe or a device. Only a pipe's or a device's text is kept in parts. Throws {@link UnreadableError}. */
export async function readFile(path: string, source: Source): Promise<Input> {
  try {
    const file = openSync(path, "r");
    try {
      const kind = fstatSync(file);
      if (!kind.isFIFO() && !kind.isCharacterDevice() && !kind.isSocket()) return readRegular(file, source);
      return await readStream(createReadStream("", { fd: file, autoClose: false }), source);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw explained(error);
  }
}

/** Reads standard input. Throws {@link UnreadableError}. */
export async function readStdin(source: Source): Promise<Input> {
  // Node gives an empty stream for a directory, and says nothing.
  if (fstatSync(0).isDirectory()) throw refusal("EISDIR");
  return readStream(process.stdin, source);
}

/**
 * Reads a text that comes once. Throws {@link UnreadableError} where the system refuses or where more than `limit` bytes
 * would have to be kept (then the rest is not read).
 */
export async function readStream(
  pieces: AsyncIterable<Uint8Array>,
  source: Source,
  limit: number = byteLimit,
): Promise<Input> {
  const reader = new PlainReader(null);
  try {
    for await (const piece of pieces) {
      reader.push(piece);
      if (reader.size > limit) throw tooMuch(limit);
    }
  } catch (error) {
    throw explained(error);
  }
  return reader.end(source);
}

function tooMuch(limit: number): UnreadableError {
  return new UnreadableError(
    `holds more than ${limit === byteLimit ? "2 GiB" : `${limit} bytes`} of traces`,
    "give it the part around the crash: grep -B 50 -A 500 '^#0 ' FILE | backtriage",
    null,
  );
}

function readRegular(file: number, source: Source): Input {
  let size = filled(file, buffer, null);
  if (size < buffer.length) return readPlain(buffer.subarray(0, size), source);
  const reader = new PlainReader(again(file));
  for (; size > 0; size = readSync(file, buffer, 0, buffer.length, null)) {
    reader.push(buffer.subarray(0, size));
    if (reader.size > byteLimit) throw tooMuch(byteLimit);
  }
  return reader.end(source);
}

/** A file's bytes by their place. */
function again(file: number): Bytes {
  return {
    subarray: (start, end) => {
      const bytes = Buffer.allocUnsafe(end - start);
      return bytes.subarray(0, filled(file, bytes, start));
    },
  };
}

/** Reads from `place` (null: from where the file stands) until `bytes` is full or the file ends; gives how many there were. */
function filled(file: number, bytes: Buffer, place: number | null): number {
  let size = 0;
  while (size < bytes.length) {
    const count = readSync(file, bytes, size, bytes.length - size, place === null ? null : place + size);
    if (count === 0) break;
    size += count;
  }
  return size;
}
