/**
 * Throws at a text that begins with `#9 {`: too rare for blind mutations, but each character that is right runs a block
 * that the others do not.
 */
export function throwsDeepInside(text: string): void {
  if (text[0] === "#") {
    if (text[1] === "9") {
      if (text[2] === " ") {
        if (text[3] === "{") throw new Error("found");
      }
    }
  }
}

/** Takes a time that grows with the square of the number of blanks. */
export function growsWithBlanks(text: string): number {
  const blanks = [...text].filter((character) => character === " ").length;
  let sum = 0;
  for (let one = 0; one < blanks; one += 1) {
    for (let other = 0; other < blanks; other += 1) sum += one ^ other;
  }
  return sum;
}

/** Never returns from a text with a semicolon. */
export function hangsAtSemicolon(text: string): void {
  while (text.includes(";"));
}
