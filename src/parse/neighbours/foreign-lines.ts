import type { Line } from "../../text/lines.js";

/** So many empty lines are passed over: an archive of a mailing list may put them between all lines. */
const mostEmpty = 2;

/** The line that begins at `start`, or null behind the text's end. Offsets are UTF-16 units. Never throws. */
export function lineAt(text: string, start: number): Line | null {
  if (start > text.length) return null;
  const end = text.indexOf("\n", start);
  return { start, end: end === -1 ? text.length : end };
}

/** The words of the next line below one, past a few empty ones; empty where there is none. Never throws. */
export function wordsBelow(text: string, above: Line): string {
  let line = lineAt(text, above.end + 1);
  for (let empty = 0; line !== null && empty <= mostEmpty; empty++) {
    const words = text.slice(line.start, line.end);
    if (words.trim() !== "") return words;
    line = lineAt(text, line.end + 1);
  }
  return "";
}
