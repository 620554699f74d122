/** Runs of at least so many numbers are written as a range. */
const worthRange = 3;

/**
 * Whole numbers in their order, runs of neighbours as one: `1`, `3-7`. For levels of a stack each is told by `mark`: `#3-#7`.
 */
export function ranges(numbers: readonly number[], mark = ""): string[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...new Set(numbers)].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run !== undefined && run.last + 1 === number) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.flatMap(({ first, last }) => {
    if (last - first + 1 >= worthRange) return [`${mark}${first}-${mark}${last}`];
    return first === last ? [`${mark}${first}`] : [`${mark}${first}`, `${mark}${last}`];
  });
}

/** The first items of a list, and how many more there are: `a, b, … 3 more`. */
export function listed(items: readonly string[], most: number): string {
  const left = items.length - most;
  return left <= 0 ? items.join(", ") : `${items.slice(0, most).join(", ")}, … ${left} more`;
}
