import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, replacing, type View } from "../text/view.js";

/** Marks between two arguments, or in front of a place: gdb prints no `>` there. */
const inner =
  /(?<=, |\) |[a-z(] |\()(?:> ?){1,8}(?=[\w$]{1,64}(?:@entry)?=[^=\s]|(?:at|from) \S)|(?<=\b(?:at|from) )(?:> ?){1,8}(?=[./\w])/g;

/**
 * Takes quote marks out of the middle of frames: a mailer filled the lines of a quote anew (`>> #4 f (a=1, > b=2)`), or a
 * quoted line was joined with its mark.
 */
export function innerMarks(view: View): Edit[] {
  const { text } = view;
  if (!/[,)(a-z] ?>/.test(text)) return [];
  const edits: Edit[] = [];
  for (const { start, end } of linesOf(text)) {
    if (frameStartAt(text, start, end) === null) continue;
    for (const mark of replacing(text.slice(start, end).matchAll(inner), "", start)) edits.push(mark);
  }
  return edits;
}
