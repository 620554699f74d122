/** A longer cycle that repeats counts as it is. */
export const longestCycle = 8;

/**
 * The length of the shortest cycle, of up to {@link longestCycle} members, with which a list ends twice; 0 for none. Never
 * throws.
 */
export function repeatedCycle(names: readonly string[]): number {
  for (let length = 1; length <= longestCycle && 2 * length <= names.length; length++) {
    const end = names.length;
    let same = 0;
    while (same < length && names[end - 1 - same] === names[end - 1 - same - length]) same++;
    if (same === length) return length;
  }
  return 0;
}
