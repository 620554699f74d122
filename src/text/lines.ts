/** A line of a text without its end; offsets are UTF-16 units into the text. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** The lines of a text whose line ends are all `\n`. */
export function* linesOf(text: string): Generator<Line> {
  let start = 0;
  for (;;) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    yield { start, end };
    start = end + 1;
  }
  yield { start, end: text.length };
}

/** The line that begins at `start`, or null behind the text's end. Offsets are UTF-16 units. Never throws. */
export function lineAt(text: string, start: number): Line | null {
  if (start > text.length) return null;
  const end = text.indexOf("\n", start);
  return { start, end: end === -1 ? text.length : end };
}

/** What the line below one says; empty where there is none. Never throws. */
export function lineBelow(text: string, { end }: Line): string {
  const below = lineAt(text, end + 1);
  return below === null ? "" : text.slice(below.start, below.end);
}

/** How many columns blanks and tabs take up from the start of a line on: a tab goes to the next multiple of eight. */
export function columnsOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns = blank === "\t" ? columns + 8 - (columns % 8) : columns + 1;
  return columns;
}
