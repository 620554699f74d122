/** Milliseconds: what is small enough to be read is good enough. */
const patience = 8000;

/** The smallest input found, by leaving out pieces of `input`, for which `fails` still holds. */
export function minimized(input: string, fails: (input: string) => boolean): string {
  const end = performance.now() + patience;
  let smallest = input;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && performance.now() < end; ) {
      const smaller = smallest.slice(0, at) + smallest.slice(at + size);
      if (fails(smaller)) smallest = smaller;
      else at += size;
    }
  }
  return smallest;
}
