import { type Edit, replacing, type View } from "../text/view.js";

/** Blanks that web pages, mailers and word processors put in the place of plain ones. */
const wide = "\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";
/** Characters without any width: breaks, marks of direction, soft hyphens, byte order marks of joined files. */
const without = "\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
const odd = new RegExp(`[${wide}]|[${without}]+`, "g");
const any = new RegExp(`[${wide}${without}]`);
const isWide = new RegExp(`[${wide}]`);

/** Makes no-break spaces and their like blanks and takes zero-width characters out. */
export function blanks(view: View): Edit[] {
  if (!any.test(view.text)) return [];
  return replacing(view.text.matchAll(odd), (found) => (isWide.test(found) ? " " : ""));
}
