import { frameStartAt } from "../text/frame-start.js";
import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** So many lines with an empty one behind each are no accident. */
const fewestLines = 4;

/**
 * Takes the empty lines out of a stretch where one stands behind every line, inside frames too: line ends were doubled on
 * the way, or a quote's empty lines lost their marks. Such a stretch holds two frames at least, and lines that go on with
 * them, for empty lines between whole frames do no harm.
 */
export function spacing(view: View): Edit[] {
  const { text } = view;
  if (!mayBeSpaced(text)) return [];
  const lines = [...linesOf(text)];
  const edits: Edit[] = [];
  for (let index = 0; index < lines.length; index++) {
    const last = lastSpaced(text, lines, index);
    if (isTrace(text, lines, index, last)) {
      for (let blank = index + 1; blank < last; blank += 2) edits.push(...without(lines[blank]));
    }
    index = last;
  }
  return edits;
}

/** A line end with an empty line behind it, another line, and an empty one. */
const between = /\n(?=[ \t]*\n[^\n#]+\n[ \t]*\n)/g;

/** Somewhere a line with a level has empty lines around the line below it. Looks at every line once, however long it is. */
function mayBeSpaced(text: string): boolean {
  for (const { index } of text.matchAll(between)) {
    const start = index === 0 ? 0 : text.lastIndexOf("\n", index - 1) + 1;
    if (/#\d/.test(text.slice(start, index))) return true;
  }
  return false;
}

/** The last line of the stretch that begins at `first` and has every second line empty. */
function lastSpaced(text: string, lines: readonly Line[], first: number): number {
  let last = first;
  if (isEmpty(text, lines[first])) return first;
  while (isEmpty(text, lines[last + 1]) && last + 2 < lines.length && !isEmpty(text, lines[last + 2]))
    last += 2;
  return last;
}

function isEmpty(text: string, line: Line | undefined): boolean {
  return line !== undefined && text.slice(line.start, line.end).trim() === "";
}

function isTrace(text: string, lines: readonly Line[], first: number, last: number): boolean {
  if (last - first < 2 * (fewestLines - 1)) return false;
  let frames = 0;
  let others = 0;
  for (let index = first; index <= last; index += 2) {
    const line = lines[index];
    if (line === undefined) continue;
    if (frameStartAt(text, line.start, line.end) !== null) frames++;
    else if (frames > 0) others++;
  }
  return frames >= 2 && others > 0;
}

function without(line: Line | undefined): Edit[] {
  return line === undefined ? [] : [edit(line.start, line.end + 1, "")];
}
