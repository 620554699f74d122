import { frameStartAt } from "../text/frame-start.js";
import { columnsOf, type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { linesOfFrames } from "./damaged-frames.js";

/**
 * Makes tabs blanks where something put them in the place of gdb's: inside a frame one each (a spreadsheet, a terminal's
 * copy), in front of a frame's locals and its continued lines up to the next multiple of eight. Source lines that gdb
 * echoes keep theirs: gdb prints a tab there itself.
 */
export function tabs(view: View): Edit[] {
  const { text } = view;
  if (!text.includes("\t")) return [];
  const damaged = [...linesOf(text)].filter((line) => hasForeignTab(text, line));
  if (damaged.length === 0) return [];
  const ofFrames = new Set([...linesOfFrames(text)].map(({ start }) => start));
  return damaged.filter(({ start }) => ofFrames.has(start)).flatMap((line) => editsOf(text, line));
}

/** In front of the first word, or anywhere in a frame. */
function hasForeignTab(text: string, { start, end }: Line): boolean {
  const tab = text.slice(start, end).indexOf("\t");
  if (tab === -1) return false;
  return text.slice(start, start + tab).trim() === "" || frameStartAt(text, start, end) !== null;
}

function editsOf(text: string, { start, end }: Line): Edit[] {
  const line = text.slice(start, end);
  const leading = /^[ \t]*/.exec(line)?.[0] ?? "";
  const edits = leading.includes("\t")
    ? [edit(start, start + leading.length, " ".repeat(columnsOf(leading)))]
    : [];
  if (frameStartAt(text, start, end) === null) return edits;
  for (const { index, 0: found } of line.matchAll(/\t+/g))
    if (index >= leading.length) edits.push(edit(start + index, start + index + found.length, " "));
  return edits;
}
