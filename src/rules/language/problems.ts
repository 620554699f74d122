import { nearest } from "../../text/nearest.js";

/** Where in data something stands: keys of maps, indices of lists. */
export type DataPath = readonly PropertyKey[];

/** Something that is wrong with a file of the user's, and where in it. */
export interface PackProblem {
  readonly path: DataPath;
  readonly message: string;
  /** A word that is none of those that may stand there. */
  readonly meant?: { readonly word: string; readonly among: Iterable<string> } | undefined;
}

/** To look for the nearest word takes time: hostile files have many wrong ones, and many right ones. */
export const mostHints = 100;
/** Nobody reads more; to find the places of all takes the square of their number. */
const mostTold = 1000;
const mostWords = 5000;
const longestWord = 100;

/** A path as one word, to look it up. */
export function pathKey(path: DataPath): string {
  return path.map(String).join("\0");
}

/** One line for each problem, with the place that `placeOf` gives it and the word that was probably meant; of thousands the first. */
export function toldProblems(
  problems: readonly PackProblem[],
  placeOf: (path: DataPath) => string,
): readonly string[] {
  const told = problems
    .slice(0, mostTold)
    .map(
      ({ path, message, meant }, index) =>
        `${placeOf(path)}: ${message}${index < mostHints ? hintFor(meant) : ""}`,
    );
  const left = problems.length - told.length;
  return left === 0 ? told : [...told, `${placeOf([])}: there are ${left} more problems`];
}

function hintFor(meant: PackProblem["meant"]): string {
  if (meant === undefined || meant.word.length > longestWord) return "";
  const words = [...meant.among];
  const word = words.length > mostWords ? undefined : nearest(meant.word, words);
  return word === undefined ? "" : `; did you mean \`${word}\`?`;
}
