import { reader } from "../../generated/lldb.js";
import type { LldbFrameNode, LldbThreadNode } from "./lldb-nodes.js";

const readFrame = reader({ startRule: "LldbFrame" });
const readThread = reader({ startRule: "LldbThread" });

const frameStart = /^[ \t]*(?:\*[ \t]+)?frame #\d{1,7}:[ \t]+0x/;
const threadStart = /^[ \t]*(?:(?:\*[ \t]+)?thread #\d|\d{1,7} thread\(s\) #\d)/;
/** Names and summaries of values may be long; the bound keeps a hostile line cheap. */
const longest = 65536;

/**
 * Reads one line as a frame of lldb's default frame format; its column is left out. Null for everything else. Offsets are
 * UTF-16 units in `line`; they begin at the word `frame` and include the marks at the end. Linear, never throws.
 */
export function parseLldbFrame(line: string): LldbFrameNode | null {
  if (line.length > longest || !frameStart.test(line)) return null;
  const { start, place } = tailOf(line);
  const node = readFrame(line.slice(0, start));
  if (node === null || place === null) return node;
  return { ...node, ...place, cut: false, end: line.trimEnd().length };
}

/** Reads one line as what lldb prints above the frames of a thread; null for everything else. Never throws. */
export function parseLldbThread(line: string): LldbThreadNode | null {
  return line.length <= longest && threadStart.test(line) ? readThread(line) : null;
}

interface Tail {
  /** Where the place begins, or the line ends. */
  readonly start: number;
  readonly place: { readonly file: string; readonly line: number | null } | null;
}

/** The place at the end of a frame: ` at FILE:LINE:COLUMN`, then marks that the format puts there. */
function tailOf(line: string): Tail {
  let end = line.trimEnd().length;
  for (const mark of [" [artificial]", " [opt]"]) {
    if (line.endsWith(mark, end)) end -= mark.length;
  }
  const at = line.lastIndexOf(" at ", end);
  const match = at === -1 ? null : place.exec(line.slice(at + " at ".length, end).trimStart());
  if (match?.[1] === undefined) return { start: end, place: null };
  const number = Number(match[2]);
  return { start: at, place: { file: match[1], line: Number.isSafeInteger(number) ? number : null } };
}

const place = /^(.+?):(\d+)(?::\d+)?$/;
