import type { Line } from "../text/lines.js";

/** What follows a level where gdb, coredumpctl or eu-stack printed it. */
const gdb =
  "0x[0-9a-f]{4,16}(?:[ \\t]|$)|<signal handler|[\\w~:$.<>*&]{1,200} ?\\((?:\\)|\\.\\.\\.|[\\w$]+(?:@entry)?=|$)";
/** The same of ThreadSanitizer, which shows no addresses: a function (`#13 2.884 2024-05-01T10:00` is docker's), and a place. */
const sanitizer =
  "(?!\\d)[\\w~:$.<>*&,]{1,200}(?:\\([^()\\n]{0,200}\\))? (?:[\\w./~+-][^\\s:()]{0,200}:\\d|\\([^\\s()]{1,200}\\+0x|<null> )";

/** A frame in a line that begins with something else; the level is the first group that holds one. */
const frames = new RegExp(
  [
    `#(\\d{1,7})[ \\t]{1,4}(?:${gdb}|${sanitizer})`,
    "(?:\\*[ \\t]{1,4})?frame #(\\d{1,7}):[ \\t]{1,4}0x",
    // gdb's command line inside gdb/MI
    '~"#(\\d{1,7})[ \\t]',
  ].join("|"),
  "g",
);
/** `   0: name`, `  10:     0x55d0 - name`: Rust fills its levels up with blanks. */
const rustFrame = /(?<=[ \t]{2})(\d{1,4}):[ \t]{1,8}(?:0x[0-9a-f]{1,16} - )?[A-Za-z_<]/;
const withRust = new RegExp(`${frames.source}|${rustFrame.source}`, "g");

const mayHold = /\S[ \t]{0,16}(?:~"|(?:\*[ \t]{1,4})?frame )?#\d{1,7}[ \t:]/;
const rustStack = "stack backtrace:";

/** A frame that begins inside a line. */
export interface InnerFrame {
  readonly level: number;
  /** Where it begins, in UTF-16 units. */
  readonly index: number;
}

/** No log puts more in front of a line. */
export const longestPrefix = 160;
/** Two frames of one trace are closer together, in lines, locals and all. */
export const farthest = 400;
/** Enough of a frame to know it by, behind the longest prefix. */
const longestStart = 256;

/** The beginning of a line, as far as a frame behind a prefix can be in it. */
export function headOf(text: string, { start, end }: Line): string {
  return text.slice(start, Math.min(end, start + longestPrefix + longestStart));
}

/** Whether a level may come behind another in one trace, from which people cut a few frames. */
export function followsLevel(level: number, before: number): boolean {
  return level > before && level <= before + 4;
}

/** Finds the frames of one text in its lines, in order; see {@link innerFramesOf}. */
export type InnerFrames = (line: string) => Generator<InnerFrame>;

/**
 * How frames that something stands in front of are found in the lines of a text: those of gdb, gdb/MI's command line,
 * coredumpctl, eu-stack, sanitizers and lldb, and, where the text shows a stack of Rust, those of Rust. Null where the text
 * has none. Throws nothing; what it gives is linear in a line.
 */
export function innerFramesOf(text: string): InnerFrames | null {
  const rust = text.includes(rustStack);
  if (!rust && !mayHold.test(text)) return null;
  return (line) => framesIn(line, rust ? withRust : frames);
}

function* framesIn(line: string, pattern: RegExp): Generator<InnerFrame> {
  for (const { index, 1: gdb, 2: lldb, 3: mi, 4: rust } of line.matchAll(pattern))
    yield { level: Number(gdb ?? lldb ?? mi ?? rust), index };
}
