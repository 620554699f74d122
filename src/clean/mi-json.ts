import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { unescapedJson } from "./json-escapes.js";

/**
 * A record of gdb/MI inside a JSON string, or one inside another (the logs of debug adapters): the backslashes in front of
 * its first quote.
 */
const beginning =
  /(?:[*^](?:done|stopped),|(?<![\w-])frame=\{|(?<=["n>])[~&](?=\\))[^"\\\n]{0,200}(\\{1,3})"/g;

/** The pieces of a string that was escaped once, and of one that was escaped twice. A quote with fewer backslashes ends it. */
const pieces: Readonly<Record<number, RegExp>> = {
  1: /[^"\\\n]+|\\(?:u[\da-f]{4}|[^\n])/giy,
  3: /[^"\\\n]+|\\\\(?:\\(?:u[\da-f]{4}|[^\n])|[^"\\\n])|\\(?:u[\da-f]{4}|[^"\\\n])/giy,
};

/** A value of a local, or of a frame of lldb's, may hold such a record as well: what a debugger escaped there is its own. */
const ofDebugger = /^[ \t]{1,64}[^\s=]{1,256} = |^[ \t*]{0,64}frame #\d/;

/** Undoes the escapes of JSON in records of gdb/MI, so that they are read like all others. */
export function miJson(view: View): Edit[] {
  const { text } = view;
  const edits: Edit[] = [];
  if (!text.includes('\\"')) return edits;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    if (!line.includes('\\"') || frameStartAt(text, start, end) !== null || ofDebugger.test(line)) continue;
    for (const found of editsOf(line, start)) edits.push(found);
  }
  return edits;
}

/** The edits for every escaped record of a line that begins at `base`. */
function editsOf(line: string, base: number): Edit[] {
  const edits: Edit[] = [];
  const next = new RegExp(beginning);
  for (let match = next.exec(line); match !== null; match = next.exec(line)) {
    const depth = match[1]?.length ?? 0;
    const piece = pieces[depth];
    if (piece === undefined) continue;
    piece.lastIndex = match.index;
    for (let part = piece.exec(line); part !== null; part = piece.exec(line)) {
      const [written] = part;
      next.lastIndex = piece.lastIndex;
      if (!written.startsWith("\\")) continue;
      const plain = depth === 3 ? unescapedJson(unescapedJson(written)) : unescapedJson(written);
      edits.push(edit(base + part.index, base + piece.lastIndex, plain));
    }
  }
  return edits;
}
