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

/** Never returns from a text with a semicolon. */
export function hangsAtSemicolon(text: string): void {
  while (text.includes(";"));
}
