import { nearest } from "../text/nearest.js";

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
const mostHints = 100;
const mostWords = 5000;
const longestWord = 100;

/** One line for each problem, with the place that `placeOf` gives it and the word that was probably meant. */
export function toldProblems(
  problems: readonly PackProblem[],
  placeOf: (path: DataPath) => string,
): readonly string[] {
  return problems.map(
    ({ path, message, meant }, index) =>
      `${placeOf(path)}: ${message}${index < mostHints ? hintFor(meant) : ""}`,
  );
}

function hintFor(meant: PackProblem["meant"]): string {
  if (meant === undefined || meant.word.length > longestWord) return "";
  const words = [...meant.among];
  const word = words.length > mostWords ? undefined : nearest(meant.word, words);
  return word === undefined ? "" : `; did you mean \`${word}\`?`;
}
