import { between, readC } from "../../src/source/c-source.js";
import type { Marks } from "../../src/source/depths.js";

export const marks: Marks = {
  begin: new Set(["open_it", "open_more"]),
  end: new Set(["close_it"]),
  guards: new Set(["GUARD", "WITH_GUARD"]),
};

/** Lines of C that say of themselves, behind `//`, what is open there. */
export interface Said {
  readonly line: number;
  readonly text: string;
  readonly said: string;
}

/** The lines that end with `//` and a word: `sure`, `maybe` or `no`. */
export function linesThatSay(text: string): Said[] {
  return text.split("\n").flatMap((line, index) => {
    const [, code = "", said] = /^(.*) \/\/ (sure|maybe|no)$/.exec(line) ?? [];
    return said === undefined ? [] : [{ line: index + 1, text: code.trim(), said }];
  });
}

/** What is open at a line of the function `f`: `sure`, `maybe` or `no`. */
export function openAt(text: string, line: number, more: Partial<Marks> = {}): string {
  const found = between(readC(text), { line, function: "f", calling: true }, { ...marks, ...more });
  return found === null ? "no" : found.sure ? "sure" : "maybe";
}
