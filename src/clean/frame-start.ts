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
  const hash = text.indexOf("#", start);
  if (hash === -1 || hash >= end) return null;
  const code = text.charCodeAt(hash + 1);
  if (code < 48 || code > 57) return null;
  const line = text.slice(start, end);
  frameStart.lastIndex = 0;
  const match = frameStart.exec(line);
  if (match?.[1] === undefined) return null;
  return { level: Number(match[1]), hash: start + match[0].length - match[1].length - 1 };
}
