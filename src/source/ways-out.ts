import type { Tokens } from "./body-tokens.js";

/** Ends of a way, from the C library, GLib and gcc. */
const noReturn = new Set([
  "abort",
  "exit",
  "_exit",
  "_Exit",
  "quick_exit",
  "longjmp",
  "siglongjmp",
  "g_assert_not_reached",
  "__builtin_unreachable",
  "__builtin_trap",
]);
const returns = new Set(["return", "co_return", "throw"]);
const jumps = new Set(["break", "continue", "goto"]);

/** Whether nothing comes behind a statement without statements of its own, the tokens from `from` up to `end`. */
export function endsWay(tokens: Tokens, from: number, end: number): boolean {
  if (returns.has(tokens.text(from))) return true;
  const called = noReturn.has(tokens.text(from)) && tokens.text(from + 1) === "(";
  return called && tokens.pair(from + 1) === end - 2;
}

/** Whether a jump stands within such a statement: in a statement expression, in a function without a name. */
export function jumpsWithin(tokens: Tokens, from: number, end: number): boolean {
  for (let at = from + 1; at < end; at++) if (jumps.has(tokens.text(at))) return true;
  return false;
}
