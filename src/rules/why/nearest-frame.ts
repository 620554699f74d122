import { compileCondition } from "../condition.js";
import type { Condition } from "../language/when.js";
import type { ThreadStack } from "../stack.js";
import { conditionOf, conjunctsOf } from "./conjuncts.js";

/**
 * The frame that is nearest to a condition: of those between two indices (the second excluded) the one where most of its parts
 * hold, the innermost of equals. Null where no frame has anything of it but what the condition denies. Linear in the frames.
 */
export function nearestFrame(
  condition: Condition,
  stack: ThreadStack,
  [from, to]: readonly [number, number],
): number | null {
  const scores = new Uint16Array(stack.length);
  const positive = new Uint8Array(stack.length);
  for (const part of conjunctsOf(condition)) {
    const holds = compileCondition(conditionOf(part)).holds(stack);
    for (let index = from; index < to; index++) {
      if (holds[index] !== 1) continue;
      scores[index] = (scores[index] ?? 0) + 1;
      if (part.kind !== "not" && part.kind !== "fact") positive[index] = 1;
    }
  }
  let best: number | null = null;
  for (let index = from; index < to; index++)
    if (positive[index] === 1 && (best === null || (scores[index] ?? 0) > (scores[best] ?? 0))) best = index;
  return best;
}
