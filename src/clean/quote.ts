import { frameStartAt } from "../text/frame-start.js";
import { type Line, lineBelow, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** `> `, `>> `, `> > `, as deep as it goes; one blank after the last mark belongs to it. */
const marks = /[ \t]{0,3}(?:>[ \t]{0,2}(?=>))*>[ \t]?/y;

/**
 * Takes the quote marks of mail out. A frame's own depth holds for the lines that go on with it, for a wrapped C++ name
 * may itself begin with `> >`: no more marks are taken from them than its first line had, unless what follows can only
 * be the frame's (a mailer that wrapped a quote added one).
 */
export function quote(view: View): Edit[] {
  const { text } = view;
  if (!/^[ \t]{0,3}>/m.test(text)) return [];
  const marks = new Marks(text);
  const edits: Edit[] = [];
  for (const line of linesOf(text)) {
    const end = marks.endIn(line);
    if (end > line.start) edits.push(edit(line.start, end, ""));
  }
  return edits;
}

/** Walks over the lines and tells the marks of each from what gdb printed. */
class Marks {
  /** How deep the frame is quoted that a line may go on with. */
  private depth: number | null = null;
  /** `>#0`: the blanks behind such marks are gdb's. */
  private tight = false;
  /** The last two lines without their marks, and how many marks the last had. */
  private above = "";
  private before = "";
  private lastDepth = 0;

  constructor(private readonly text: string) {}

  /** Where the marks of a line end. */
  endIn({ start, end }: Line): number {
    const prefix = prefixOf(this.text, start, this.tight);
    const content = start + prefix.length;
    if (prefix !== "" && this.depth !== null && this.closesAngle(prefix, content, end)) {
      return this.keep(start, end, this.lastDepth);
    }
    if (frameStartAt(this.text, content, end) !== null) {
      this.depth = depthOf(prefix);
      this.tight = prefix.endsWith(">");
    } else if (this.endsFrame(prefix, content, end)) this.depth = null;
    const line = this.text.slice(content, end);
    const taken =
      this.depth === null ? this.takenFromText(prefix) : takenFrom(prefix, line, this.before, this.depth);
    return this.keep(start + taken, end, depthOf(prefix.slice(0, taken)));
  }

  /** Outside of frames all marks are a mailer's, but for a comparison in a message that goes on from the line above. */
  private takenFromText(prefix: string): number {
    const goesOn = prefix !== "" && leavesMessage(this.above + this.before);
    return goesOn ? lengthOfDepth(prefix, this.lastDepth) : prefix.length;
  }

  private closesAngle(prefix: string, content: number, end: number): boolean {
    return closesAngle(
      prefix,
      this.text.slice(content, end),
      this.before,
      lineBelow(this.text, { start: content, end }),
    );
  }

  private endsFrame(prefix: string, content: number, end: number): boolean {
    return (prefix !== "" || content === end) && this.text.slice(content, end).trim() === "";
  }

  private keep(content: number, end: number, depth: number): number {
    this.above = this.before;
    this.before = this.text.slice(content, end);
    this.lastDepth = depth;
    return content;
  }
}

/** What only a frame that is already open goes on with, behind quote marks. */
const frameWords = /^(?:[\w$]+(?:@entry)?=|(?:at|from) \S| {3}|"|\()/;

/** How much of a prefix is marks, in a line that goes on with a frame. */
function takenFrom(prefix: string, line: string, before: string, depth: number): number {
  if (depth === 0) return 0;
  return frameWords.test(line) && !leavesAngle(before) ? prefix.length : lengthOfDepth(prefix, depth);
}

/** ``Assertion `n`` over `> 0' failed.`: the message of a failed assertion is not whole. */
function leavesMessage(lines: string): boolean {
  if (!/sser|rtio/.test(lines)) return false;
  const message = lines.slice(-longestMessage).replace(/\s+/g, "");
  return /Assertion[`']|ssertionfailed|assertion"/.test(message) && !/(?:failed\.?|\))$/.test(message);
}

/** `<optimized out` over `>, n=1`, `<table+4` over `> "text"`: the line has no marks, and its `>` is gdb's. */
function closesAngle(prefix: string, line: string, before: string, below: string): boolean {
  if (!/^>[ \t]?$/.test(prefix) || !leavesAngle(before)) return false;
  if (line.trim() === "") return /^["',)]/.test(below);
  return prefix === ">" ? /^[,):]/.test(line) : /^["']/.test(line);
}

/** Two lines of a message that was wrapped are no longer. */
const longestMessage = 1024;

function leavesAngle(line: string): boolean {
  return line.lastIndexOf("<") > line.lastIndexOf(">");
}

function prefixOf(text: string, start: number, tight: boolean): string {
  marks.lastIndex = start;
  const prefix = marks.exec(text)?.[0] ?? "";
  return tight && text[start + prefix.length] !== "#" ? prefix.trimEnd() : prefix;
}

function depthOf(prefix: string): number {
  return prefix.split(">").length - 1;
}

/** How much of a prefix holds its first `depth` marks, with the one blank after the last. */
function lengthOfDepth(prefix: string, depth: number): number {
  if (depth >= depthOf(prefix)) return prefix.length;
  let at = 0;
  for (let found = 0; found < depth; found++) at = prefix.indexOf(">", at) + 1;
  return depth > 0 && prefix[at] === " " ? at + 1 : at;
}
