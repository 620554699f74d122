import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { mayBeDamagedFrame } from "./damaged-frames.js";
import { matchesOutsideStrings } from "./strings.js";
import { byteOf } from "./windows-1252.js";

/** What UTF-8 bytes of the characters in question become where they are taken for Windows' code page, once or twice. */
const lead = /[ÂÃâïã]/;
const run = /Ã[‚\u0082]Â(?=[ \u00a0])|[ÂÃâïã][\u0080-\uffff]{1,16}|Â(?=[ \u00a0])|â€(?=[\s,).:])/g;
/** Blanks, typographic signs and full-width forms: what a hand on the way put in, and no program printed. */
const foreign =
  /^[\u00a0\u2000-\u200b\u2010-\u2015\u2018-\u201e\u2026\u202f\u2212\u3000\ufeff\uff01-\uff5e]+$/;
/** A run that ends before the next one begins: `ï»¿` in front of `Â `. */
const mostPieces = 16;

/**
 * Decodes again what was decoded wrongly: `ï¼ž #0`, `ï¼œoptimized outï¼ž`, `Â `, `â€œ`, `Ã‚Â `. Only signs and blanks that no
 * program printed, outside of strings, where a frame shows them.
 */
export function mojibake(view: View): Edit[] {
  const { text } = view;
  if (!lead.test(text)) return [];
  const lines = [...linesOf(text)];
  if (!lines.some(({ start, end }) => isEvidence(text.slice(start, end)))) return [];
  return lines.flatMap(({ start, end }) => editsOf(text.slice(start, end), start));
}

function isEvidence(line: string): boolean {
  return lead.test(line) && mayBeDamagedFrame(asMarks(line)) && editsOf(line, 0).length > 0;
}

/** `ï¼ƒ0` is a level too. */
function asMarks(line: string): string {
  return line.replaceAll("ï¼ƒ", "#").replaceAll("ï¼ˆ", "(");
}

function editsOf(line: string, base: number): Edit[] {
  if (!lead.test(line)) return [];
  return matchesOutsideStrings(line, run).flatMap(({ index, 0: found }) => {
    const decoded = decodedStart(found);
    if (decoded === null) return [];
    const { text, length } = decoded;
    return [edit(base + index, base + index + length, text)];
  });
}

/** The longest start of a run that stands for foreign signs alone. */
function decodedStart(found: string): { text: string; length: number } | null {
  // The second half of a no-break space may have become a plain one.
  if (/^(?:Ã[‚\u0082])?Â$/.test(found)) return { text: "", length: found.length };
  if (found === "â€") return { text: "”", length: 2 };
  for (let length = Math.min(found.length, mostPieces); length > 1; length--) {
    const text = decodedTwice(found.slice(0, length));
    if (text !== null) return { text, length };
  }
  return null;
}

function decodedTwice(found: string): string | null {
  const once = decoded(found);
  if (once === null || foreign.test(once)) return once;
  const twice = decoded(once);
  return twice !== null && foreign.test(twice) ? twice : null;
}

function decoded(found: string): string | null {
  const bytes: number[] = [];
  for (const character of found) {
    const byte = byteOf(character);
    if (byte === null) return null;
    bytes.push(byte);
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  return text.includes("\ufffd") ? null : text;
}
