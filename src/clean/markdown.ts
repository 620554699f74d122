import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, replacing, type View, withoutOverlaps } from "../text/view.js";
import { beginsFrame, mayBeDamagedFrame } from "./damaged-frames.js";
import { matchesOutsideStrings } from "./strings.js";

/** Marks in front of a level: a fence or code span opened in mid-line, bold, a numbered item or round bullet, a cell, `\#`. */
const before =
  /(?:`{1,3}|~~~|\*\*|(?<=^[ \t]{0,8})(?:\d{1,3}[.)]|[•‣◦–·]|[*+-] \[[ x]\]) {1,4}|(?<=^[ \t]{0,8})\| {0,4}|\\)(?=#\d{1,7}(?!\d))/g;
/** The same behind a frame. */
const behind = /(?<=[)\w>,( ])[ \t]{0,8}(?:`{1,3}|~~~|\*\*|\|)(?=[ \t]*$)/g;
/** The same where words follow: they are no part of the frame. */
const closedInLine = /(?<=[)\w>])(?:`{3}|~~~)(?=[ \t]+\S)/g;
/** The same where a step before this one took the mark in front. */
const closing =
  /(?<=\)|:\d{1,7}|\.so[.\d]{0,16}|>|[,(] ?)(?:[ \t]{0,8}(?:`{3}|~~~)|`|\*\*|[ \t]{1,8}\|)(?=[ \t]*$)/g;
/** `[#1](https://…)`, `[#1][12]`: a tracker took the level for the number of an issue. */
const linkedLevel = /(?<=^[ \t>*+-]{0,32})\[(#\d{1,7})\](?:\([^()\s]{0,512}\)|\[\d{0,7}\])/;
/** `<http://memory.cc|memory.cc>`, `[memory.cc](http://memory.cc)`: a file's name was taken for a host's. */
const linkedFile =
  /(?<=\b(?:at|from) )(?:<https?:\/\/([^\s<>|]{1,256})\|\1\/?>|\[([^\s[\]()]{1,256})\]\(https?:\/\/\2\/?\))/g;
/** A drive's path keeps its backslashes, and so do character constants. */
const escaped = /[A-Za-z]:\\[^\s:]{0,512}|'\\[^\n]{1,3}'|\\([_*<>[\]()&#`~{}.!|+-])/g;
/** Bold around one name, from its underscores or set by hand. */
const bold = /(?<=#\d{1,7}[ \t]{1,4}(?:0x[\da-f]{2,16} in )?)\*\*([\w:~]{1,256})\*\*(?= \()/g;
/** Escapes are undone on lines that begin with a level, linked or not. */
const level = /^[ \t>*+|`-]{0,32}\\?\[?#\d{1,7}(?:\](?:\([^()\s]{0,512}\)|\[\d{0,7}\]))?/;
const fence = /^[ \t>]{0,8}(?:`{3,}|~{3,})\w*[ \t]*$/;

const fences = /^[ \t>]{0,8}(?:`{3}|~{3})/m;
/** What stands in every line that there is something to undo in. */
const marked =
  /[`~*|\\]#\d|[`~*|][ \t]*$|[•‣◦–·] |\| +#|`{3}|~{3}|\*\*\w|\[(?:#| \]|x\]|[^\s[\]]{1,256}\]\(http)|\\[_*<>[\]()&#`~{}.!|+-]|\d[.)] +#|<http/m;

/** Undoes what editors and trackers do to frames that nobody fenced, or fenced in mid-line. Only on lines that are frames. */
export function markdown(view: View): Edit[] {
  const { text } = view;
  if (!marked.test(text)) return [];
  const edits: Edit[] = fences.test(text) ? fencesInFrames(text) : [];
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    if (!marked.test(line) || !mayBeDamagedFrame(line)) continue;
    for (const one of frameEdits(line, start)) edits.push(one);
  }
  return edits.sort((one, other) => one.start - other.start);
}

/** The fences in the midst of frames: a tracker put them around indented lines. */
function fencesInFrames(text: string): Edit[] {
  const edits: Edit[] = [];
  let opened = false;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (fence.test(content)) {
      if (opened) edits.push(wholeLine(text, line));
    } else if (content.trim() !== "") opened = /[(,][ \t]*$/.test(content) && mayBeDamagedFrame(content);
  }
  return edits;
}

function wholeLine(text: string, { start, end }: Line): Edit {
  return edit(start, Math.min(end + 1, text.length), "");
}

function frameEdits(line: string, base: number): Edit[] {
  const opening = [...line.matchAll(before)].filter(({ index, 0: { length } }) =>
    beginsFrame(behindLevel(line, index + length)),
  );
  const opened = opening.length > 0 || /^[ \t]*\|/.test(line);
  const firstWord = line.search(/[^\s>*+-]/);
  const edits = [
    ...opening.map(({ index, 0: mark }) =>
      edit(index, index + mark.length, standIn(mark, firstWord < index)),
    ),
    ...replacing(line.matchAll(opened ? behind : closing), ""),
    ...replacing(matchesOutsideStrings(line, closedInLine), "\n"),
    ...unlinked(line),
    ...Array.from(line.matchAll(linkedFile), ({ index, 0: link, 1: slack, 2: name }) =>
      edit(index, index + link.length, slack ?? name ?? ""),
    ),
    ...matchesOutsideStrings(line, bold).flatMap(({ index, 0: found, 1: name = "" }) => [
      edit(index, index + 2, ""),
      edit(index + 2 + name.length, index + found.length, ""),
    ]),
    ...(beginsWithFrame(line) ? escapes(line) : []),
  ];
  return withoutOverlaps(edits).map((one) => edit(base + one.start, base + one.end, one.text));
}

function beginsWithFrame(line: string): boolean {
  const start = level.exec(line);
  return start !== null && beginsFrame(line.slice(start[0].length));
}

/** What follows the `#` and its digits at `hash`. */
function behindLevel(line: string, hash: number): string {
  const rest = line.slice(hash, hash + 512);
  return rest.slice(/^#\d*/.exec(rest)?.[0].length ?? 0);
}

function unlinked(line: string): Edit[] {
  const found = linkedLevel.exec(line);
  if (found === null) return [];
  const { index, 0: link, 1: level = "" } = found;
  const end = index + link.length;
  if (!beginsFrame(line.slice(end))) return [];
  return [edit(index, index + 1, ""), edit(index + 1 + level.length, end, "")];
}

/** A frame behind words begins a line of its own. */
function standIn(mark: string, behindWords: boolean): string {
  return /^[`~]/.test(mark) && behindWords ? "\n" : "";
}

/** Backslashes in front of marks, outside of strings: gdb prints them in paths of Windows and in strings alone. */
function escapes(line: string): Edit[] {
  if (!/\\[_*<>[\]()&#`~{}.!|+-]/.test(line)) return [];
  const place = line.lastIndexOf(" at ");
  const end = place !== -1 && /\\[A-Za-z\d]/.test(line.slice(place)) ? place : line.length;
  return matchesOutsideStrings(line, escaped)
    .filter(({ index, 1: sign }) => sign !== undefined && index < end)
    .map(({ index }) => edit(index, index + 1, ""));
}
