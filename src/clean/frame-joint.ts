import { expressionJoint } from "./code-joint.js";
import type { Joint } from "./joint.js";
import type { OpenFrame } from "./open-frame.js";

/**
 * Tells one break from its place in the frame, by the forms that gdb prints (sections 1 to 3 of what gdb prints).
 * @param frame what stands before the break
 * @param words the line behind it, without blanks at its ends
 */
export function frameJoint(frame: OpenFrame, words: string): Joint {
  if (frame.string) return insideString(frame.recent, words);
  if (frame.depth > 0) return insideArguments(frame.recent.trimEnd(), words);
  return frame.parenthesised ? behindArguments(frame.tail, words) : insideName(frame, words);
}

const wordEnd = /[\w$]$/;
const wordStart = /^[\w$]/;

/** A path, a name and an expression tell; other strings do not. */
function insideString(recent: string, words: string): Joint {
  const found = /(?:(\w{1,64})(?:@entry)?=[^"=,]{0,200})?"((?:[^"\\]|\\.)*)$/.exec(
    recent.slice(-longestName),
  );
  if (found === null) return "unknown";
  const [, name = "", before = ""] = found;
  if (before === "" || words.startsWith('"')) return "split";
  if (expressionNames.test(name)) return expressionJoint(before.trimEnd(), words);
  const after = /^([^"\s]*)"/.exec(words)?.[1];
  const oneWord = after !== undefined && !/\s/.test(before);
  const isPath = /^(?:\.{0,2}\/|[A-Za-z]:\\)/.test(before) || nameNames.test(name);
  return oneWord && isPath && !after.startsWith("-") ? "split" : "unknown";
}

/** Arguments that hold the condition of a failed assertion, and those that hold a path or a name. */
const expressionNames = /^_*(?:assertion|expr|expression|failedexpr|failed_expression|condition)$/;
const nameNames = /^_*(?:func|function|file|filename)$/;

// ---- In front of the arguments -------------------------------------------------------------------------------------

function insideName(frame: OpenFrame, words: string): Joint {
  const tail = frame.tail.trimEnd();
  if (/^#\d+$/.test(tail)) return /^\d+\s+(?:0x|\S+ \(|<)/.test(words) ? "split" : "blank";
  const address = /^#\d+\s+0(x[0-9a-f]*)?$/.exec(tail);
  if (address !== null) return insideAddress(address[1], words);
  if (/^#\d+\s+0x[0-9a-f]+\s+i$/.test(tail)) return words.startsWith("n ") ? "split" : "unknown";
  if (/\sin$/.test(tail) || (tail.endsWith("(anonymous") && words.startsWith("namespace)"))) return "blank";
  if (/^\((?!anonymous )/.test(words)) return /operator$/.test(tail) ? "unknown" : "blank";
  if (/^(?:at|from) /.test(words)) return "blank";
  return frame.angle > 0 ? insideAngles(tail, words) : betweenNames(tail, words);
}

/** gdb fills an address up to 8 or 16 digits. */
function insideAddress(digits: string | undefined, words: string): Joint {
  if (digits === undefined) return words.startsWith("x") ? "split" : "unknown";
  if (/^i(?:n\b|$)/.test(words)) return "blank";
  return /^[0-9a-f]/.test(words) ? "split" : "unknown";
}

const typeWords =
  /(?:^|[^\w$])(?:const|volatile|unsigned|signed|long|short|int|char|bool|float|double|struct|union|enum|class|operator|for|to|as|dyn|mut|virtual|thunk|vtable|typeinfo)$/;

function betweenNames(tail: string, words: string): Joint {
  if (tail.endsWith(":") && words.startsWith(":")) return "split";
  if (typeWords.test(tail) || /^(?:const|volatile)\b|^\[clone/.test(words)) return "unknown";
  if (/(?:::|~)$/.test(tail) || /^(?:::|[.@])/.test(words)) return "split";
  return wordEnd.test(tail) && /^[\w$<]/.test(words) ? "split" : "unknown";
}

/** Between the `<` and `>` of a template: gdb prints blanks behind commas, between `>`, and between the words of a type. */
function insideAngles(tail: string, words: string): Joint {
  if (/[,]$/.test(tail)) return "blank";
  if (tail.endsWith("<")) return "tight";
  if (tail.endsWith(">") && words.startsWith(">")) return "blank";
  if (/^[>,)]/.test(words) || /^::/.test(words) || tail.endsWith("::")) return "split";
  if (typeWords.test(tail) || /^(?:const|volatile|\*|&)/.test(words)) return "unknown";
  return wordEnd.test(tail) && wordStart.test(words) ? "split" : "unknown";
}

// ---- Inside the arguments ------------------------------------------------------------------------------------------

function insideArguments(before: string, words: string): Joint {
  const last = before.at(-1) ?? "";
  const next = words[0] ?? "";
  if (last === "," || next === "|" || last === "|") return "blank";
  if (last === "(" || last === "{") return "tight";
  if (next === ")" || next === ",") return "split";
  if (last === "=") return /\s=$/.test(before) ? "blank" : "tight";
  if (next === "=") return words[1] === " " ? "blank" : "split";
  if (last === "@" || next === "@") return "split";
  if (`${before.slice(-2)}${next}`.endsWith(":::") || before.endsWith("::") || words.startsWith("::"))
    return "split";
  const marker = openMarker(before);
  if (marker !== null) return insideMarker(marker, words);
  if (next === "." || last === "." || last === "/" || next === "/") return "split";
  if (next === '"' || next === "'" || next === "<" || next === "{") return "blank";
  if (/["'>)}]/.test(last)) return "blank";
  return wordEnd.test(last) && wordStart.test(next) ? betweenWords(before, words) : "unknown";
}

/** What follows the last `<` of a value that is not closed: `<optim`, `<address_sp`. */
function openMarker(before: string): string | null {
  const start = before.lastIndexOf("<");
  return start > Math.max(before.lastIndexOf(">"), before.lastIndexOf("=")) ? before.slice(start + 1) : null;
}

const markers = [
  "optimized out",
  "optimised out",
  "value optimized out",
  "synthetic pointer",
  "not saved",
  "unavailable",
  "data variable, no debug info",
];
/** The words that longer ones begin with. */
const firstWords = new Set(["error", "repeats", "incomplete", "invalid", "virtual", "value"]);
/** The words of longer ones, with names and numbers in between. */
const markerWords = new Set(
  "error reading variable Cannot access memory at address create a lazy string with and non-zero length repeats times incomplete sequence value requires bytes which is more than max-value-size virtual base invalid".split(
    " ",
  ),
);

function insideMarker(marker: string, words: string): Joint {
  if (words.startsWith(">")) return "split";
  const end = words.search(/[>,(]/);
  const rest = end === -1 ? words : words.slice(0, end);
  if (markers.some((one) => `${one} `.startsWith(`${marker} ${rest}`))) return "blank";
  if (markers.some((one) => one.startsWith(marker + rest))) return "split";
  const lastWord = /[\w.$-]+$/.exec(marker)?.[0];
  const nextWord = /^[\w.$-]+/.exec(rest)?.[0];
  if (lastWord === undefined || nextWord === undefined)
    return /[+]$/.test(marker) || /^[+>]/.test(words) ? "split" : "unknown";
  if (markerWords.has(lastWord + nextWord)) return "split";
  if (marker === lastWord) return firstWords.has(lastWord) ? "blank" : "split";
  if (markerWords.has(lastWord) || markerWords.has(nextWord)) return "blank";
  if (/^0x[0-9a-f]*$/.test(lastWord)) return "split";
  return "unknown";
}

/** Two words with nothing between them, neither in a string nor between `<` and `>`. */
function betweenWords(before: string, words: string): Joint {
  const [, space = "", word = ""] = /([^\w$.:]*)([\w$.:]+)$/.exec(before.slice(-longestName)) ?? [];
  const next = /^[\w$.:]+/.exec(words)?.[0] ?? "";
  if (valueWords.has(word) || /^(?:of|with|length|capacity)$/.test(next)) return "blank";
  if (valueWords.has(word + next)) return "split";
  if (/^(?:0x[0-9a-f]*|\d+)$/.test(word)) return /^[0-9a-fx]/.test(next) ? "split" : "blank";
  if (space.endsWith("=") || space.endsWith("@")) return "split";
  return /[,({]\s*$|^$| = $/.test(space) ? "split" : "unknown";
}

/** Words that gdb and its pretty printers put a blank behind in a value. */
const valueWords = new Set(
  "of length capacity static members const volatile unsigned signed long short struct union enum class elements element with empty containing".split(
    " ",
  ),
);

// ---- Behind the arguments ------------------------------------------------------------------------------------------

function behindArguments(tail: string, words: string): Joint {
  const trimmed = tail.trimEnd();
  if (/^(?:a|f|fr|fro)$/.test(trimmed.trimStart()) && /^(?:at|from) /.test(trimmed.trimStart() + words))
    return "split";
  if (/(?:^|\s)(?:at|from|in)$/.test(trimmed)) return "blank";
  if (/^(?:at|from)\s/.test(words) || words.startsWith("(")) return "blank";
  if (/\s(?:at|from)\s+\S+$/.test(trimmed)) return /\s(?:at|from|in)\s/.test(words) ? "blank" : "split";
  if (/^(?:::|<)/.test(words) || trimmed.endsWith("::")) return "split";
  return "unknown";
}

/** No word is looked at further back. */
const longestName = 400;
