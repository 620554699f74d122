/** Wraps a line at blanks as mail programs do: longer words stand, the blank at the break is gone. */
export function wrapWords(line: string, width: number): string[] {
  const lines: string[] = [];
  let current: string | null = null;
  for (const word of line.split(/(?<=\S)\s+(?=\S)/)) {
    const longer: string = current === null ? word : `${current} ${word}`;
    if (current !== null && longer.length > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current ?? ""];
}

/** Breaks a line every `width` characters, as a terminal does. */
export function breakAt(line: string, width: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < line.length || at === 0; at += width) pieces.push(line.slice(at, at + width));
  return pieces;
}
