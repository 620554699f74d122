import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** What a counter looks like while it runs: a percentage, a bar, dots at the end. */
const running = /\d ?%|\[[#=>. -]{3,}\]|(?:\.{3}|…)\s*$/;

/**
 * Takes the earlier states of a progress line out: a lone `\r` put the next one over it (`Downloading…\rDownloading…\r#0`).
 * Everything else that a lone `\r` ends is a line; a state is told by a counter, or by its likeness to the next one.
 */
export function progress(view: View): Edit[] {
  const { text } = view;
  if (!/\r(?!\n)/.test(text)) return [];
  return [...linesOf(text)].flatMap((line) => statesOf(text, line));
}

function statesOf(text: string, { start, end }: Line): Edit[] {
  const parts = text.slice(start, text[end - 1] === "\r" ? end - 1 : end).split("\r");
  const edits: Edit[] = [];
  let at = start;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const next = at + part.length + 1;
    if (isState(part, parts[index + 1] ?? "")) edits.push(edit(at, next, ""));
    at = next;
  }
  return edits;
}

function isState(part: string, next: string): boolean {
  if (part.trim() === "" || part.length > longest || /#\d|0x/.test(part)) return false;
  return running.test(part) || (/\d/.test(part) && shapeOf(part) === shapeOf(next));
}

/** No screen is wider. */
const longest = 512;

function shapeOf(part: string): string {
  return part.slice(0, longest).replace(/\d+/g, "0").trim();
}
