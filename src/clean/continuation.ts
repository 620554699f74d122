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
 * @param below the line below it: a terminal may leave a piece of a word that tells nothing without its rest
 */
export function continuationOf(frame: OpenFrame, content: string, below: string): Continuation {
  if (boundary.test(content)) return "none";
  const words = content.trimStart();
  if (frame.string) return "at-blank";
  if (frame.depth > 0) return continuesArguments(content, words) ? "at-blank" : "none";
  return continuesTail(frame, words, below.trim());
}

/** Arguments hold `=`, brackets or commas; a piece without them is a word or two (`capacity 3`). */
function continuesArguments(content: string, words: string): boolean {
  return gdbIndent.test(content) || /[=)}>",]/.test(words) || /^\S+(?: \S+){0,2}$/.test(words);
}

function continuesTail(frame: OpenFrame, words: string, below: string): Continuation {
  const tail = frame.tail.trimEnd();
  if (/(?:^|\s)(?:at|from|in)$|,$/.test(tail)) return "at-blank";
  if (!frame.parenthesised) return continuesName(frame, tail, words, below);
  if (/^(?:\(|(?:at|from)(?:$| (?!=)))/.test(words) && !/\s(?:at|from)\s/.test(tail)) return "at-blank";
  if (/^\s(?:a|f|fr|fro)$/.test(tail) && /^(?:at|from)(?: |$)/.test(tail.trim() + words)) return "in-word";
  if (/^(?:a|f|fr|fro)$/.test(words) && /^(?:at|from) \S/.test(words + below)) return "at-blank";
  return continuesLocation(tail, words, below);
}

/** `#13`, `#13 0x000055a324c`, `#13 0x000055a324cda138`, `#13 0x000055a324cda138 in vmst`: the name is not whole yet. */
function continuesName(frame: OpenFrame, tail: string, words: string, below: string): Continuation {
  if (tail === `#${frame.level}`) return continuesLevel(frame, words);
  if (/^#\d+\s+0(?:x[0-9a-f]*)?$/.test(tail)) {
    if (/^in\b/.test(words)) return "at-blank";
    return /^x?[0-9a-f]*(?:\s+in\b|\s+i?$|$)/.test(words) ? "in-word" : "none";
  }
  if (/\s0x[0-9a-f]+\s+i$/.test(tail)) return /^n\s/.test(words) ? "in-word" : "none";
  if (tail.endsWith("(anonymous") && words.startsWith("namespace)")) return "at-blank";
  if (frame.angle > 0 || words.startsWith("(")) return "at-blank";
  if (/\sin\s/.test(tail) && /\(/.test(words)) return "at-blank";
  if (nameEnd.test(words)) return "at-blank";
  return /^[\w$.:~]+$/.test(words) && nameEnd.test(below) ? "at-blank" : "none";
}

/** The end of a name, and the arguments behind it. */
const nameEnd = /^[\w$.:~]* ?\((?:[\w$]+(?:@entry)?=|\)|$|\.\.\.)/;

/** Behind the level stand an address, a name or the rest of the level (`#1` over `3  0x000055a324cda138 in f`). */
function continuesLevel(frame: OpenFrame, words: string): Continuation {
  return /^(?:0x[0-9a-f]+\s+in\b|<|[^\s(]+(?: \(|$))/.test(words) || isRestOfLevel(frame, words)
    ? "at-blank"
    : "none";
}

function isRestOfLevel({ level }: OpenFrame, words: string): boolean {
  return level > 0 && /^\d{1,2}\s+0x[0-9a-f]+\s+in\b/.test(words);
}

const libraryEnd = /\.(?:so|dll|dylib)/;
/** The end of a path with the line, or a part of it that nothing else looks like. */
const pathEnd = /^\S*(?:\/\S*|:\d+)$/;

/** A path that was cut before its line number, or a library's before its end. */
function continuesLocation(tail: string, words: string, below: string): Continuation {
  const location = /\s(at|from)\s+(\S.*)$/.exec(tail);
  if (location === null || /\s/.test(words)) return "none";
  const [, word, path = ""] = location;
  if (word === "from") {
    if (/\.so[.\d]*$/.test(path) && /^\.?\d[.\d]*$/.test(words)) return "maybe-digits";
    if (libraryEnd.test(path)) return "none";
    const ends =
      libraryEnd.test(path + words) || (/^[\w.+/-]+$/.test(words) && libraryEnd.test(path + words + below));
    return ends ? "in-word" : "none";
  }
  if (/:\d+$/.test(path)) return /^\d{1,6}$/.test(words) ? "maybe-digits" : "none";
  if (libraryEnd.test(path)) return "none";
  if (/:\d+$|\/|^\d+$/.test(words)) return "in-word";
  return /^[\w.+-]+$/.test(words) && pathEnd.test(below) ? "in-word" : "none";
}
