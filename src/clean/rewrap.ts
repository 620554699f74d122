import { type FrameStart, frameStartAt } from "../text/frame-start.js";
import { type Line, lineBelow, linesOf } from "../text/lines.js";
import { type Edit, type View, viewOffset } from "../text/view.js";
import { type Continuation, continuationOf } from "./continuation.js";
import { frameJoint } from "./frame-joint.js";
import { type Break, joinBlocks } from "./join.js";
import { OpenFrame } from "./open-frame.js";

/** A frame of more lines is prose that an unclosed parenthesis swallowed. */
const mostLines = 1000;
/** More empty lines than that are no accident of quoting and wrapping. */
const mostBlanks = 3;
/** A trace ends for the margin's sake after so many lines that are no part of a frame. */
const longestGap = 3;

/** Joins the lines of frames that gdb, a terminal, a mailer or an archive wrapped. Expects line ends that are `\n`. */
export function rewrap(view: View): Edit[] {
  return joinBlocks(blocksOf(view));
}

/** The breaks of every run of frames: what wrapped one frame of a run wrapped them all. */
function blocksOf(view: View): Break[][] {
  const collector = new Collector(view);
  for (const line of linesOf(view.text)) collector.line(line);
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

  private readonly text: string;

  constructor(private readonly view: View) {
    this.text = view.text;
  }

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
    if (content === "" && this.blanks < mostBlanks && isUnfinished(frame)) {
      this.blanks++;
      return;
    }
    const kind = content === "" ? "none" : continuationOf(frame, content, lineBelow(this.text, line));
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
    const joint = kind === "in-word" ? "split" : frameJoint(frame, content.trimStart());
    this.breaks.push({
      wordsEnd: this.previous.start + before.trimEnd().length,
      lineEnd: this.previous.end,
      lineStart: line.start,
      wordsStart,
      lengths: [before.length, rawLength(this.view, this.previous)],
      joint,
      digits: kind === "maybe-digits",
      sure: !leavesOpen(frame) || /[,(=]$/.test(before.trimEnd()) || /^\s*[\w#$]+(?:@entry)?=/.test(content),
    });
    frame.read(this.text, wordsStart, line.end, joint === "blank" || joint === "unknown" ? " " : "");
    this.previous = line;
    this.blanks = 0;
  }

  /** A frame that stays open was cut: what follows belongs to it only as long as it looks like arguments. */
  private endFrame(): void {
    if (this.frame !== null && leavesOpen(this.frame)) {
      const doubtful = this.breaks.findIndex(({ sure }) => !sure);
      if (doubtful !== -1) this.breaks.length = doubtful;
    }
    for (const found of this.breaks) this.block.push(found);
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

/** How long a line was before marks were taken off its start. */
function rawLength(view: View, { start, end }: Line): number {
  const before = start === 0 ? 0 : view.toRaw({ start: viewOffset(start - 1), end: viewOffset(start) }).end;
  return view.toRaw({ start: viewOffset(end), end: viewOffset(end) }).start - before;
}

function leavesOpen(frame: OpenFrame): boolean {
  return frame.string || frame.depth > 0 || (frame.angle > 0 && !frame.parenthesised);
}

function isUnfinished(frame: OpenFrame): boolean {
  return (
    leavesOpen(frame) ||
    awaitsPath(frame) ||
    lacksPlace(frame) ||
    (!frame.parenthesised && frame.tail.includes(" "))
  );
}

/** The arguments end, and nothing stands behind them. */
function lacksPlace(frame: OpenFrame): boolean {
  return frame.parenthesised && frame.depth === 0 && frame.tail.trim() === "";
}

/** The frame ends in `at`, `from` or `in`. */
function awaitsPath({ tail }: OpenFrame): boolean {
  return /(?:^|\s)(?:at|from|in)\s*$/.test(tail);
}

/** An empty line inside a frame (a quoted one, mostly) is skipped where the next line can only be the frame's. */
function crossesBlank(frame: OpenFrame, content: string): boolean {
  if (awaitsPath(frame)) return /^\s*\S+$/.test(content);
  if (lacksPlace(frame)) return /^\s*(?:at \S+:\d+|from \S+)$/.test(content);
  if (!frame.parenthesised && frame.angle === 0) return /^\s*\((?:\)|[\w#$]+(?:@entry)?=)/.test(content);
  return frame.string
    ? content.includes('"')
    : /^\s*(?:"|<|[\w#$]+(?:@entry)?=)|, [\w#$]+(?:@entry)?=|^[^()]*\) (?:at|from) /.test(content);
}
