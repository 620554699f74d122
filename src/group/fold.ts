/** A longer cycle that repeats counts as it is. */
const longestCycle = 8;

/**
 * A list without its repetitions: of neighbours that are equal, and of a cycle of up to eight members that repeats, the first
 * stays. How deep a recursion went does not change what is left, but for where in its cycle it was.
 */
export function folded(names: readonly string[]): string[] {
  const kept: string[] = [];
  for (const name of names) {
    kept.push(name);
    const cycle = repeatedCycle(kept);
    if (cycle > 0) kept.length -= cycle;
  }
  return kept;
}

/** The length of the shortest cycle that the end of the list holds twice; 0 for none. */
function repeatedCycle(names: readonly string[]): number {
  for (let length = 1; length <= longestCycle && 2 * length <= names.length; length++) {
    const end = names.length;
    let same = 0;
    while (same < length && names[end - 1 - same] === names[end - 1 - same - length]) same++;
    if (same === length) return length;
  }
  return 0;
}
