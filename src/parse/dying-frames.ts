import type { Frame } from "../model/trace.js";
import { canonicalName } from "../text/names.js";

/** A stack without one of these may be of any other moment. */
const dying = /^_*(?:abort|raise|gsignal|pthread_kill\w*|kill)$|assert|panic/;

/** Whether a frame is one of those in which a program ends itself. Never throws. */
export function isDying({ function: name }: Pick<Frame, "function">): boolean {
  return dying.test(bareName(name) ?? "");
}

/**
 * `int ns::f(T) [with T = int]`, `ns::f<int>` and `f.part.0` without what compilers say around the name; null for null. Never
 * throws.
 */
export function bareName(name: string | null): string | null {
  if (name === null) return null;
  const [head = ""] = canonicalName(name).split(/[(<]/);
  return head.slice(head.lastIndexOf(" ") + 1);
}

/** The frame that called those in which a thread ends itself; undefined where it has none of them, or shows no caller. */
export function callerOfDying(frames: readonly Frame[]): Frame | undefined {
  const last = frames.findLastIndex(isDying);
  return last === -1 ? undefined : frames[last + 1];
}
