import { type Edit, edit, type View } from "../text/view.js";

/** Blanks that web pages and mailers put in the place of plain ones, and characters without any width. */
const odd = /[\u00a0\u2007\u202f]|[\u200b\u2060\ufeff]+/g;

/** Makes no-break spaces blanks and takes zero-width characters out. */
export function blanks(view: View): Edit[] {
  return Array.from(view.text.matchAll(odd), ({ index, 0: found }) =>
    edit(index, index + found.length, /[\u200b\u2060\ufeff]/.test(found) ? "" : " "),
  );
}
