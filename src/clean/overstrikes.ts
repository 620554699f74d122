import { type Edit, edit, type View } from "../text/view.js";

const backspaces = /[\b]+/g;

/**
 * Does what backspaces did on the screen: each takes the character before it away (`a\ba`, `_\ba`, corrected typing).
 * Never more than stands on the line.
 */
export function overstrikes(view: View): Edit[] {
  const { text } = view;
  if (!text.includes("\b")) return [];
  const edits: Edit[] = [];
  let floor = 0;
  for (const { index, 0: found } of text.matchAll(backspaces)) {
    const struck = text.slice(Math.max(floor, index - found.length), index);
    const start = index - struck.length + struck.lastIndexOf("\n") + 1;
    edits.push(edit(start, index + found.length, ""));
    floor = index + found.length;
  }
  return edits;
}
