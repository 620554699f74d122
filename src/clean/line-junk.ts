import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/**
 * What may be left of a line end, in front of the real one: Excel's and Jira's `_x000D_`, an escape that nobody undid, the
 * `^M` of editors and pagers, the NUL that ends a string in C.
 */
const junk = /(?:_x000[DA]_|(?<!\\)\\[nr]|\^M|\0)[ \t]{0,8}$/i;
const mayBeJunk = /(?:_x000[DA]_|\\[nr]|\^M|\0)[ \t]{0,8}$/im;
/** A frame in any of the forms that tools print; a longer line is cut. */
const frame = /^.{0,200}?(?:#\d{1,7}:?|(?:^|[ \t]{2})\d{1,4}:)[ \t]{1,8}\S/;
/** Junk repeats itself on one line, but not for long. */
const mostPieces = 4;

/** Takes off what is left of line ends at the end of lines, of the kinds that stand behind frames. */
export function lineJunk(view: View): Edit[] {
  const { text } = view;
  if (!mayBeJunk.test(text)) return [];
  const kinds = new Set<string>();
  const found: { readonly from: number; readonly end: number; readonly kind: string }[] = [];
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    const length = lengthWithoutJunk(line);
    if (length === line.length || insideString(line)) continue;
    const kind = line.slice(length).trimEnd().toLowerCase();
    if (frame.test(line)) kinds.add(kind);
    found.push({ from: start + length, end, kind });
  }
  return found.filter(({ kind }) => kinds.has(kind)).map(({ from, end }) => edit(from, end, ""));
}

function lengthWithoutJunk(line: string): number {
  let length = line.length;
  for (let count = 0; count < mostPieces; count++) {
    const tail = line.slice(Math.max(0, length - 24), length);
    const match = junk.exec(tail);
    if (match === null) break;
    length -= match[0].length;
  }
  return length;
}

/** A string that was broken at the margin, or cut, holds the escapes of the program. */
function insideString(line: string): boolean {
  return (line.replace(/\\./g, "").split('"').length - 1) % 2 === 1;
}
