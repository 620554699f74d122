import { unescaped } from "../text/c-escapes.js";
import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** What a front end's log may put in front of a record: `1: (959) ->`, `-> `. */
const prefix = '[ \\t]{0,16}(?:[^"\\n]{0,80}-> ?)?';
/** `~"#0  main () at x.c:3\n"`: what the command line printed, `&"…"` what it logged and echoed, `@"…"` the program. */
const opening = new RegExp(`^${prefix}([~&@])"`);
const inside = /[^"\\]*(?:\\.[^"\\]*)*/y;
/** Records that may come at any moment, and the answer to a command of the command line. */
const aside = new RegExp(
  `^${prefix}(?:\\d{0,9}\\^(?:done|running)$|=(?!thread-selected)[a-z-]{1,40}(?:,|$)|\\*running\\b)`,
);
const answer = /\^(?:done|running)$/;
/** Colours and what the string ends its line with go; everything else stands for one character, or some bytes of it. */
const escaped = /\\(?:033|e)\[[0-?]{0,64}[@-~]|\\r(?:\\n)?|(?:\\[0-7]{3})+|\\./g;

/** A stream record. Offsets are UTF-16 units into the view. */
interface Stream extends Line {
  readonly mark: string;
  /** What stands between the quotes. */
  readonly content: string;
  readonly contentStart: number;
}

/**
 * Makes plain text of what gdb's command line printed inside gdb/MI: unescapes stream records, and joins those that make
 * one line. Records that were interleaved with them, so that they would stand in the middle of a trace, are taken out.
 */
export function miConsole(view: View): Edit[] {
  const { text } = view;
  if (!text.includes('~"')) return [];
  const log = new ConsoleLog(text);
  for (const line of linesOf(text)) log.line(line);
  return log.edits;
}

class ConsoleLog {
  readonly edits: Edit[] = [];
  private last: Stream | null = null;
  /** What came behind the last stream record and may be taken out. */
  private asides: Line[] = [];
  /** The end of a prompt behind which nothing came. */
  private prompt: number | null = null;

  constructor(private readonly text: string) {}

  line(line: Line): void {
    const content = this.text.slice(line.start, line.end);
    const found = streamOf(content, line);
    if (this.isAside(found, content)) this.asides.push(line);
    else if (found !== null) this.stream(found);
    else this.other(content, line);
  }

  /** A complaint that gdb logs in the middle of a line is one as well. */
  private isAside(found: Stream | null, content: string): boolean {
    if (this.last === null) return false;
    return found === null ? aside.test(content) : !endsLine(this.last) && found.mark !== this.last.mark;
  }

  private other(content: string, line: Line): void {
    // An answer that says nothing more would be a word between a value that was printed and a trace.
    for (const { start, end } of this.asides)
      if (answer.test(this.text.slice(start, end))) this.edits.push(edit(start, end, ""));
    this.last = null;
    this.asides = [];
    this.prompt = /^\(gdb\) ?$/.test(content) ? line.end : null;
  }

  private stream(stream: Stream): void {
    const goesOn = this.last !== null && !endsLine(this.last);
    this.begin(stream, goesOn);
    this.content(stream, endsLine(stream));
    this.last = stream;
    this.asides = [];
    this.prompt = null;
  }

  /** Takes away what stands between the last text and this one. */
  private begin({ start, mark, contentStart }: Stream, goesOn: boolean): void {
    if (goesOn && this.last !== null) this.edits.push(edit(this.last.end, contentStart, ""));
    else if (mark === "&" && this.prompt !== null) this.edits.push(edit(this.prompt, contentStart, ""));
    else {
      // The line end in front of it stays, those of what was between them do not.
      const [first] = this.asides;
      this.edits.push(edit(first?.start ?? start, contentStart, ""));
    }
  }

  /** The line end that the string ends in is already there: that of the record. */
  private content({ content, contentStart, end }: Stream, whole: boolean): void {
    const length = whole ? content.replace(/(?:\\r)?\\n$/, "").length : content.length;
    for (const { index, 0: written } of content.slice(0, length).matchAll(escaped))
      this.edits.push(edit(contentStart + index, contentStart + index + written.length, plain(written)));
    this.edits.push(edit(contentStart + length, end, ""));
  }
}

function streamOf(line: string, { start, end }: Line): Stream | null {
  const match = opening.exec(line);
  if (match === null) return null;
  const [opened, mark = ""] = match;
  inside.lastIndex = opened.length;
  const content = inside.exec(line)?.[0] ?? "";
  const rest = line.slice(opened.length + content.length).trimEnd();
  // One whose end is cut is known by its mark alone.
  if (rest !== '"' && (rest !== "" || mark !== "~")) return null;
  return { start, end, mark, content, contentStart: start + opened.length };
}

/** `\n` at the end, and no escaped backslash before an `n`. */
function endsLine({ content }: Stream): boolean {
  const backslashes = /\\+(?=n$)/.exec(content)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

function plain(written: string): string {
  if (written.endsWith("\\n") || written === "\\r") return "\n";
  return /^\\(?:033|e)\[/.test(written) ? "" : unescaped(written);
}
