import type { RawRange } from "../text/span.js";
import { type Doubt, rawOffset, View } from "../text/view.js";
import { partsOf } from "./intact.js";
import { obstacles } from "./obstacles.js";

/** A text that was cleaned. */
export interface Cleaned {
  /** One line a frame, line ends `\n`. */
  readonly view: View;
  /** The decisions that the text does not settle. */
  readonly doubts: readonly RangedDoubt[];
}

/** A doubt, and the raw stretch that it is about. */
type RangedDoubt = Doubt & { readonly range: RawRange };

/** The text without what stands between the reader and gdb's own lines. Throws nothing. */
export function clean(raw: string): Cleaned {
  const cleaned = partsOf(raw).map(({ start, end, intact }) => {
    const text = raw.slice(start, end);
    return { start, ...(intact ? { view: View.of(text), doubts: [] } : cleanPart(text)) };
  });
  const [only] = cleaned;
  if (only !== undefined && cleaned.length === 1) return only;
  return {
    view: View.joined(cleaned.map(({ start, view }) => ({ view, raw: start }))),
    doubts: cleaned.flatMap(({ start, doubts }) => doubts.map((doubt) => movedBy(start, doubt))),
  };
}

/** The same of a part that no other part tells anything of. */
export function cleanPart(raw: string): Cleaned {
  let view = View.of(raw);
  const doubts: RangedDoubt[] = [];
  for (const obstacle of obstacles) {
    const edits = obstacle(view);
    for (const { start, end, doubt } of edits) {
      if (doubt !== undefined) doubts.push({ ...doubt, range: view.toRaw({ start, end }) });
    }
    view = view.edit(edits);
  }
  return { view, doubts };
}

function movedBy(offset: number, doubt: RangedDoubt): RangedDoubt {
  const { start, end } = doubt.range;
  return { ...doubt, range: { start: rawOffset(start + offset), end: rawOffset(end + offset) } };
}
