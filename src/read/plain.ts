import type { Source } from "../model/report.js";
import type { Input } from "./input.js";
import { limits } from "./limits.js";
import { PlainReader } from "./plain-reader.js";
import { Utf8Reader } from "./utf8-reader.js";

/**
 * Reads the bytes of a plain file or stream: UTF-16 where they begin with that byte order mark or their NULs show it, UTF-8
 * otherwise. The mark belongs to the encoding, not to the text. Bytes that are not UTF-8 become U+FFFD, with a diagnostic
 * where one lies in a window. Only the stretches that may hold something become text. Throws nothing, whatever the bytes
 * are.
 */
export function readPlain(bytes: Uint8Array, source: Source): Input {
  const reader = new PlainReader(bytes);
  reader.push(bytes);
  return reader.end(source);
}

/** Reads text that is a string already (a paste): the same windows as of its UTF-8 bytes. Throws nothing. */
export function readText(text: string, source: Source): Input {
  const bytes = new TextEncoder().encode(text);
  const reader = new Utf8Reader(bytes, limits, (_, span) => text.slice(span.start.offset, span.end.offset));
  reader.push(bytes);
  reader.end();
  return { source, windows: reader.windows.list, diagnostics: reader.windows.diagnostics };
}
