import { type FrameStart, frameStartAt } from "../text/frame-start.js";
import { type Line, linesOf } from "../text/lines.js";
import { type Doubt, type Edit, edit, replacing, type View } from "../text/view.js";

const doubt: Doubt = {
  code: "eaten-frame",
  message: "a level without a frame was read as <signal handler called>: archives take it for a tag",
};
/** A blank that stood before a marker: gdb puts none in front of `,` and `)`. */
const left = /(?<=[=( ](?:0x[\da-f]{1,16}|@0x[\da-f]{1,16}:)) +(?=[,)](?: |$))/g;

/**
 * What is left where an archive took `<…>` for a tag: `begin=0x2 ,` was `begin=0x2 <main+4>,`, and a level alone between
 * its neighbours was gdb's mark of a signal handler. Empty values and names stay so: the grammar reads them.
 */
export function eatenMarkers(view: View): Edit[] {
  const { text } = view;
  if (!/#\d{1,7}[ \t]*\n|[\da-f:] +[,)]/.test(text)) return [];
  const edits: Edit[] = [];
  let before: FrameStart | null = null;
  let alone: { readonly line: Line; readonly level: number } | null = null;
  for (const line of linesOf(text)) {
    const start = frameStartAt(text, line.start, line.end);
    if (start === null) {
      alone = null;
      continue;
    }
    const content = text.slice(start.hash, line.end);
    if (isAlone(content)) {
      alone = before?.level === start.level - 1 ? { line, level: start.level } : null;
      before = null;
      continue;
    }
    if (alone !== null && start.level === alone.level + 1) edits.push(handler(text, alone.line));
    alone = null;
    for (const blanks of leftBlanks(content, start.hash)) edits.push(blanks);
    before = start;
  }
  return edits;
}

function isAlone(content: string): boolean {
  return /^#\d{1,7}[ \t]*$/.test(content);
}

function handler(text: string, { start, end }: Line): Edit {
  const words = start + text.slice(start, end).trimEnd().length;
  return edit(words, end, "  <signal handler called>", doubt);
}

function leftBlanks(content: string, base: number): Edit[] {
  if (!/[\da-f:] +[,)]/.test(content)) return [];
  return replacing(content.matchAll(left), "", base);
}
