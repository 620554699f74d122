import { type FrameStart, frameStartAt } from "../text/frame-start.js";
import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { type Continuation, continuationOf } from "./continuation.js";
import { OpenFrame } from "./open-frame.js";

/** A line break inside a frame. Offsets are UTF-16 units into the view's text. */
interface Break {
  /** The end of the line before it, without and with the blanks there. */
  readonly wordsEnd: number;
  readonly lineEnd: number;
  /** The start of the line after it, and of the first word there. */
  readonly lineStart: number;
  readonly wordsStart: number;
  readonly lineLength: number;
  readonly kind: Exclude<Continuation, "none">;
  /** The break stands inside `"…"`, where blanks tell nothing. */
  readonly inString: boolean;
  /** The frame shows that it goes on, whatever stands in the line. */
  readonly sure: boolean;
}

/** A frame of more lines is prose that an unclosed parenthesis swallowed. */
const mostLines = 1000;
/** More empty lines than that are no accident of quoting and wrapping. */
const mostBlanks = 3;
/** A trace ends for the margin's sake after so many lines that are no part of a frame. */
const longestGap = 3;

/** Joins the lines of frames that gdb, a terminal, a mailer or an archive wrapped. Expects line ends that are `\n`. */
export function rewrap(view: View): Edit[] {
  const blocks = blocksOf(view.text);
  const margins = new Set(blocks.map((breaks) => marginOf(view.text, breaks)));
  return blocks.flatMap((breaks) => joinBlock(view.text, breaks, margins));
}

/** The breaks of every run of frames: what wrapped one frame of a run wrapped them all. */
function blocksOf(text: string): Break[][] {
  const collector = new Collector(text);
  for (const line of linesOf(text)) collector.line(line);
  return collector.finish();
}

class Collector {
  private readonly blocks: Break[][] = [];
  private block: Break[] = [];
  private frame: OpenFrame | null = null;
  private breaks: Break[] = [];
  private previous: Line = { start: 0, end: 0 };
  private blanks = 0;
  private gap = 0;

  constructor(private readonly text: string) {}

  line(line: Line): void {
    const start = frameStartAt(this.text, line.start, line.end);
    if (start !== null && !this.insideString(start)) this.begin(start, line);
    else if (this.frame !== null) this.goOn(this.frame, line);
    else if (++this.gap > longestGap) this.endBlock();
  }

  finish(): Break[][] {
    this.endBlock();
    return this.blocks;
  }

  /** In an open string a `#` begins a frame only where its level can be the next one. */
  private insideString({ level }: FrameStart): boolean {
    return this.frame?.string === true && level !== 0 && level !== this.frame.level + 1;
  }

  private begin(start: FrameStart, line: Line): void {
    this.endFrame();
    this.gap = 0;
    this.frame = new OpenFrame(start.level);
    this.frame.read(this.text, start.hash, line.end, "");
    this.previous = line;
  }

  private goOn(frame: OpenFrame, line: Line): void {
    const content = this.text.slice(line.start, line.end).trimEnd();
    if (content === "" && this.blanks < mostBlanks && (leavesOpen(frame) || awaitsPath(frame))) {
      this.blanks++;
      return;
    }
    const kind = content === "" ? "none" : continuationOf(frame, content);
    if (
      kind === "none" ||
      (this.blanks > 0 && !crossesBlank(frame, content)) ||
      this.breaks.length >= mostLines
    ) {
      this.endFrame();
      return;
    }
    this.join(frame, line, content, kind);
  }

  private join(frame: OpenFrame, line: Line, content: string, kind: Exclude<Continuation, "none">): void {
    const before = this.text.slice(this.previous.start, this.previous.end);
    const wordsStart = line.start + content.length - content.trimStart().length;
    this.breaks.push({
      wordsEnd: this.previous.start + before.trimEnd().length,
      lineEnd: this.previous.end,
      lineStart: line.start,
      wordsStart,
      lineLength: before.length,
      kind,
      inString: frame.string,
      sure: !leavesOpen(frame) || /[,(=]$/.test(before.trimEnd()) || /^\s*[\w#$]+(?:@entry)?=/.test(content),
    });
    frame.read(this.text, wordsStart, line.end, kind === "at-blank" ? " " : "");
    this.previous = line;
    this.blanks = 0;
  }

  /** A frame that stays open was cut: what follows belongs to it only as long as it looks like arguments. */
  private endFrame(): void {
    if (this.frame !== null && leavesOpen(this.frame)) {
      const doubtful = this.breaks.findIndex(({ sure }) => !sure);
      if (doubtful !== -1) this.breaks.length = doubtful;
    }
    this.block.push(...this.breaks);
    this.breaks = [];
    this.frame = null;
    this.blanks = 0;
  }

  private endBlock(): void {
    this.endFrame();
    if (this.block.length > 0) this.blocks.push(this.block);
    this.block = [];
    this.gap = 0;
  }
}

function leavesOpen(frame: OpenFrame): boolean {
  return frame.string || frame.depth > 0 || (frame.angle > 0 && !frame.parenthesised);
}

/** The frame ends in `at`, `from` or `in`. */
function awaitsPath({ tail }: OpenFrame): boolean {
  return /(?:^|\s)(?:at|from|in)\s*$/.test(tail);
}

/** An empty line inside a frame (a quoted one, mostly) is skipped where the next line can only be the frame's. */
function crossesBlank(frame: OpenFrame, content: string): boolean {
  if (awaitsPath(frame)) return /^\s*\S+$/.test(content);
  return frame.string
    ? content.includes('"')
    : /^\s*(?:"|<|[\w#$]+(?:@entry)?=)|, [\w#$]+(?:@entry)?=|^[^()]*\) (?:at|from) /.test(content);
}

/** Joins one block; a block of one break follows the margin that another of the text was broken at. */
function joinBlock(text: string, breaks: readonly Break[], margins: ReadonlySet<number | null>): Edit[] {
  const longest = longestLine(breaks);
  const margin =
    margins.has(longest) && breaks.every(({ lineLength }) => lineLength >= longest - 1) ? longest : null;
  const edits: Edit[] = [];
  for (const found of breaks) {
    if (margin !== null) edits.push(joinAtMargin(found, margin));
    else if (found.kind !== "maybe-digits") edits.push(joinWords(text, found));
  }
  return edits;
}

/**
 * The width at which a terminal broke the lines, in the middle of words: all broken lines are that long, or one shorter
 * where the copy lost the blank at their end. Null where breaks stand between words.
 */
function marginOf(text: string, breaks: readonly Break[]): number | null {
  const margin = longestLine(breaks);
  const atMargin = breaks.filter(({ lineLength }) => lineLength === margin).length;
  const telling = breaks.filter(({ inString }) => !inString);
  const splits = telling.filter((found) => found.kind !== "at-blank" || splitsWord(text, found)).length;
  const even = breaks.every(({ lineLength }) => lineLength >= margin - 1);
  // Two lines may be of one length by chance: then both breaks must stand inside words.
  const most = breaks.length > 2 ? splits * 2 > telling.length : splits === 2;
  return even && most && atMargin * 2 > breaks.length ? margin : null;
}

function longestLine(breaks: readonly Break[]): number {
  return breaks.reduce((longest, { lineLength }) => Math.max(longest, lineLength), 0);
}

/** Words that gdb puts a blank behind. */
const wholeWord =
  /(?:^|[\s(<])(?:in|at|from|of|const|unsigned|long|struct|union|enum|operator|optimized|synthetic|length|capacity|with|error|reading|variable|memory|address|handler|called|signal|Cannot|access|0x[0-9a-f]{8}|0x[0-9a-f]{16})$/;

/**
 * No blank on either side of the break, and letters or digits that make one word; or the one blank that belongs there
 * leads the next line, where no mailer leaves it.
 */
function splitsWord(text: string, { wordsEnd, lineEnd, lineStart, wordsStart, inString }: Break): boolean {
  if (inString || wordsEnd !== lineEnd) return false;
  if (lineStart !== wordsStart) return wordsStart === lineStart + 1;
  if (
    !/[\w/.]/.test(text[lineEnd - 1] ?? "") ||
    !/^(?:[\w/.:@]|=\S)/.test(text.slice(lineStart, lineStart + 2))
  )
    return false;
  return !wholeWord.test(text.slice(Math.max(0, lineEnd - 24), lineEnd));
}

function joinAtMargin({ lineEnd, lineStart, lineLength }: Break, margin: number): Edit {
  return edit(lineEnd, lineStart, lineLength < margin ? " " : "");
}

/** `(` and the `=` of an argument are followed by nothing, all else by one blank. */
function joinWords(text: string, { wordsEnd, wordsStart, kind }: Break): Edit {
  const tight =
    kind === "in-word" ||
    text[wordsEnd - 1] === "(" ||
    /\w=$/.test(text.slice(Math.max(0, wordsEnd - 2), wordsEnd));
  return edit(wordsEnd, wordsStart, tight ? "" : " ");
}
