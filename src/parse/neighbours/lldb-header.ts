import { type Line, lineAt } from "../../text/lines.js";
import { parseLldbThread } from "./lldb-line.js";
import type { LldbThreadNode } from "./lldb-nodes.js";

/** A mailer breaks a header into so many lines at the most. */
const mostLines = 4;

const threadStart = /^[ \t]*(?:\*[ \t]+)?(?:thread #\d|\d{1,7} thread\(s\) #\d)/;
const frameStart = /^[ \t]*(?:\*[ \t]+)?frame #\d/;
/** What is no part of a header. */
const other = /^[ \t]*(?:\(lldb\)|Process \d|$)/;

/**
 * Reads the line of a view as what lldb prints above the frames of a thread, with the lines below it that a mailer's margin
 * made of its end: nothing else stands between a header and its first frame. Null for everything else. Never throws.
 */
export function lldbHeaderAt(text: string, { start, end }: Line): LldbThreadNode | null {
  const first = text.slice(start, end);
  if (!threadStart.test(first)) return null;
  return parseLldbThread(wholeHeader(text, first, end)) ?? parseLldbThread(first);
}

function wholeHeader(text: string, first: string, end: number): string {
  let whole = first.trimEnd();
  let line = lineAt(text, end + 1);
  for (let count = 1; line !== null && count <= mostLines; count++) {
    const words = text.slice(line.start, line.end);
    if (frameStart.test(words)) return whole;
    if (threadStart.test(words) || other.test(words)) break;
    whole += ` ${words.trim()}`;
    line = lineAt(text, line.end + 1);
  }
  return first;
}
