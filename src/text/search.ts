/**
 * The last of `count` places, which ascend from the first on, that is not after `value`; the first where all are. Of
 * equal ones the last.
 * @param placeOf the place with an index
 */
export function lastNotAfter(count: number, placeOf: (index: number) => number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (placeOf(middle) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
