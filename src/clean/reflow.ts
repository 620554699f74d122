import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/**
 * A frame that begins inside a line, behind the end of another (the paragraph was filled by an editor or a tracker), or
 * behind the note on a thread (old gdb ended it without a line end). Runs of blanks are bounded: they may be a megabyte.
 */
const inner =
  /(?:(?<=:\d{1,7}|\)|\.so[.\d]{0,16}|>|(?=[ \t]{1,16}#0[ \t]))[ \t]{1,16}|(?<=\)\)?\]))(?=#(\d{1,7})(?:[ \t]*$|[ \t]{1,4}(?:0x[0-9a-f]{4,16}(?: in\b|[ \t]*$)|<signal handler|[\w~:$.]{1,256} ?\()))/g;

/** Puts every frame on a line of its own again, where its level is the next one. */
export function reflow(view: View): Edit[] {
  const { text } = view;
  const edits: Edit[] = [];
  if (!/\S[ \t]{1,16}#\d|\]#\d/.test(text)) return edits;
  let level = Number.NaN;
  for (const { start, end } of linesOf(text)) {
    level = frameStartAt(text, start, end)?.level ?? level;
    const line = text.slice(start, end);
    if (line.lastIndexOf("#") <= 0) continue;
    for (const match of line.matchAll(inner)) {
      const next = Number(match[1]);
      if (next !== level + 1 && next !== 0) continue;
      level = next;
      edits.push(edit(start + match.index, start + match.index + match[0].length, "\n"));
    }
  }
  return edits;
}
