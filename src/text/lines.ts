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
