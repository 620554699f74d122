import { linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { farthest, followsLevel, headOf, innerFramesOf, longestPrefix } from "./inner-frames.js";

/** Times and the numbers of lines change from line to line, whoever writes it. */
const times =
  /\d{4}[-/]\d\d[-/]\d\d[T ]?|(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} )?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?|\[ {0,8}\d{1,9}\.\d{1,9}\]/g;
const lineNumber = /^[ \t]*\d{1,9}[:\t ]/;
/** A name has a letter; quote marks, bars, counters and patches have none. */
const letter = /[A-Za-z]/;
/** What opens a string, and gdb's prompt, are no names of programs. */
const foreign = /["'`~]$|\((?:gdb|rr)\)[ \t]*$/;
/** So many programs write into one log. */
const mostPrograms = 16;
/** So much of a name is told. */
const longestName = 40;

/** A frame behind the name of a program. Offsets are UTF-16 units. */
interface NamedFrame {
  readonly name: string;
  readonly level: number;
  readonly line: number;
  /** What stands in front of the frame. */
  readonly start: number;
  readonly end: number;
}

/**
 * Says where two programs wrote into one log line by line: the frames of their traces stand between one another, and
 * nothing tells them apart once the names are taken off their lines. It changes nothing.
 */
export function interleaved(view: View): Edit[] {
  const { text } = view;
  const frames = framesOfTraces(namedFrames(text));
  const last = new Map<string, number>();
  const told = new Set<string>();
  const edits: Edit[] = [];
  for (const [index, frame] of frames.entries()) {
    const before = last.get(frame.name);
    last.set(frame.name, index);
    const other = before === undefined ? undefined : strangerBetween(frames, before, index);
    if (other === undefined) continue;
    const pair = JSON.stringify([frame.name, other.name].sort());
    if (!told.has(pair) && told.size < mostPrograms) edits.push(doubtOf(text, frame, other));
    told.add(pair);
  }
  return edits;
}

function namedFrames(text: string): NamedFrame[] {
  const innerFrames = innerFramesOf(text);
  if (innerFrames === null) return [];
  const frames: NamedFrame[] = [];
  let line = 0;
  for (const place of linesOf(text)) {
    line++;
    const head = headOf(text, place);
    const first = innerFrames(head).next();
    if (first.done === true || first.value.index > longestPrefix) continue;
    const before = head.slice(0, first.value.index);
    const name = before.replace(lineNumber, "").replace(times, "").trim();
    if (!letter.test(name) || foreign.test(before)) continue;
    const { level, index } = first.value;
    frames.push({ name, level, line, start: place.start, end: place.start + index });
  }
  return frames;
}

/** The frames behind names that have more than one of a trace. */
function framesOfTraces(frames: readonly NamedFrame[]): NamedFrame[] {
  const last = new Map<string, NamedFrame>();
  const names = new Set<string>();
  for (const frame of frames) {
    const before = last.get(frame.name);
    if (before !== undefined && follows(frame, before)) names.add(frame.name);
    last.set(frame.name, frame);
  }
  return names.size < 2 ? [] : frames.filter(({ name }) => names.has(name));
}

function follows({ level, line }: NamedFrame, before: NamedFrame): boolean {
  return followsLevel(level, before.level) && line <= before.line + farthest;
}

/** A frame of another program between two that follow one another, that cannot be one of their trace. */
function strangerBetween(frames: readonly NamedFrame[], from: number, to: number): NamedFrame | undefined {
  const [before, frame] = [frames[from], frames[to]];
  if (before === undefined || frame === undefined || !follows(frame, before)) return undefined;
  return frames
    .slice(from + 1, Math.min(to, from + 1 + mostPrograms))
    .find(({ level }) => level <= before.level);
}

function doubtOf(text: string, { name, start, end }: NamedFrame, other: NamedFrame): Edit {
  return edit(start, end, text.slice(start, end), {
    code: "interleaved",
    message: `frames behind ${quoted(other.name)} stand between those behind ${quoted(name)}: two programs wrote into one log, and their traces may be taken for one`,
  });
}

function quoted(name: string): string {
  return `"${name.length > longestName ? `${name.slice(0, longestName)}...` : name}"`;
}
