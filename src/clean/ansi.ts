import { type Line, linesOf } from "../text/lines.js";
import { type Edit, replacing, type View } from "../text/view.js";
import { mayBeDamagedFrame } from "./damaged-frames.js";
import { matchesOutsideStrings } from "./strings.js";

const [bell, shiftOut, shiftIn, esc, introducer] = ["\x07", "\x0e", "\x0f", "\x1b", "\x9b"];
/** What begins most sequences: `ESC [`, or the one byte that stands for both. */
const begins = `(?:${esc}\\[|${introducer})`;
/**
 * Colours, cursor movements, window titles, bracketed paste, character sets, and the controls that move nothing. gdb
 * itself prints only `ESC [ … m`, and readline `ESC [ ? 2004 h`, where its output is a terminal. ECMA-48.
 */
const sequence = new RegExp(
  [
    `${begins}[0-?]{0,64}[ -/]{0,8}[@-~]`,
    `${esc}[\\]PX^_][^${bell}${esc}\\n]{0,4096}(?:${bell}|${esc}\\\\)`,
    `${esc}[ -/]{1,4}[0-~]`,
    `${esc}[0-~]`,
    `[${bell}${shiftOut}${shiftIn}]`,
  ].join("|"),
  "g",
);
const control = new RegExp(`[${esc}${introducer}${bell}${shiftOut}${shiftIn}]`);
/** `ESC [ 4 C` is how screens draw four blanks. */
const cursorForward = new RegExp(`^${begins}(\\d{0,3})C$`);

/** Takes the terminal's escape sequences out. */
export function ansi(view: View): Edit[] {
  if (!control.test(view.text)) return [];
  return replacing(view.text.matchAll(sequence), blanksOf);
}

function blanksOf(found: string): string {
  const count = cursorForward.exec(found)?.[1];
  return count === undefined ? "" : " ".repeat(Math.min(Number(count || 1), widestScreen));
}

/** No cursor goes further. */
const widestScreen = 200;

/** What stands where a log, an editor or JSON wrote the escape character out; or nothing, where a paste lost it. */
const escapeText = "(?:\\^\\[|\\\\x1[bB]|\\\\033|\\\\e|\\\\u001[bB]|\\\\u\\{1[bB]\\}|␛|\\ufffd|)";
const colourText = `${escapeText}\\[(?:\\d{1,3}(?:;\\d{1,3}){0,8})?[mK](?!\\])`;
const colour = new RegExp(colourText, "g");
/** gdb colours the address, the name behind `in`, the name of a frame without an address, and the file. */
const colouredFrame = new RegExp(
  `#\\d{1,7}[ \\t]{1,4}${colourText}(?:0x|[\\w~:$(<])|\\b(?:in|at|from) ${colourText}[^ ]|${colourText}#\\d{1,7}\\b`,
);
const paste =
  /(?:(?<=^|\n)|(?<=\((?:gdb|rr)\) ?))(?:\[\?2004[hl]|\[20[01]~)|\[20[01]~(?=\n|$|#\d)|\[\?2004[hl](?=\n|$|\((?:gdb|rr)\))/g;

/**
 * Takes escape sequences out that are no longer, or not yet, such: `[34m0x…[m in [33mmain[m`, `^[[34m`, `\x1b[34m`. Only
 * where frames are coloured that way, only on lines that end a colour, and never in strings: a program may print them.
 */
export function spelledAnsi(view: View): Edit[] {
  const { text } = view;
  const pasted = pasteEdits(text);
  if (!/\[\d[\d;]{0,16}m/.test(text)) return pasted;
  const lines = [...linesOf(text)];
  if (!lines.some(({ start, end }) => isColouredFrame(text.slice(start, end)))) return pasted;
  const colours = lines.flatMap((line) => coloursOf(text, line));
  return [...pasted, ...colours].sort((one, other) => one.start - other.start);
}

function pasteEdits(text: string): Edit[] {
  if (!text.includes("[20") && !text.includes("[?2004")) return [];
  return replacing(text.matchAll(paste), "");
}

function isColouredFrame(line: string): boolean {
  if (!mayBeDamagedFrame(line)) return false;
  return colouredFrame.test(line.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

function coloursOf(text: string, { start, end }: Line): Edit[] {
  const line = text.slice(start, end);
  if (!/\[\d[\d;]{0,16}m/.test(line)) return [];
  return replacing(matchesOutsideStrings(line, colour), "", start);
}
