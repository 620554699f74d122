import type { RawRange } from "../text/span.js";
import { type Doubt, View } from "../text/view.js";
import { obstacles } from "./obstacles.js";

/** A text that was cleaned. */
export interface Cleaned {
  /** One line a frame, line ends `\n`. */
  readonly view: View;
  /** The decisions that the text does not settle, each with the raw stretch that it is about. */
  readonly doubts: readonly (Doubt & { readonly range: RawRange })[];
}

/** The text without what stands between the reader and gdb's own lines. Throws nothing. */
export function clean(raw: string): Cleaned {
  let view = View.of(raw);
  const doubts: (Doubt & { range: RawRange })[] = [];
  for (const obstacle of obstacles) {
    const edits = obstacle(view);
    for (const { start, end, doubt } of edits) {
      if (doubt !== undefined) doubts.push({ ...doubt, range: view.toRaw({ start, end }) });
    }
    view = view.edit(edits);
  }
  return { view, doubts };
}
