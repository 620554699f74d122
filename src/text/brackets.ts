import { operatorAt } from "./operators.js";

const closing: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
  [">", "<"],
]);
const openings = new Set(closing.values());
/** A character as an argument of a template. */
const character = /'\\?.'/y;

/**
 * For each offset at which a bracket of a function's name opens, the offset at which it closes; 0 elsewhere, and for a
 * bracket that is never closed. `operator<`, `->` and `'('` are none. Takes time in proportion to the text.
 */
export function pairsIn(text: string): Int32Array {
  const pairs = new Int32Array(text.length);
  const open: number[] = [];
  const depth = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const symbol = operatorAt(text, at);
    if (symbol !== null) at += symbol.length;
    const sign = text[at] ?? "";
    if (openings.has(sign)) {
      open.push(at);
      depth.set(sign, (depth.get(sign) ?? 0) + 1);
      continue;
    }
    const opening = closing.get(sign);
    if (opening !== undefined && !(sign === ">" && text[at - 1] === "-")) close(opening, at);
    else if (sign === "'") at += lengthOfCharacter(text, at);
  }
  return pairs;

  /** Brackets that were opened in between are none: `<` may be an operator. */
  function close(opening: string, at: number): void {
    if ((depth.get(opening) ?? 0) === 0 || (opening === "<" && text[open.at(-1) ?? 0] === "(")) return;
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      const sign = text[last] ?? "";
      depth.set(sign, (depth.get(sign) ?? 1) - 1);
      if (sign !== opening) continue;
      pairs[last] = at;
      return;
    }
  }
}

function lengthOfCharacter(text: string, at: number): number {
  character.lastIndex = at;
  return Math.max(0, (character.exec(text)?.[0].length ?? 0) - 1);
}
