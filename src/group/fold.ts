import { repeatedCycle } from "../text/cycle.js";

/** What is left of a list, and for each member whether repetitions of it, or of a cycle that it belongs to, were left out. */
export interface Folds {
  readonly names: string[];
  readonly repeated: boolean[];
}

/**
 * A list without its repetitions: of neighbours that are equal, and of a cycle of up to eight members that repeats, the first
 * stays. How deep a recursion went does not change what is left, but for where in its cycle it was. Throws nothing.
 */
export function folds(all: readonly string[]): Folds {
  const names: string[] = [];
  const repeated: boolean[] = [];
  for (const name of all) {
    names.push(name);
    repeated.push(false);
    const cycle = repeatedCycle(names);
    if (cycle === 0) continue;
    names.length -= cycle;
    repeated.length -= cycle;
    repeated.fill(true, repeated.length - cycle);
  }
  return { names, repeated };
}

/** {@link folds}, the names alone. */
export function folded(all: readonly string[]): string[] {
  return folds(all).names;
}
