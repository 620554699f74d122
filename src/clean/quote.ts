import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** `> `, `>> `, `> > `, as deep as it goes; one blank after the last mark belongs to it. */
const marks = /[ \t]{0,3}(?:>[ \t]{0,2}(?=>))*>[ \t]?/y;

/**
 * Takes the quote marks of mail out. A frame's own depth holds for the lines that go on with it, for a wrapped C++ name
 * may itself begin with `> >`: no more marks are taken from them than its first line had.
 */
export function quote(view: View): Edit[] {
  const { text } = view;
  if (!/^[ \t]{0,3}>/m.test(text)) return [];
  const edits: Edit[] = [];
  let frameDepth: number | null = null;
  for (const { start, end } of linesOf(text)) {
    const prefix = prefixOf(text, start);
    const content = start + prefix.length;
    if (frameStartAt(text, content, end) !== null) frameDepth = depthOf(prefix);
    else if (text.slice(content, end).trim() === "") frameDepth = null;
    const taken = frameDepth === null ? prefix.length : lengthOfDepth(prefix, frameDepth);
    if (taken > 0) edits.push(edit(start, start + taken, ""));
  }
  return edits;
}

function prefixOf(text: string, start: number): string {
  marks.lastIndex = start;
  return marks.exec(text)?.[0] ?? "";
}

function depthOf(prefix: string): number {
  return prefix.split(">").length - 1;
}

/** How much of a prefix holds its first `depth` marks, with the one blank after the last. */
function lengthOfDepth(prefix: string, depth: number): number {
  if (depth >= depthOf(prefix)) return prefix.length;
  let at = 0;
  for (let found = 0; found < depth; found++) at = prefix.indexOf(">", at) + 1;
  return depth > 0 && prefix[at] === " " ? at + 1 : at;
}
