import { View } from "../text/view.js";
import { obstacles } from "./obstacles.js";

/** The text without what stands between the reader and gdb's own lines: one line a frame, line ends `\n`. */
export function clean(raw: string): View {
  return obstacles.reduce((view, obstacle) => view.edit(obstacle(view)), View.of(raw));
}
