import { type Line, lineAt } from "../../text/lines.js";
import { mostEmpty } from "./foreign-lines.js";
import { parseRustFrame, parseRustPlace } from "./rust-line.js";
import type { RustFrameNode, RustPlaceNode } from "./rust-nodes.js";

/** One frame of a Rust backtrace, of all its lines. */
export interface RustEntry {
  readonly node: RustFrameNode;
  /** Where the frame's first line begins in the view. */
  readonly base: number;
  readonly place: RustPlaceNode | null;
  /** Where its words end in the view. */
  readonly end: number;
  /** The text ends, or something else begins, inside the frame. */
  readonly cut: boolean;
}

/** The frames that stand below each other. */
export interface RustStack {
  readonly entries: readonly RustEntry[];
  /** The last of their lines; the line in front of them where there are none. */
  readonly last: Line;
}

const omission = /^ +\[\.\.\. omitted \d+ frames? \.\.\.\]$/;
/** A frame without a number stands below one that has it, and indented like its name. */
const unnumbered = /^ {6,}(?:<|\S*::|\S+$)/;
/** What an open frame may go on with: a name, not another frame, and not prose. */
const restOfName = /^[ \t]*(?![ \t]|\d+:[ \t]|at )(?:<|\{|\S*::|_|\S+[ \t]*$)/;
const placeStart = /^[ \t]*at (?=[^ \t:])[^:]*:?[ \t]*$/;

/**
 * Reads the frames that stand from `from` on in a view, each with its place; levels ascend, and the first one has a number.
 * Offsets are UTF-16 units. Linear in what it reads, never throws.
 *
 * @param above the line in front of them
 */
export function rustStackAt(text: string, from: number, above: Line): RustStack {
  const stack = new RustFrames(text, above);
  let empty = 0;
  for (let line = lineAt(text, from); line !== null; line = lineAt(text, line.end + 1)) {
    const words = text.slice(line.start, line.end);
    if (words.trim() !== "") {
      if (!stack.takes(words, line)) break;
      empty = 0;
    } else if (++empty > mostEmpty) break;
  }
  return stack.read();
}

class RustFrames {
  private readonly entries: RustEntry[] = [];
  private level = -1;

  constructor(
    private readonly text: string,
    private last: Line,
  ) {}

  read(): RustStack {
    return { entries: this.entries, last: this.last };
  }

  /** Takes a line with words; false where it belongs to no frame. */
  takes(words: string, line: Line): boolean {
    const taken = this.rest(words, line) || this.place(words, line) || this.frame(words, line);
    if (taken) this.last = line;
    return taken;
  }

  /** The name of a frame whose line a margin broke behind the address. */
  private rest(words: string, line: Line): boolean {
    const entry = this.entries.at(-1);
    if (entry === undefined || entry.node.function !== null || !restOfName.test(words)) return false;
    const node = { ...entry.node, function: words.trim(), open: false };
    this.put({ ...entry, node, end: line.start + words.trimEnd().length, cut: isOpen(words) });
    return true;
  }

  private place(words: string, line: Line): boolean {
    const entry = this.entries.at(-1);
    if (entry === undefined || entry.place !== null) return false;
    const place = parseRustPlace(words);
    if (place !== null) this.put({ ...entry, place, end: line.start + place.end, cut: false });
    else if (placeStart.test(words) && isLast(this.text, line))
      this.put({ ...entry, end: line.start + words.trimEnd().length, cut: true });
    else return false;
    return true;
  }

  private frame(words: string, line: Line): boolean {
    if (omission.test(words)) return true;
    const node = frameBelow(words, this.level);
    if (node === null) return false;
    const cut = node.open || isOpen(node.function ?? "");
    this.entries.push({ node, base: line.start, place: null, end: line.start + node.end, cut });
    this.level = node.level ?? this.level;
    return true;
  }

  private put(entry: RustEntry): void {
    this.entries[this.entries.length - 1] = entry;
  }
}

/** Numbers ascend; the first frame has one. */
function frameBelow(words: string, level: number): RustFrameNode | null {
  const node = parseRustFrame(words);
  if (node === null) return null;
  const follows = node.level === null ? level >= 0 && unnumbered.test(words) : node.level > level;
  return follows ? node : null;
}

/** A bracket of the name is not closed: `<std[e28293b1`. The arrow of a function's type closes none. */
function isOpen(name: string): boolean {
  let depth = 0;
  for (const [bracket] of name.matchAll(/->|[<>[\](){}]/g)) {
    if ("<[({".includes(bracket)) depth++;
    else if (bracket !== "->") depth--;
  }
  return depth > 0;
}

function isLast(text: string, { end }: Line): boolean {
  return text.slice(end, end + 64).trim() === "" && text.length - end <= 64;
}
