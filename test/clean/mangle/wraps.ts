import { breakAt, wrapWords } from "../../wrapping.js";

/** A text whose lines a mailer wrapped at blanks. */
export function mailed(text: string, width: number): string {
  return eachLine(text, (line) => wrapWords(line, width));
}

/** A text whose lines a terminal broke in the middle of words. */
export function onTerminal(text: string, width: number): string {
  return eachLine(text, (line) => breakAt(line, width));
}

/** A text as gdb prints it at a width: it breaks before an argument or a place and goes on with four blanks. */
export function printedAt(text: string, width: number): string {
  return eachLine(text, (line) => (line.startsWith("#") ? brokenByGdb(line, width) : [line]));
}

function brokenByGdb(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const part of line.split(/(?<=, )(?=[\w#]+(?:@entry)?=)|(?<=\)) (?=at |from )/)) {
    const begins = part.startsWith("at ") || part.startsWith("from ");
    const longer = begins && !current.endsWith(" ") ? `${current} ${part}` : current + part;
    if (current.trim() !== "" && longer.length > width) {
      lines.push(current);
      current = `${begins && part.startsWith("from ") ? "   " : "    "}${part}`;
    } else current = longer;
  }
  return [...lines, current];
}

function eachLine(text: string, treat: (line: string) => readonly string[]): string {
  return text.split("\n").flatMap(treat).join("\n");
}
