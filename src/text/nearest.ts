import { closestMatch } from "leven";

/** The candidate that was probably meant, or undefined: a slip of a letter or two, more in a long word. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const starting = candidates.filter((candidate) => lower.length > 1 && candidate.startsWith(lower));
  if (starting.length === 1) return starting[0];
  const slips = word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return closestMatch(lower, candidates, { maxDistance: slips });
}

/** `; did you mean WORD?` with `before` set before the word, or nothing. */
export function didYouMean(word: string, candidates: readonly string[], before = ""): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? "" : `; did you mean ${before}${meant}?`;
}
