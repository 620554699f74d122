import type { PathStep } from "../model/report.js";
import { functionPath } from "../text/function-path.js";

/** Stands for a function without a name. */
export const unnamed = "??";

/** What stays the same of the functions of a path, whoever built and printed them, in the path's order. Throws nothing. */
export function pathNames(path: readonly PathStep[]): string[] {
  return path.map(({ function: name }) => (name === null ? unnamed : functionPath(name)));
}
