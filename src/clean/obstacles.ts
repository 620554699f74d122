import type { Edit, View } from "../text/view.js";
import { ansi } from "./ansi.js";
import { blanks } from "./blanks.js";
import { diff } from "./diff.js";
import { lineEnds } from "./line-ends.js";
import { paging } from "./paging.js";
import { quote } from "./quote.js";
import { reflow } from "./reflow.js";
import { rewrap } from "./rewrap.js";
import { rewrapAssertion } from "./rewrap-assertion.js";

/** Finds one kind of damage in a view and says how to undo it. */
export type Obstacle = (view: View) => Edit[];

/** In the order in which they are undone: what the last hand did to the text comes first. */
export const obstacles: readonly Obstacle[] = [
  ansi,
  lineEnds,
  blanks,
  quote,
  diff,
  paging,
  reflow,
  rewrap,
  rewrapAssertion,
];
