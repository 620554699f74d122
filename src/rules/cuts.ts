import type { Cut, FrameReference } from "../model/report.js";
import type { CompiledCut, CompiledRemark } from "./compile.js";
import type { Test } from "./condition.js";
import { fill, type MessageData } from "./message.js";
import type { ThreadStack } from "./stack.js";

/** The frames of a finding at which a fix can go. */
export type Places = Readonly<Record<NonNullable<CompiledCut["at"]>, FrameReference | null>>;

/**
 * Where a fix can go, the best first: what has the most for it and the least against it, then in the rule's order.
 * @param frames the indices of the judged frames; a fix at one frame covers those that it calls
 */
export function cutsOf(
  cuts: readonly CompiledCut[],
  places: Places,
  frames: readonly number[],
  stack: ThreadStack,
  holds: (test: Test) => boolean,
  data: MessageData,
): Cut[] {
  const said = (remarks: readonly CompiledRemark[]): string[] =>
    remarks.filter(({ test }) => test === null || holds(test)).map(({ text }) => fill(text, data));
  const levels = frames.flatMap((index) => stack.frames[index]?.level ?? []);
  const found = cuts.flatMap(({ kind, at: where, text, pros, cons }): Cut[] => {
    const at = where === null ? null : places[where];
    if (where !== null && at === null) return [];
    const covers = levels.filter((level) => at === null || level < at.level);
    return [{ kind, at, text: fill(text, data), for: said(pros), against: said(cons), covers }];
  });
  return found.toSorted((one, other) => balance(other) - balance(one));
}

function balance({ for: pros, against: cons }: Cut): number {
  return pros.length - cons.length;
}
