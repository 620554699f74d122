import { type Edit, edit, type View } from "../text/view.js";

/** CR, form feed, vertical tab, NEL, LINE and PARAGRAPH SEPARATOR. */
const odd = /\r\n?|[\f\v\x85\u2028\u2029]/g;

/** Makes every line end (`\r\n`, `\n`, a lone `\r` and the rarer ones) a `\n`. */
export function lineEnds(view: View): Edit[] {
  const { text } = view;
  return Array.from(text.matchAll(odd)).flatMap(({ index, 0: found }) => {
    const end = index + found.length;
    if (found === "\r\n") return [edit(index, index + 1, "")];
    if (found === "\x85" && isEllipsis(text, index)) return [edit(index, end, "...")];
    return [edit(index, end, hasNeighbour(text, index, found) ? "" : "\n")];
  });
}

/** Where Windows' code page was taken for Latin-1, an ellipsis has the number of NEL. */
function isEllipsis(text: string, at: number): boolean {
  return /[=("\w]/.test(text[at - 1] ?? "") && /[),]/.test(text[at + 1] ?? "");
}

/** A form feed beside a line end is no second one. */
function hasNeighbour(text: string, at: number, found: string): boolean {
  return !found.startsWith("\r") && (text[at - 1] === "\n" || /[\r\n]/.test(text[at + 1] ?? ""));
}
