import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

const hunkHeader = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
/** Takes the hunks of patches out: what stands there is what somebody wants in a file, and no program printed it. */
export function diff(view: View): Edit[] {
  if (!view.text.includes("\n@@ -") && !view.text.startsWith("@@ -")) return [];
  const finder = new HunkFinder(view.text);
  for (const line of linesOf(view.text)) finder.line(line);
  return finder.finish();
}

class HunkFinder {
  private readonly edits: Edit[] = [];
  private hunk: { start: number; end: number; removed: number; added: number } | null = null;

  constructor(private readonly text: string) {}

  line({ start, end }: Line): void {
    if (this.hunk !== null && this.insideHunk(this.hunk, start, end)) return;
    const content = this.text.slice(start, end);
    const header = hunkHeader.exec(content);
    if (header !== null) {
      const [, removed = "1", added = "1"] = header;
      this.hunk = { start, end, removed: Number(removed), added: Number(added) };
    }
  }

  finish(): Edit[] {
    this.endHunk();
    return this.edits;
  }

  /** Counts the lines that the hunk's header announced; a mailer may have taken the blank of an empty context line. */
  private insideHunk(hunk: NonNullable<typeof this.hunk>, start: number, end: number): boolean {
    const mark = start === end ? " " : this.text[start];
    const inside = (hunk.removed > 0 || hunk.added > 0) && mark !== undefined && " +-\\".includes(mark);
    if (!inside) {
      this.endHunk();
      return false;
    }
    if (mark !== "+" && mark !== "\\") hunk.removed--;
    if (mark !== "-" && mark !== "\\") hunk.added--;
    hunk.end = end;
    return true;
  }

  private endHunk(): void {
    if (this.hunk !== null) this.edits.push(edit(this.hunk.start, this.hunk.end, ""));
    this.hunk = null;
  }
}
