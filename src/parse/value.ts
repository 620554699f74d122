import { reader } from "../generated/value.js";
import { unescaped } from "../text/c-escapes.js";
import type { ValueNode } from "./nodes.js";

const readValue = reader({ startRule: "Value" });

/** The parts of a value are not looked at beyond this many UTF-16 units; gdb cuts strings and arrays at 200 elements. */
const longest = 65536;

/**
 * The parts of a value as gdb printed it, of an argument, a local or `print`. Nested deeply, or not understood, a value
 * or a part of it is `text`. Never throws.
 */
export function parseValue(text: string): ValueNode {
  const value = text.length <= longest ? readValue(text) : null;
  return value ?? { kind: "text", text: text.trim() };
}

/** The C string that a value shows, without gdb's escapes. */
export interface CString {
  readonly text: string;
  /** gdb printed only the beginning (`"abc"...`, 200 characters by default), or the line ends inside of it. */
  readonly cut: boolean;
}

/**
 * The C string in a value such as `0x55a3 <sym> "a \"b\""` or `"ab", 'x' <repeats 30 times>`; null where it shows none.
 * gdb escapes with `\"`, `\\`, `\n` and the like, and three octal digits for bytes that are no valid text. Never throws.
 */
export function cString(value: string): CString | null {
  const shown = value.slice(0, longest);
  const chunk = new RegExp(chunks, "y");
  chunk.lastIndex = Math.max(0, shown.search(/"|'[^']{1,5}' <repeats /));
  let text: string | null = null;
  for (let match = chunk.exec(shown); match !== null; match = chunk.exec(shown)) {
    const [, quoted = "", closed, repeated = "", times = "1", cut] = match;
    text =
      (text ?? "") + unescaped(quoted) + unescaped(repeated).repeat(Math.min(Number(times), mostRepeats));
    const open = closed !== undefined && closed !== '"';
    if (open || cut !== undefined || text.length > longest) return { text, cut: true };
  }
  return text === null ? null : { text, cut: false };
}

/** `"…"`, or `'x' <repeats 30 times>`; then `...` where gdb stopped, or `, ` and the next chunk. */
const chunks =
  /(?:"((?:[^"\\]+|\\.)*)("|\\?$)|'([^'\\]|\\[0-7]+|\\.)' <repeats (\d+) times>)(?:(\.\.\.)|, (?:u8|[LuU])?(?=["']))?/;
const mostRepeats = 4096;
