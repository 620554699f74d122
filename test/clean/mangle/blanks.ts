/** Every second blank of a run made one that does not break, as HTML editors do. */
export function withNoBreakSpaces(text: string): string {
  return text.replaceAll("  ", "\u00a0 ");
}

/** A byte order mark in front of every line: files with one each were joined. */
export function withByteOrderMarks(text: string): string {
  return text.replace(/^(?=.)/gm, "\ufeff");
}

/** A tab behind every level. */
export function withTabs(text: string): string {
  return text.replace(/^(#\d+) +/gm, "$1\t");
}
