import { frameStartAt } from "../text/frame-start.js";
import { linesOf } from "../text/lines.js";
import { type Edit, edit, replacing, type View } from "../text/view.js";
import { beginsFrame } from "./damaged-frames.js";

/** What a frame begins with behind its level. */
const address = "0x[0-9a-f]{4,16}(?: in\\b|[ \\t]*$)";
const call = `[ \\t]{1,4}(?:${address}|<signal handler|<function called|\\(anonymous |[\\w~:$.?][^\\s"=()#]{0,255} ?\\(|[\\w~:$.][^"=()#\\n]{0,255}[>\\w] \\()`;
/** What a frame, or a line of `bt full` below it, ends with. Blanks up to the terminal's width may follow, no megabytes. */
const ended = "(?<=:\\d{1,7}|\\)|\\.so[.\\d]{0,16}|>|available\\.|locals\\.)";

/**
 * A frame that begins inside a line, behind the end of another (the paragraph was filled by an editor or a tracker, a
 * terminal's copy kept blanks for line ends), or behind the note on a thread (old gdb ended it without a line end). Behind
 * a bar no paragraph goes on: that is a table, or what somebody put in front of a line that he shows.
 */
const inner = new RegExp(
  `(?:(?:${ended}|(?<!\\|)(?=[ \\t]{1,256}#0[ \\t]))[ \\t]{1,256}|(?<!\\|)[ \\t]{1,256}(?=#\\d{1,7}[ \\t]{1,4}0x[0-9a-f]{4,16} in )|(?<=\\)\\)?\\]))(?=#(\\d{1,7})(?:[ \\t]*$|${call}))`,
  "g",
);
/** The header of a thread, in the midst of a line. */
const header =
  /(?<=[^\s"])[ \t]{1,256}(?=Thread \d{1,6} \((?:Thread |LWP |process )[^\n]{1,200}?\):(?:[ \t]{1,256}#\d|[ \t]*$))/g;

/** Puts every frame on a line of its own again, where its level is the next one, and every thread's header. */
export function reflow(view: View): Edit[] {
  const { text } = view;
  const edits: Edit[] = [];
  if (!/\S[ \t]{1,256}#\d|\]#\d/.test(text)) return edits;
  let level = Number.NaN;
  for (const { start, end } of linesOf(text)) {
    level = frameStartAt(text, start, end)?.level ?? level;
    const line = text.slice(start, end);
    if (line.lastIndexOf("#") <= 0) continue;
    const frames: Edit[] = [];
    for (const { index, 0: blanks, 1: digits } of line.matchAll(inner)) {
      const next = Number(digits);
      if (next !== level + 1 && next !== 0) continue;
      if (isProse(line, index + blanks.length + 1 + (digits?.length ?? 0))) continue;
      level = next;
      frames.push(edit(start + index, start + index + blanks.length, "\n"));
    }
    const breaks = frames.length > 0 ? [...frames, ...headersOf(line, start)] : [];
    for (const one of breaks.sort((one, other) => one.start - other.start)) edits.push(one);
  }
  return edits;
}

/** `#0 reads a flatview in the commit phase (safe-commit)`: names have blanks in their brackets alone. */
function isProse(line: string, behindLevel: number): boolean {
  const rest = line.slice(behindLevel, behindLevel + longestStart);
  return severalWords.test(rest) && !beginsFrame(rest);
}

/** Two words with nothing but letters, and no address or marker before them. */
const severalWords = /^[ \t]{1,4}(?!0x|\()[\w~:$.]+[ \t]+[A-Za-z]/;
/** Enough to know the start of a frame by. */
const longestStart = 512;

function headersOf(line: string, base: number): Edit[] {
  return replacing(line.matchAll(header), "\n", base);
}
