import { reader } from "../generated/condition.js";
import { type Expression, partsOf } from "./expression.js";

/** Longer or deeper conditions are not written by people; the bounds keep the parser's recursion and its time small. */
const longest = 4096;
const deepest = 100;
const deepestTree = 256;

const readWhole = reader({ startRule: "Condition" });

/**
 * Reads the text of a C condition. Returns null where it is not understood (statement expressions, assignments, types
 * as arguments of macros, damaged text) or is longer than 4096 UTF-16 units or nested too deeply. Never throws.
 * The text must be whole: the first part of a longer condition may read as another condition.
 */
export function readCondition(text: string): Expression | null {
  if (text.length > longest || nesting(text) > deepest) return null;
  const expression = readWhole(text);
  return expression !== null && isShallow(expression) ? expression : null;
}

/** The depth of brackets outside literals; `?` and `<`, which may open a nesting that no bracket closes, count for good. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== null) {
      if (character === "\\") at += 1;
      else if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if ("([{?<".includes(character)) most = Math.max(most, ++depth);
    else if (")]}".includes(character)) depth -= 1;
  }
  return most;
}

/** Whether functions that recurse over the expression are safe: long chains of operators nest without brackets. */
function isShallow(root: Expression): boolean {
  let level: readonly Expression[] = [root];
  for (let depth = 0; depth < deepestTree; depth += 1) {
    if (level.length === 0) return true;
    level = level.flatMap(partsOf);
  }
  return false;
}
