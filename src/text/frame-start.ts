/**
 * Where a line begins a frame: blanks or a list bullet, gdb's prompt any number of times (commands that are piped in are
 * not echoed, so output follows the prompt), `#`, the level, and something after it.
 */
const frameStart = /[ \t]*(?:[*+-] )?(?:\((?:gdb|rr)\) ?)*#(\d{1,7})(?=[ \t]+\S|[ \t]*$)/y;

export interface FrameStart {
  readonly level: number;
  /** The offset of the `#`. */
  readonly hash: number;
}

/** The frame that begins in the line `text[start, end)`, going by its first characters alone; null where none does. */
export function frameStartAt(text: string, start: number, end: number): FrameStart | null {
  const line = text.slice(start, end);
  const code = line.charCodeAt(line.indexOf("#") + 1);
  if (!(code >= zero && code <= nine)) return null;
  frameStart.lastIndex = 0;
  const match = frameStart.exec(line);
  if (match?.[1] === undefined) return null;
  return { level: Number(match[1]), hash: start + match[0].length - match[1].length - 1 };
}

const zero = 0x30;
const nine = 0x39;
