import type { Signal } from "../../model/trace.js";
import { signalName } from "../../text/signals.js";

/** So many lines above and below a list are looked at for a signal: handlers print their message right beside it. */
export const lookAround = 6;

/** A handler that prints a stack calls so few functions for it: the place where the signal came is no further out. */
export const farthestDelivery = 4;

const named = /\b(SIG(?:SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS|QUIT))\b/;
/** `signal 11`, `signal: 11`, `Signal: Segmentation fault (11)`, `caught signal 11 (Segmentation fault)` */
const numbered = /\bsignal(?: number)?:? {1,4}(?:[A-Z][A-Za-z ]{1,40}\()?(\d{1,2})\b/i;

/** The last signal that the lines beside a stack tell of, in the words of programs' own handlers; null for none. Never throws. */
export function signalIn(lines: readonly string[]): Signal | null {
  const found = lines.flatMap((line) => {
    const short = line.slice(0, 512);
    const name = named.exec(short)?.[1] ?? signalName(numbered.exec(short)?.[1] ?? "");
    if (name !== null) return [name];
    return /\bSegmentation fault\b/.test(short) ? ["SIGSEGV"] : [];
  });
  const name = found.at(-1);
  return name === undefined ? null : { name, description: null };
}
