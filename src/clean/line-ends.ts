import { type Edit, edit, type View } from "../text/view.js";

/** Makes every line end (`\r\n`, `\n`, a lone `\r`) a `\n`. */
export function lineEnds(view: View): Edit[] {
  const edits: Edit[] = [];
  const { text } = view;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1)) {
    edits.push(edit(at, at + 1, text[at + 1] === "\n" ? "" : "\n"));
  }
  return edits;
}
