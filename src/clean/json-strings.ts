import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { type InnerFrames, innerFramesOf } from "./inner-frames.js";
import { unescapedJson } from "./json-escapes.js";

const mayHold = /\\n[ \t]{0,16}\S|&#(?:10|x0?a);|"(?:log|message|msg|line|text)"[ \t]{0,4}:/i;
/** The field of a record that holds one line of what a program printed: docker's json-file, journalctl -o json, loggers. */
const lineField = /(?<!\\)"(log|MESSAGE|message|msg|line|text)"[ \t]{0,4}:[ \t]{0,4}"/g;
const record = /^[^"{]{0,160}\{/;
/** A string of JSON or XML, or of Python (`b'…'`); the end of one that was cut is that of its line. */
const string = /"([^"\\]*(?:\\.[^"\\]*)*)("|\\?$)|(?<![\w\\])b?'([^'\\]*(?:\\.[^'\\]*)*)('|\\?$)/g;
const inside = /[^"\\]*(?:\\.[^"\\]*)*/y;
/** gdb's own strings keep their escapes: those of values, whatever text the program had there, and of gdb/MI. */
const value = /^[^"']{0,256}\S = /;
const behindValue = /(?:[=~&@]|0x[0-9a-f]{1,16}(?: <[^<>]{1,200}>)?[ \t])$/;
/** What gdb puts in front of its values' strings is no longer. */
const longestValue = 256;
const escaped = /(?:\\x[\da-f]{2})+|\\u[\da-f]{4}|\\r(?=\\n)|\\./gi;
const entity = /&#(?:13|x0?d);(?=&#(?:10|x0?a);)|&(?:#(\d{1,7})|#x([\da-f]{1,6})|(quot|apos|lt|gt|amp));/gi;
const lineEndEntity = /&#(?:10|x0?a);/i;
/** A frame begins so far into its line. */
const longestStart = 512;

/**
 * Undoes the escapes of strings that hold a trace: one string with all of it (a field of JSON, an attribute of XML, Python's
 * `b'…'`), which gets lines of its own, or the records of a log with one line of it each, of which nothing else stays.
 */
export function jsonStrings(view: View): Edit[] {
  const { text } = view;
  const frames = mayHold.test(text) ? innerFramesOf(text) : null;
  if (frames === null) return [];
  const lines = [...linesOf(text)];
  const carriers = carriersOf(text, lines, frames);
  const edits: Edit[] = [];
  for (const line of lines) {
    const content = text.slice(line.start, line.end);
    const field = fieldsOf(content).find(({ key }) => carriers.has(key));
    const found =
      field === undefined ? wholeTraces(content, line, frames) : recordEdits(content, line, field);
    for (const one of found) edits.push(one);
  }
  return edits;
}

/** A field of a record. Offsets are UTF-16 units in its line. */
interface Field {
  readonly key: string;
  /** What stands between the quotes. */
  readonly start: number;
  readonly end: number;
}

function fieldsOf(line: string): Field[] {
  if (!record.test(line)) return [];
  return Array.from(line.matchAll(lineField), ({ index, 0: { length }, 1: key = "" }) => {
    inside.lastIndex = index + length;
    inside.test(line);
    return { key, start: index + length, end: inside.lastIndex };
  });
}

/** The fields whose first line is a frame somewhere: they hold the other lines of the trace as well. */
function carriersOf(text: string, lines: readonly Line[], frames: InnerFrames): Set<string> {
  const carriers = new Set<string>();
  for (const line of lines) {
    const content = text.slice(line.start, line.end);
    for (const { key, start, end } of fieldsOf(content)) {
      const [first = ""] = content.slice(start, Math.min(end, start + longestStart)).split("\\n", 1);
      if (holdsFrame(first, frames)) carriers.add(key);
    }
  }
  return carriers;
}

/** The record without all but what its field holds; the line end of that is already there, behind the record. */
function recordEdits(content: string, { start, end }: Line, field: Field): Edit[] {
  const held = content.slice(field.start, field.end).replace(/(?:(?<!\\)\\r)?(?<!\\)\\n$/, "");
  return [
    edit(start, start + field.start, ""),
    ...unescapedEdits(held, start + field.start, escaped, unescapedJson),
    edit(start + field.start + held.length, end, ""),
  ];
}

/** The edits for every string of a line that has the line ends of a trace in it. */
function wholeTraces(content: string, { start }: Line, frames: InnerFrames): Edit[] {
  if (!content.includes("\\n") && !lineEndEntity.test(content)) return [];
  const beforeStrings = content.slice(0, longestStart).split(/["']/, 1).join("");
  if (value.test(content) || holdsFrame(beforeStrings, frames)) return [];
  const edits: Edit[] = [];
  for (const match of content.matchAll(string)) {
    const held = match[1] ?? match[3] ?? "";
    const closing = match[2] ?? match[4] ?? "";
    const before = content.slice(Math.max(0, match.index - longestValue), match.index);
    const isXml = lineEndEntity.test(held);
    if (!isXml && match[1] !== undefined && behindValue.test(before)) continue;
    const [pattern, plain] = isXml ? [entity, entityText] : [escaped, unescapedJson];
    if (!holdsTrace(held.replace(pattern, plain), frames)) continue;
    const from = start + match.index + match[0].length - closing.length - held.length;
    edits.push(edit(from - 1, from, "\n"));
    for (const one of unescapedEdits(held, from, pattern, plain)) edits.push(one);
    edits.push(edit(from + held.length, from + held.length + closing.length, "\n"));
  }
  return edits;
}

/** The line ends of a record inside a record are escaped once more. */
function holdsTrace(text: string, frames: InnerFrames): boolean {
  const [, ...rest] = text.split(/\n|\\n/);
  return rest.some((line) => holdsFrame(line.slice(0, longestStart), frames));
}

function holdsFrame(line: string, frames: InnerFrames): boolean {
  return frames(line).next().done === false;
}

function unescapedEdits(
  held: string,
  base: number,
  pattern: RegExp,
  plain: (written: string) => string,
): Edit[] {
  return Array.from(held.matchAll(pattern), ({ index, 0: written }) => {
    // The line end itself follows.
    const isHalf = /^\\r$/.test(written) && held.startsWith("\\n", index + written.length);
    return edit(base + index, base + index + written.length, isHalf ? "" : plain(written));
  });
}

const names: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };

/** What an entity of XML stands for; nothing for a carriage return, a line feed follows it. */
function entityText(written: string): string {
  const [, , name = "", digits = "", hex = ""] = /^&(([a-z]+)|#(\d+)|#x([\da-f]+));$/i.exec(written) ?? [];
  if (name !== "") return names[name.toLowerCase()] ?? written;
  const code = digits === "" ? Number.parseInt(hex, 16) : Number(digits);
  if (code === 13) return "";
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
