/** A text as RFC 2045 encodes it for mail: lines of at most 76 characters, `=` and all that is not ASCII as bytes. */
export function asQuotedPrintable(text: string, lineEnd = "\n"): string {
  return text
    .split("\n")
    .flatMap((line) => broken(encoded(line), 75))
    .join(lineEnd);
}

function encoded(line: string): string[] {
  const units = [...line].map((character, index, all) =>
    /[!-<>-~]/.test(character) || (/[ \t]/.test(character) && index < all.length - 1)
      ? character
      : bytesOf(character),
  );
  return units;
}

function bytesOf(character: string): string {
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
}

function broken(units: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const unit of units) {
    if (current.length + unit.length > width) {
      lines.push(`${current}=`);
      current = "";
    }
    current += unit;
  }
  return [...lines, current];
}
