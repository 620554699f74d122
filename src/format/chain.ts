import { shorten, width } from "./width.js";

const arrow = " → ";
/** Names of a chain that are looked at: more do not fit into a line. */
const mostNames = 40;

/** What is called from what, in one line of at most `columns`: as many of the first names as fit, and the last one. */
export function chain(names: readonly string[], columns: number): string {
  const last = names.at(-1);
  if (last === undefined) return "";
  for (let shown = Math.min(names.length - 1, mostNames); shown > 0; shown--) {
    const text = withFold(names, shown, last);
    if (width(text) <= columns) return text;
  }
  return shorten(names.length === 1 ? last : withFold(names, 1, last), columns);
}

function withFold(names: readonly string[], shown: number, last: string): string {
  const hidden = names.length - shown - 1;
  return [...names.slice(0, shown), ...(hidden === 0 ? [] : [`… ${hidden} …`]), last].join(arrow);
}
