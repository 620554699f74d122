import { type Line, lineAt } from "../../text/lines.js";

/** So many empty lines are passed over: an archive of a mailing list may put them between all lines. */
export const mostEmpty = 2;

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
