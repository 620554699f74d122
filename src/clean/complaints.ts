import { complaint } from "../text/complaint.js";
import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { OpenFrame } from "./open-frame.js";

/** A frame goes on behind no more lines. */
const mostLines = 100;

/** Takes what gdb complains of while it prints an argument out of its frame, with the line end that belongs to it. */
export function complaints(view: View): Edit[] {
  const { text } = view;
  const edits: Edit[] = [];
  if (!complaint.test(text)) return edits;
  let frame: OpenFrame | null = null;
  let lines = 0;
  for (const { start, end } of linesOf(text)) {
    const begins = frameStartAt(text, start, end);
    if (begins !== null) {
      frame = new OpenFrame(begins.level);
      lines = 0;
    }
    if (frame === null) continue;
    const from = begins?.hash ?? start;
    const at = from + text.slice(from, end).search(complaint);
    const words = at < from ? end : at;
    frame.read(text, from, words, "");
    if (frame.depth === 0 || ++lines > mostLines) frame = null;
    else if (words === end) continue;
    else if (!frame.string) edits.push(edit(at, Math.min(end + 1, text.length), ""));
    else frame.read(text, at, end, "");
  }
  return edits;
}
