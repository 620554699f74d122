import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { matchesOutsideStrings } from "./strings.js";

/** The end of a frame or of a line below it, with the next frame right behind it. */
const border =
  /(?<=:\d{1,7}|\)|\.so[.\d]{0,16}|>|available\.|locals\.|= -?\w{1,40}|["}])#(\d{1,7})[ \t]{1,4}(?:0x[0-9a-f]{4,16}[ \t]|<signal handler|[\w~:$.<>*&]{1,200} \((?:\)|\.\.\.|[\w$]+(?:@entry)?=))/g;
const firstLevel = /^([^#]{0,160})#(\d{1,7})[ \t]/;

/** Gives back the line end between two frames that stand on one line without even a blank between them. */
export function lostLineEnds(view: View): Edit[] {
  const { text } = view;
  if (!/[^\s#]#\d{1,7}[ \t]/.test(text)) return [];
  const edits: Edit[] = [];
  let level = -1;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    const borders = matchesOutsideStrings(line, border);
    const [, before, first] = firstLevel.exec(line) ?? [];
    if (before?.length !== borders[0]?.index) level = Number(first ?? level);
    for (const { index, 1: digits } of borders) {
      const next = Number(digits);
      if (next !== 0 && next !== level + 1) continue;
      level = next;
      edits.push(edit(start + index, start + index, "\n"));
    }
  }
  return edits;
}
