/**
 * What must not reach a terminal as it is: control characters (C0, DEL, C1: colours, cursor moves, line ends), marks
 * and overrides of writing direction, line and paragraph separators, the byte order mark, halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return (
    named[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`)
  );
}

/** Any text as one line that is safe to print: what a terminal would obey becomes an escape that can be seen. */
export function visible(text: string): string {
  return text.replace(unsafe, escaped);
}

/** JSON text, whose line ends are its own, with the same characters as JSON escapes: it stays the same value. */
export function visibleJson(json: string): string {
  return json.replace(unsafe, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
