import { type Line, linesOf } from "../text/lines.js";
import { type Edit, edit, type View } from "../text/view.js";

/** A message that begins in one line and ends in a later one. */
interface Shape {
  /** Fits a line in which it begins and does not end. */
  readonly open: RegExp;
  /** Fits the line below, where that is needed to know it. */
  readonly next?: RegExp;
  /** Fits the line in which it ends. */
  readonly end: RegExp;
}

const shapes: readonly Shape[] = [
  // qemu: ../softmmu/memory.c:1108: memory_region_transaction_commit: Assertion `a && ⏎ b' failed.
  { open: /: Assertion `(?!.*' failed)/, end: /(?:'|^) ?failed\.?$/ },
  // qemu: ../softmmu/memory.c:1108: memory_region_transaction_commit: ⏎ Assertion `a' failed.
  {
    open: /^\S{1,256}: [^\s:]{1,256}:\d{1,7}:(?: [^`]{1,512}:)?$/,
    next: /^Assertion `/,
    end: /(?:'|^) ?failed\.?$/,
  },
  // ERROR:../tests/ring.c:57:test_wrap: assertion failed (count == 3): ⏎ (2 == 3)
  {
    open: /^(?:\S{1,64}:)?ERROR:[^\s:]{1,256}:\d{1,7}:[^\s:]{0,128}:(?: assertion failed(?!.*\)$)|$)/,
    end: /\)$/,
  },
];

/** A message is no longer. */
const mostLines = 6;

/** Joins the lines of the message of a failed assertion that a mailer or a terminal broke at blanks. */
export function rewrapAssertion(view: View): Edit[] {
  const { text } = view;
  if (!/ssertion/.test(text)) return [];
  const lines = [...linesOf(text)];
  const edits: Edit[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [content, below] = [contentOf(text, lines[index]), contentOf(text, lines[index + 1])];
    const shape = shapes.find(({ open, next }) => open.test(content) && (next?.test(below) ?? true));
    if (shape === undefined) continue;
    const found = joins(text, lines.slice(index, index + mostLines), shape.end);
    edits.push(...found);
    index += found.length;
  }
  return edits;
}

function contentOf(text: string, line: Line | undefined): string {
  return line === undefined ? "" : text.slice(line.start, line.end).trim();
}

/** One blank for every break up to the line with the message's end; nothing where an empty line or no end comes. */
function joins(text: string, lines: readonly Line[], end: RegExp): Edit[] {
  const last = lines.findIndex((line, index) => index > 0 && end.test(contentOf(text, line)));
  const parts = lines.slice(0, last + 1);
  if (last === -1 || parts.some((line) => contentOf(text, line) === "")) return [];
  return parts.slice(1).map((line, index) => {
    const before = parts[index] ?? line;
    const from = before.start + text.slice(before.start, before.end).trimEnd().length;
    const content = text.slice(line.start, line.end);
    return edit(from, line.start + content.length - content.trimStart().length, " ");
  });
}
