import { frameStartAt } from "../text/frame-start.js";
import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { beginsFrame } from "./damaged-frames.js";
import {
  farthest,
  followsLevel,
  headOf,
  type InnerFrames,
  innerFramesOf,
  longestPrefix,
} from "./inner-frames.js";
import { firstStamp } from "./stamp.js";

/** No log puts more words in front of a line; a sentence has more. */
const mostWords = 12;
/** Marks of patches, comments and strings, tables of our own making, and gdb's prompt: their lines are no frames of a log. */
const foreign =
  /^[ \t]*[+-][ \t]*$|^[ \t]*(?:\/\/|;|--)|["'`~]$|^[ \t]{8,}\||\((?:gdb|rr)\)[ \t]*$|^[ \t]*[*#]\d{1,7}[ \t]+(?:0x|\D)/;
/** Between two frames stand so many lines without the prefix, where a terminal wrapped the log. */
const mostStrangers = 24;
/** So many programs write into one log. */
const mostShapes = 8;

/** A frame behind something else. */
interface Candidate {
  readonly level: number;
  readonly index: number;
  /** What stands in front of it, and how many blanks of that are at its end. */
  readonly prefix: string;
  readonly blanks: number;
}

/**
 * Takes off what stands in front of nearly every line: a program's name, a counter, a bar, somebody's initials. It is
 * known by the frames behind it: the same in front of two that follow one another, but for digits.
 */
export function prefix(view: View): Edit[] {
  const { text } = view;
  const innerFrames = innerFramesOf(text);
  if (innerFrames === null) return [];
  const lines = [...linesOf(text)];
  const shapes = shapesOf(text, lines, innerFrames);
  if (shapes.length === 0) return [];
  return lines.flatMap((line, index) => {
    const end = prefixEnd(text, line, index, shapes);
    return end > line.start && !isLevel(text, line, end) ? [edit(line.start, end, "")] : [];
  });
}

/** Text that any digits fit into, with `blanks` of those behind it. */
interface Part {
  readonly pattern: RegExp;
  readonly blanks: number;
}

/** What stands in front of the frames of one trace, and of the lines between them. */
interface Shape {
  readonly whole: Part;
  /** Its first words: lines that were wrapped after one program put its words there, before the next did, have no more. */
  readonly beginnings: readonly Part[];
  /** The lines of the first frame and of the last. */
  readonly from: number;
  to: number;
}

function shapesOf(text: string, lines: readonly Line[], innerFrames: InnerFrames): Shape[] {
  const last = new Map<string, Candidate>();
  const shapes = new Map<string, Shape>();
  for (const candidate of candidatesOf(text, lines, innerFrames)) {
    const source = sourceOf(candidate.prefix);
    const before = last.get(source);
    last.set(source, candidate);
    if (before === undefined || !follows(candidate, before)) continue;
    const shape = shapes.get(source) ?? newShape(text, lines, before, candidate);
    if (shape === null) continue;
    shape.to = candidate.index;
    shapes.set(source, shape);
  }
  return [...shapes.values()].slice(0, mostShapes).map((shape) => {
    const blanks = fewestBlanks(text, lines, shape);
    return { ...shape, whole: { ...shape.whole, blanks } };
  });
}

/** The blanks that every line has behind the prefix, those above the frames too: what is more is the text's own margin. */
function fewestBlanks(text: string, lines: readonly Line[], { whole, from, to }: Shape): number {
  let fewest = whole.blanks;
  for (const { start, end } of lines.slice(Math.max(0, from - mostStrangers), to + 1)) {
    if (!fits(whole.pattern, text, start)) continue;
    const rest = text.slice(whole.pattern.lastIndex, Math.min(end, whole.pattern.lastIndex + fewest));
    if (/^[ \t]*[^ \t]/.test(rest)) fewest = rest.search(/[^ \t]/);
  }
  return fewest;
}

/** The shape of two frames' prefix, where nearly all lines between them have it too. */
function newShape(
  text: string,
  lines: readonly Line[],
  { prefix: words, blanks, index: from }: Candidate,
  { index: to }: Candidate,
): Shape | null {
  if (to - from > farthest) return null;
  const pattern = new RegExp(sourceOf(words), "y");
  const strangers = lines.slice(from + 1, to).filter(({ start }) => !fits(pattern, text, start));
  if (strangers.length > mostStrangers) return null;
  return { whole: { pattern, blanks }, beginnings: beginningsOf(words), from, to };
}

/** `JD> | ` begins with `JD> `: the longest first. A number alone is no program's: it may be the rest of a value. */
function beginningsOf(words: string): Part[] {
  return [...words.matchAll(/(?<=\S)[ \t]+(?=\S)/g)]
    .map(({ index, 0: { length } }) => ({ beginning: words.slice(0, index), blanks: length }))
    .filter(({ beginning }) => /[^\s\d]/.test(beginning))
    .map(({ beginning, blanks }) => ({ pattern: new RegExp(sourceOf(beginning), "y"), blanks }))
    .reverse();
}

function* candidatesOf(text: string, lines: readonly Line[], innerFrames: InnerFrames): Generator<Candidate> {
  for (const [index, line] of lines.entries()) {
    const head = headOf(text, line);
    for (const { level, index: at } of innerFrames(head)) {
      const before = head.slice(0, at);
      if (at > longestPrefix) break;
      if (before.trim() === "") break;
      if (foreign.test(before) || before.trim().split(/\s+/).length > mostWords) continue;
      const stamp = firstStamp(before);
      const own = stamp === -1 ? before : before.slice(0, stamp);
      if (own.trim() === "") break;
      const words = own.trimEnd();
      yield { level, index, prefix: words, blanks: own.length - words.length };
      break;
    }
  }
}

function follows({ level, index }: Candidate, before: Candidate): boolean {
  return followsLevel(level, before.level) && index > before.index;
}

/** The prefix as a regular expression: any digits for digits, where blanks may fill them up on the left. */
function sourceOf(words: string): string {
  return words
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/(?:^[ \t]*|[ \t]+)?\d+/g, (digits) =>
      /^[ \t]|^\d/.test(digits) ? "[ \\t]{0,16}\\d{1,32}" : "\\d{1,32}",
    );
}

function fits(pattern: RegExp, text: string, start: number): boolean {
  pattern.lastIndex = start;
  return pattern.test(text);
}

/** Where the prefix of a line ends, with as many blanks as belong to it. */
function prefixEnd(text: string, line: Line, index: number, shapes: readonly Shape[]): number {
  for (const { whole, beginnings, from, to } of shapes) {
    const parts = index > from && index < to + mostStrangers ? [whole, ...beginnings] : [whole];
    for (const part of parts) {
      const end = partEnd(text, line, part);
      if (end !== null) return end;
    }
  }
  return line.start;
}

/** `#` and `#13` stand in front of frames too, and nothing else in front of those of another trace close by. */
function isLevel(text: string, { start, end }: Line, prefixEnd: number): boolean {
  const own = frameStartAt(text, start, end);
  if (own === null || own.hash >= prefixEnd) return false;
  const behind = text.slice(own.hash, end).replace(/^#\d+/, "");
  return behind.trim() === "" || beginsFrame(behind);
}

function partEnd(text: string, { start, end }: Line, { pattern, blanks }: Part): number | null {
  if (!fits(pattern, text, start)) return null;
  let at = pattern.lastIndex;
  for (let count = 0; count < blanks && (text[at] === " " || text[at] === "\t"); count++) at++;
  return at <= end ? at : null;
}
