import { type Line, linesOf } from "../text/lines.js";
import { type Doubt, type Edit, edit, type View } from "../text/view.js";

/** A level without its `#` (git takes such lines for comments, an editor for headings), and a frame behind it. */
const numbered = /^[ \t]{0,64}(# )?(\d{1,5})(?=[ \t]+(?:0x|[\w~:$?(<]))/;
const addressed = /^0x[\da-f]{4,16} in(?: \S|$)/;
const located = /^(?:[\w~:$?<]|\(anonymous )[^\n]{0,2000}? \([^\n]*\) (?:at \S[^\n]*:\d+|from \/\S+)\s*$/;
/** The same, broken by gdb or a mailer. */
const begun =
  /^(?:<signal handler called>$|(?:[\w~:$?<]|\(anonymous )[^\s(]{0,400}(?:$| \((?:\)|[\w$#]{1,128}(?:@entry)?=|\.\.\.)))/;
/** A frame with its locals is no longer. */
const farthest = 200;

const doubt: Doubt = {
  code: "lost-hash",
  message: "these lines were read as frames that lost their #",
};

interface Numbered {
  readonly level: number;
  /** Where the `#` belongs, and where what stands there ends. */
  readonly start: number;
  readonly end: number;
  /** An address, or a call with its place: no list of other things has those. */
  readonly strong: boolean;
  readonly lineNumber: number;
}

/**
 * Puts the `#` back in front of the levels that lost it: where lines count up from 0 and at least two of them, one after
 * the other in the count, are frames in all but the mark.
 */
export function lostHash(view: View): Edit[] {
  const { text } = view;
  if (!/^[ \t]*(?:# )?0[ \t]+\S/m.test(text)) return [];
  const edits: Edit[] = [];
  let run: Numbered[] = [];
  const endRun = (): void => {
    for (const hash of restored(run)) edits.push(hash);
    run = [];
  };
  let lineNumber = 0;
  for (const line of linesOf(text)) {
    lineNumber++;
    const found = numberedAt(text, line, lineNumber);
    if (found === null) continue;
    const last = run.at(-1);
    const next =
      last !== undefined && found.level === last.level + 1 && lineNumber - last.lineNumber <= farthest;
    if (found.level === 0) endRun();
    if (next || found.level === 0) run.push(found);
  }
  endRun();
  return edits;
}

function numberedAt(text: string, { start, end }: Line, lineNumber: number): Numbered | null {
  const line = text.slice(start, Math.min(end, start + longest));
  const match = numbered.exec(line);
  if (match?.[2] === undefined) return null;
  const rest = line.slice(match[0].length).trim();
  const strong = addressed.test(rest) || located.test(rest);
  if (!strong && !begun.test(rest)) return null;
  const digits = start + match[0].length - match[2].length;
  const mark = match[1] === undefined ? digits : digits - match[1].length;
  return { level: Number(match[2]), start: mark, end: digits, strong, lineNumber };
}

/** Enough of a line to know it by. */
const longest = 4096;

function restored(run: readonly Numbered[]): Edit[] {
  if (run.length < 2 || run.filter(({ strong }) => strong).length < 2) return [];
  return run.map(({ start, end }, index) => edit(start, end, "#", index === 0 ? doubt : undefined));
}
