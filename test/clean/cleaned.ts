import { clean } from "../../src/clean/clean.js";

/** The text of a raw text when all obstacles are out of the way. */
export function cleaned(raw: string): string {
  return clean(raw).view.text;
}

/** The doubts that cleaning a text left, by their code and the raw words that they are about. */
export function doubtsOf(raw: string): [string, string][] {
  return clean(raw).doubts.map(({ code, range }) => [code, raw.slice(range.start, range.end)]);
}
