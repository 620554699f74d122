import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Doubt, type Edit, replacing, type View } from "../text/view.js";

const doubt: Doubt = {
  code: "split-path",
  message: "a blank was taken out of a path: something broke the line there",
};
/** A place at the end of a frame, and the blanks in it that no path has: behind a `/`, before the number. */
const place = /\) (?:at|from) [^\s"]{1,1024}(?: [^\s"]{1,1024}){1,8}$/;
const blank =
  /(?<=[\w.]\/) (?=[\w.])|(?<=\.\w{1,4}:) (?=\d+$)|(?<=\w) (?=\.(?:c|h|cc|cpp|cxx|hpp|rs|inc):\d+$)/g;

/** Closes paths that were broken by a blank: `at ../hw/ virtio/virtio.c:185`. Expects whole frames. */
export function splitPath(view: View): Edit[] {
  const { text } = view;
  if (!/\/ [\w.]|: \d|\w \.\w{1,3}:/.test(text)) return [];
  return [...linesOf(text)].flatMap(({ start, end }) => {
    if (frameStartAt(text, start, end) === null) return [];
    const line = text.slice(start, end).trimEnd();
    const from = line.lastIndexOf(") ");
    const found = from === -1 ? null : place.exec(line.slice(from));
    if (found === null) return [];
    return replacing(found[0].matchAll(blank), "", start + from, doubt);
  });
}
