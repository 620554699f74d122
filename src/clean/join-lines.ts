import type { Line } from "../text/lines.js";
import { type Doubt, type Edit, edit } from "../text/view.js";
import type { Joint } from "./joint.js";

/**
 * Joins a line with the one above it that it goes on with. Blanks on either side of the break stand for one.
 * @param jointOf what stands in the place of a break without blanks, going by the words on either side
 * @param eitherWay what is to be said where nothing tells
 */
export function joinLines(
  text: string,
  above: Line,
  line: Line,
  jointOf: (before: string, words: string) => Joint,
  eitherWay: Doubt,
): Edit {
  const before = text.slice(above.start, above.end).trimEnd();
  const words = text.slice(line.start, line.end).trimStart();
  const from = above.start + before.length;
  const to = line.end - words.length;
  const joint = from < above.end || to > line.start ? "blank" : jointOf(before, words.trimEnd());
  if (joint === "unknown") return edit(from, to, " ", eitherWay);
  return edit(from, to, joint === "blank" ? " " : "");
}
