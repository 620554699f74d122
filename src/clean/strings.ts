/** A string as gdb prints it; one that does not end on its line goes to the end of it. */
const string = /"(?:[^"\\\n]|\\[^\n])*(?:"|\\?$|(?=\n))/gm;

/**
 * The matches of `pattern` (global) in `text` that do not begin inside a C string: what a program printed or held is not
 * damage. In order.
 */
export function matchesOutsideStrings(text: string, pattern: RegExp): RegExpExecArray[] {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0 || !text.includes('"')) return found;
  const strings = [...text.matchAll(string)];
  let next = 0;
  return found.filter(({ index }) => {
    while (endOf(strings[next]) <= index) next++;
    return index <= (strings[next]?.index ?? Number.POSITIVE_INFINITY);
  });
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? Number.POSITIVE_INFINITY : match.index + match[0].length;
}
