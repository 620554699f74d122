import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** A frame that begins inside a line, behind the end of another: the paragraph was filled by an editor or a tracker. */
const inner =
  /(?<=:\d{1,7}|\)|\.so[.\d]{0,16}|>|(?=[ \t]+#0[ \t]))[ \t]+(?=#(\d{1,7})(?:[ \t]*$|[ \t]+(?:0x[0-9a-f]{4,16}(?: in\b|[ \t]*$)|<signal handler|[\w~:$.]{1,256} ?\()))/g;

/** Puts every frame on a line of its own again, where its level is the next one. */
export function reflow(view: View): Edit[] {
  const { text } = view;
  const edits: Edit[] = [];
  if (!/\S[ \t]+#\d/.test(text)) return edits;
  let level = Number.NaN;
  for (const { start, end } of linesOf(text)) {
    level = frameStartAt(text, start, end)?.level ?? level;
    if (!text.slice(start + 1, end).includes(" #")) continue;
    for (const match of text.slice(start, end).matchAll(inner)) {
      const next = Number(match[1]);
      if (next !== level + 1 && next !== 0) continue;
      level = next;
      edits.push(edit(start + match.index, start + match.index + match[0].length, "\n"));
    }
  }
  return edits;
}
