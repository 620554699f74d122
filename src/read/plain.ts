import type { Diagnostic, Source } from "../model/report.js";
import type { Position, Span } from "../text/span.js";
import type { Window } from "../text/window.js";
import type { Input } from "./input.js";
import { longestLine, sieve } from "./sieve.js";
import { walkUtf8 } from "./utf8.js";

/**
 * Reads a plain file or stream: UTF-16 where it begins with that byte order mark, UTF-8 otherwise. The mark belongs to the
 * encoding, not to the text. Bytes that are not UTF-8 become U+FFFD, with a diagnostic where one lies in a window. Only
 * the stretches that may hold something become text. Throws nothing, whatever the bytes are.
 */
export function readPlain(bytes: Uint8Array, source: Source): Input {
  const utf8 = withoutMark(bytes);
  // Any mark that is still there stands inside the text.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return read(utf8, source, (start, end) => decoder.decode(utf8.subarray(start, end)));
}

/** Reads text that is a string already (a paste): the same windows as of its UTF-8 bytes. Throws nothing. */
export function readText(text: string, source: Source): Input {
  const utf8 = new TextEncoder().encode(text);
  return read(utf8, source, (_start, _end, span) => text.slice(span.start.offset, span.end.offset));
}

/** The text of the bytes from `start` to `end`, which `span` says in UTF-16 units. */
type TextOf = (start: number, end: number, span: Span) => string;

function read(utf8: Uint8Array, source: Source, textOf: TextOf): Input {
  const windows: Window[] = [];
  const diagnostics: Diagnostic[] = [];
  let firstInvalid: Position | null = null;
  let at = 0;
  let position: Position = { offset: 0, line: 1, column: 1 };
  for (const { start, end, cutsLine } of sieve(utf8)) {
    const origin = walkUtf8(utf8, at, start, position).end;
    const walk = walkUtf8(utf8, start, end, origin);
    const span = { start: origin, end: walk.end };
    windows.push({ text: textOf(start, end, span), origin });
    if (cutsLine) diagnostics.push(longLine(span));
    firstInvalid ??= walk.firstInvalid;
    at = end;
    position = walk.end;
  }
  if (firstInvalid !== null) diagnostics.push(invalidUtf8(firstInvalid));
  return { source, windows, diagnostics };
}

/** The bytes as UTF-8 without a byte order mark; what was UTF-16 goes over in pieces, so that it is never one string. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf8Of(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return utf8Of(bytes, "utf-16be");
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

/** Bytes that are decoded at a time. */
const piece = 1024 * 1024;

function utf8Of(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += piece) {
    const stream = start + piece < bytes.length;
    parts.push(encoder.encode(decoder.decode(bytes.subarray(start, start + piece), { stream })));
  }
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function longLine(span: Span): Diagnostic {
  return {
    severity: "warning",
    code: "long-line",
    message: `a line is longer than ${longestLine / 1024 / 1024} MB: no more than this part of it was looked at`,
    text: null,
    span,
  };
}

function invalidUtf8(start: Position): Diagnostic {
  const end = { ...start, offset: start.offset + 1, column: start.column + 1 };
  return {
    severity: "note",
    code: "invalid-utf8",
    message: "bytes that are not UTF-8 were read as U+FFFD, here for the first time",
    text: null,
    span: { start, end },
  };
}
