import stringWidth from "string-width";

const ellipsis = "…";

/** The columns that a line takes on a terminal. */
export function width(text: string): number {
  return stringWidth(text);
}

/** How many units of `characters`, from the first, fit into `columns`. */
function fitting(characters: readonly string[], columns: number): number {
  let used = 0;
  for (const [index, character] of characters.entries()) {
    used += stringWidth(character);
    if (used > columns) return index;
  }
  return characters.length;
}

/** The longest start of the text that takes at most `columns`. */
function startOf(text: string, columns: number): string {
  // A character takes at most two units; what takes no column is not followed for ever.
  const characters = Array.from(text.slice(0, columns * 4));
  return characters.slice(0, fitting(characters, columns)).join("");
}

/** The longest end of the text that takes at most `columns`. */
function endOf(text: string, columns: number): string {
  const characters = Array.from(text.slice(Math.max(0, text.length - columns * 4))).reverse();
  return characters.slice(0, fitting(characters, columns)).reverse().join("");
}

function fits(text: string, columns: number): boolean {
  return text.length <= columns * 8 && stringWidth(text) <= columns;
}

/** The text in at most `columns`, cut at its end, between words where that leaves most of it. */
export function shorten(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  const start = startOf(text, Math.max(0, columns - 1));
  const blank = start.lastIndexOf(" ");
  const cut = blank > start.length * 0.6 ? start.slice(0, blank) : start;
  return `${cut.trimEnd()}${ellipsis}`;
}

/** The text in at most `columns`, cut in its middle: for names, whose ends tell them apart. */
export function shortenMiddle(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  const left = Math.max(0, columns - 1);
  const tail = Math.floor(left / 2);
  return `${startOf(text, left - tail)}${ellipsis}${endOf(text, tail)}`;
}

/** The text with blanks after it up to `columns`. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

/**
 * Prose in lines of at most `columns`, broken at blanks only: a longer word stands on a line of its own, shortened where
 * it would fill a screen. Line ends in the prose count as blanks.
 */
export function wrap(prose: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of prose.split(/\s+/).filter((part) => part !== "")) {
    const short = shortenMiddle(word, 400);
    const longer = line === "" ? short : `${line} ${short}`;
    if (line === "" || stringWidth(longer) <= columns) {
      line = longer;
    } else {
      lines.push(line);
      line = short;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** {@link wrap}, with `first` before the first line and blanks of the same width before the others. */
export function hang(first: string, prose: string, columns: number): string[] {
  const indent = stringWidth(first);
  const lines = wrap(prose, Math.max(20, columns - indent));
  return lines.map((line, index) => (index === 0 ? first : " ".repeat(indent)) + line);
}
