import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { matchesOutsideStrings } from "./strings.js";
import { characterOfByte } from "./windows-1252.js";

/** What every raw quoted-printable text has somewhere: `=3D`, a soft break, or the blanks of a frame. RFC 2045, 6.7. */
const sign = /=(?:3D|20|0D|A0|C2|[ \t]{0,8}\r?(?:\n|$))|quoted-printable/i;
/** An `=` that is no escape: the lines around it are not encoded. */
const contradiction = /=(?![\dA-F]{2}|[ \t]*$)/i;
/** An encoded `=` behind a name, or twice in a condition; in raw text nothing that begins with `3D` is a value. */
const encodedEquals = /[\w"'\])>] ?=3D/gi;
const softBreak = /=[ \t]*$/;
/** RFC 2045 breaks at 76; shorter lines that end in `=` may be anything. */
const shortestBroken = 60;
const announced = /^content-transfer-encoding:[ \t]*quoted-printable/i;
const aboutCrash = /#\d{1,7}(?:[ \t=]|$)|ssertion|\d[ =][^=]{0,8}0x/;
const quoteMarks = /^(?:[ \t]?[>|])+[ \t]?/;

/** What may stand at the end of a line that a mailer wrapped: `(as=`, `[with T =`. */
const mayBeRaw = /(?:[(,] ?[\w$]+|\s)=[ \t]*$/;

/** A stretch of lines without an `=` that contradicts the encoding, and what speaks for it. */
interface Stretch {
  readonly start: number;
  end: number;
  equals: number;
  breaks: number;
  /** Breaks exactly where the encoders put them, that are no `=` of the text. */
  exact: number;
  crash: boolean;
  readonly announced: boolean;
}

/**
 * Decodes mail that was pasted with its transfer encoding still on. Only stretches in which no `=` contradicts the encoding
 * and several speak for it (`name=3D0x1`, soft breaks at the margin, a header that announces it).
 */
export function quotedPrintable(view: View): Edit[] {
  const { text } = view;
  if (!sign.test(text)) return [];
  return stretchesOf(text)
    .filter(isEncoded)
    .flatMap(({ start, end }) => decodings(text, start, end));
}

function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let header = false;
  let current: Stretch | null = null;
  for (const line of linesOf(text)) {
    const content = contentOf(text, line);
    header ||= announced.test(content);
    if (contradiction.test(content)) {
      current = null;
      continue;
    }
    if (current === null) {
      current = {
        start: line.start,
        end: line.end,
        equals: 0,
        breaks: 0,
        exact: 0,
        crash: false,
        announced: header,
      };
      stretches.push(current);
    }
    weigh(current, content, line.end);
  }
  return stretches;
}

function contentOf(text: string, { start, end }: Line): string {
  return text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end);
}

function weigh(stretch: Stretch, content: string, end: number): void {
  stretch.end = end;
  stretch.crash ||= aboutCrash.test(content);
  if (!content.includes("=")) return;
  stretch.equals += matchesOutsideStrings(content, encodedEquals).length;
  if (content.length < shortestBroken || !softBreak.test(content)) return;
  stretch.breaks++;
  if (content.length >= 73 && content.length <= 77 && !mayBeRaw.test(content)) stretch.exact++;
}

function isEncoded({ equals, breaks, exact, crash, announced: header }: Stretch): boolean {
  return crash && (equals > 0 || breaks > 1 || exact > 0 || header);
}

/** Soft breaks, with the quote marks that a reply put in front of the next line too; neighbouring bytes together. */
function decodings(text: string, start: number, end: number): Edit[] {
  const escapes = /=[ \t]*\r?\n|=[ \t]*$|(?:=[\dA-F]{2})+/gi;
  return Array.from(text.slice(start, end).matchAll(escapes), ({ index, 0: found }) => {
    const at = start + index;
    if (/^=[\dA-F]/i.test(found)) return edit(at, at + found.length, decoded(found));
    const next = at + found.length;
    return edit(at, Math.min(end, next + sharedMarks(text, at, next)), "");
  });
}

function sharedMarks(text: string, at: number, next: number): number {
  const marks = quoteMarks.exec(text.slice(next, next + longestMarks))?.[0] ?? "";
  return marks !== "" && text.startsWith(marks, text.lastIndexOf("\n", at) + 1) ? marks.length : 0;
}

const longestMarks = 64;

/** Bytes of UTF-8, or else of the code page that mailers mean by Latin-1; line ends are plain ones. */
function decoded(escapes: string): string {
  const bytes = Uint8Array.from(escapes.slice(1).split("="), (digits) => Number.parseInt(digits, 16));
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const text = utf8.includes("\ufffd") ? Array.from(bytes, characterOfByte).join("") : utf8;
  return text.replace(/\r\n?/g, "\n");
}
