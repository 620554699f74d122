import { type Line, linesOf } from "../text/lines.js";

/** What opens an argument list, with colours or escapes between: `()`, `(...)`, `(x=`, `(x@entry=`, `(` where a line breaks. */
const opensArguments =
  "[(（](?=[)）]|\\.\\.|…|\\s*$|address@|[^\\s()=]{0,32}[\\w$#\\]](?:[=＝@]| at |<at>| <at>))";
/**
 * A level, and an address or an argument list soon behind it, whatever the way did to the marks around them. Only ever one
 * piece of evidence: `#12 calls f()` has this shape too.
 */
const damagedFrame = new RegExp(
  `[#＃] ?\\d{1,7}(?!\\w)(?:[^\\n#]|(?<=\\w)#){0,200}?(?:0x[\\da-f]|${opensArguments}|<signal|&(?:amp;)*lt;signal)`,
);

/** Whether a line may be a frame that was damaged on its way. Bounded work for every `#` in it. */
export function mayBeDamagedFrame(line: string): boolean {
  return /[#＃]/.test(line) && damagedFrame.test(line);
}

/** A frame's locals and its other lines end at an empty one, or after so many. */
const mostBelow = 200;

/** The lines that may be damaged frames, and those below them up to an empty line. In order. */
export function* linesOfFrames(text: string): Generator<Line> {
  let left = 0;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (mayBeDamagedFrame(content)) left = mostBelow;
    else if (content.trim() === "") left = 0;
    if (left-- > 0) yield line;
  }
}

const certain = /^\*{0,2}[ \t]{1,4}(?:0x[\da-f]{2,16}\b|<signal handler|<function called)/;
const argumentList = / \((?:\)|\.\.|…|address@|\s*$|[\w$#\\]{1,128}(?:[=@]| at | <at>))/;
/** No name that matters is longer. */
const longestName = 500;

/**
 * Whether what stands behind a level is the start of a frame in gdb's form: an address, a marker, or one word (with
 * blanks only in its brackets) and an argument list. Prose about `#12` is not, and no item of a change log.
 */
export function beginsFrame(behindLevel: string): boolean {
  if (certain.test(behindLevel)) return true;
  const start = behindLevel.slice(0, longestName);
  const list = argumentList.exec(start);
  return list !== null && /^\*{0,2}[ \t]{1,4}\S/.test(start) && isOneWord(start.slice(0, list.index).trim());
}

function isOneWord(name: string): boolean {
  let depth = 0;
  for (const unit of name) {
    if ("<([{".includes(unit)) depth++;
    else if (">)]}".includes(unit)) depth--;
    else if (depth <= 0 && (unit === " " || unit === "\t")) return false;
  }
  return /^(?:\*\*)?[\w~:$\\?(<{&.-]/.test(name);
}
