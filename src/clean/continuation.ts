import type { OpenFrame } from "./open-frame.js";

/** How a line goes on with a frame. */
export type Continuation =
  /** It does not. */
  | "none"
  /** It does, and the break stands at a blank. */
  | "at-blank"
  /** It does, and the break stands inside a word: nothing belongs in its place. */
  | "in-word"
  /** Digits below a whole line number: only a break at the margin would explain them. */
  | "maybe-digits";

/** Lines that never go on with a frame, whatever it leaves open. */
const boundary =
  /^(?:Thread \d|\((?:gdb|rr)\)|No locals\.|No symbol table info|Backtrace stopped:|\(More stack frames|\[(?:New|Switching|Current|Thread|Inferior|Detaching)|Program (?:received|terminated)|Core was generated|```)/;

/** gdb's own breaks go on with four blanks, three in front of `from`; more inside an aggregate. */
const gdbIndent = /^ {3,}\S/;

/**
 * Whether a line goes on with a frame, on positive evidence only.
 * @param content the line without blanks at its end
 */
export function continuationOf(frame: OpenFrame, content: string): Continuation {
  if (boundary.test(content)) return "none";
  const words = content.trimStart();
  if (frame.string) return "at-blank";
  if (frame.depth > 0) return continuesArguments(content, words) ? "at-blank" : "none";
  return continuesTail(frame, words);
}

/** Arguments hold `=`, brackets or commas; a piece without them is a word or two (`capacity 3`). */
function continuesArguments(content: string, words: string): boolean {
  return gdbIndent.test(content) || /[=)}>",]/.test(words) || /^\S+(?: \S+){0,2}$/.test(words);
}

function continuesTail(frame: OpenFrame, words: string): Continuation {
  const tail = frame.tail.trimEnd();
  if (/(?:^|\s)(?:at|from|in)$|,$/.test(tail)) return "at-blank";
  if (!frame.parenthesised) return continuesName(frame, tail, words);
  if (/^(?:\(|(?:at|from)(?:$| (?!=)))/.test(words) && !/\s(?:at|from)\s/.test(tail)) return "at-blank";
  if (/^\s(?:a|f|fr|fro)$/.test(tail) && /^(?:at|from) /.test(tail.trim() + words)) return "in-word";
  return continuesLocation(tail, words);
}

/** `#13`, `#13 0x000055a324c`, `#13 0x000055a324cda138`, `#13 0x000055a324cda138 in vmst`: the name is not whole yet. */
function continuesName(frame: OpenFrame, tail: string, words: string): Continuation {
  if (tail === `#${frame.level}`)
    return /^(?:0x[0-9a-f]+\s+in\b|<|[^\s(]+(?: \(|$))/.test(words) ? "at-blank" : "none";
  if (/^#\d+\s+0x[0-9a-f]+$/.test(tail)) {
    if (/^in\b/.test(words)) return "at-blank";
    return /^[0-9a-f]*(?:\s+in\b|$)/.test(words) ? "in-word" : "none";
  }
  if (frame.angle > 0 || words.startsWith("(")) return "at-blank";
  return /\sin\s/.test(tail) && /\(/.test(words) ? "at-blank" : "none";
}

const libraryEnd = /\.(?:so|dll|dylib)/;

/** A path that was cut before its line number, or a library's before its end. */
function continuesLocation(tail: string, words: string): Continuation {
  const location = /\s(at|from)\s+(\S.*)$/.exec(tail);
  if (location === null || /\s/.test(words)) return "none";
  const [, word, path = ""] = location;
  if (word === "from") {
    if (/\.so[.\d]*$/.test(path) && /^\.?\d[.\d]*$/.test(words)) return "maybe-digits";
    return !libraryEnd.test(path) && libraryEnd.test(path + words) ? "in-word" : "none";
  }
  if (/:\d+$/.test(path)) return /^\d{1,6}$/.test(words) ? "maybe-digits" : "none";
  return !libraryEnd.test(path) && /:\d+$|\/|^\d+$/.test(words) ? "in-word" : "none";
}
