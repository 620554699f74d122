import { frameStartAt } from "../text/frame-start.js";
import { columnsOf, type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";
import { beginsFrame } from "./damaged-frames.js";

/** A line, with how many columns of its indentation are somebody's. */
interface Measured extends Line {
  /** Columns in front of its first character; a tab goes to the next multiple of eight. */
  readonly indent: number;
  readonly blank: boolean;
  shift: number;
}

/** A level, or a level and a name, where the line was broken behind it: only where frames came before. */
const wrapped = /^[ \t]*(?:[ \t][\w~:$<>]{1,400}[ \t]*)?$/;

/** A prompt, a header and a report stand so near above the first frame. */
const mostAbove = 12;

/**
 * Takes the indentation away that a list, a quotation or an editor gave all the lines of a trace alike. What gdb itself
 * indents (locals by eight, continued lines by four, the frames that a filter elided) keeps its distance to the frames.
 */
export function dedent(view: View): Edit[] {
  const { text } = view;
  if (!/^[ \t]+(?:[*+-] )?#\d/m.test(text)) return [];
  const shifter = new Shifter(text);
  for (const line of linesOf(text)) shifter.line(line);
  return shifter.edits();
}

class Shifter {
  private readonly lines: Measured[] = [];
  /** The indentation of the frames of this trace; null where none came since the last line of prose. */
  private margin: number | null = null;

  constructor(private readonly text: string) {}

  line({ start, end }: Line): void {
    const words = firstWord(this.text, start, end);
    const line: Measured = {
      start,
      end,
      indent: columnsOf(this.text.slice(start, words)),
      blank: words === end,
      shift: 0,
    };
    this.lines.push(line);
    const frame = this.frameLevel(start, end);
    if (frame !== null) this.frame(line, frame);
    else if (!line.blank && line.indent === 0 && this.margin !== 0) this.margin = null;
    line.shift = Math.min(line.indent, this.margin ?? 0);
  }

  edits(): Edit[] {
    return this.lines.flatMap(({ start, indent, shift, blank, end }) => {
      if (shift === 0 || blank) return [];
      const words = firstWord(this.text, start, end);
      const exact = this.text.slice(start, start + shift);
      if (/^ *$/.test(exact)) return [edit(start, start + shift, "")];
      return [edit(start, words, " ".repeat(indent - shift))];
    });
  }

  private frameLevel(start: number, end: number): number | null {
    const found = frameStartAt(this.text, start, end);
    if (found === null) return null;
    const rest = this.text.slice(found.hash, end).replace(/^#\d+/, "");
    return beginsFrame(rest) || (this.margin !== null && wrapped.test(rest)) ? found.level : null;
  }

  private frame({ indent }: Measured, level: number): void {
    const begins = this.margin === null || level === 0;
    if (!begins && indent >= (this.margin ?? 0)) return;
    this.margin = indent;
    if (begins && indent > 0) this.shiftAbove(indent);
  }

  private shiftAbove(margin: number): void {
    for (let index = this.lines.length - 2, left = mostAbove; index >= 0 && left > 0; index--, left--) {
      const line = this.lines[index];
      if (line === undefined || line.shift > 0 || (!line.blank && line.indent < margin)) return;
      if (!line.blank) line.shift = margin;
    }
  }
}

function firstWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === " " || text[at] === "\t")) at++;
  return at;
}
