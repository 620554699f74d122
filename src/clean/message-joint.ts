import { expressionJoint } from "./code-joint.js";
import type { Joint } from "./joint.js";

/** The fixed parts of the messages, as they are printed. */
const phrases: readonly string[] = [
  "Assertion `",
  "Assertion '",
  "' failed.",
  "Assertion failed: ",
  "assertion failed: ",
  "assertion failed (",
  'assertion "',
  '" failed: file "',
  '" failed',
  ", function ",
  ", function: ",
  ", file ",
  ", line ",
  "Unexpected error in ",
  "Unexpected error: ",
  "Unexpected error at ",
  "() at ",
  "Fatal glibc error: ",
  "code should not be reached",
  "Bail out! ",
  "ERROR:",
];

/**
 * Tells what stands in the place of a break inside the message of a failed assertion.
 * @param before the message up to the break, without blanks at its end
 * @param words what follows, without blanks at its start
 */
export function messageJoint(before: string, words: string): Joint {
  const fixed = insidePhrase(before, words);
  if (fixed !== null) return fixed;
  const opened = /(?:Assertion [`']|assertion "|ssertion failed:? ?\(?)/.exec(before);
  if (/ssertion failed:$/.test(before)) return "blank";
  if (opened !== null) return insideCondition(before.slice(opened.index + opened[0].length), words);
  return insidePlace(before, words);
}

/** A break inside one of the fixed parts: the part says whether a blank stands there. */
function insidePhrase(before: string, words: string): Joint | null {
  for (const phrase of phrases) {
    for (let at = phrase.length - 1; at > 0; at--) {
      const head = phrase.slice(0, at);
      const tail = phrase.slice(at);
      if (!before.endsWith(head.trimEnd()) || !startsWith(words, tail.trimStart())) continue;
      return head.endsWith(" ") || tail.startsWith(" ") ? "blank" : "split";
    }
  }
  return null;
}

/** The line may end inside the rest of the phrase. */
function startsWith(words: string, tail: string): boolean {
  return tail !== "" && (words.startsWith(tail) || (words.length > 1 && tail.startsWith(words)));
}

function insideCondition(condition: string, words: string): Joint {
  if (condition === "") return "split";
  if (/, (?:file|function) "[^"]*$|failed: file "[^"]*$/.test(condition)) return "split";
  if (/^, (?:line|function|file)\b|^: \d+\)$/.test(words)) return "split";
  if (words.startsWith(":") && condition.endsWith(")")) return "split";
  if (/^(?:' failed|" failed|', |\), function|\.$)/.test(words)) return "split";
  if (/, (?:function|file|line):?$/.test(condition) || /, line$/.test(condition)) return "blank";
  if (/, line \d+$/.test(condition) || /, (?:function|file):? "?[^ ,"]+$/.test(condition)) return "split";
  if (/\([^ ()]+$/.test(condition) && /^[\w/.+-]*: [\w~:]+: \d+\)$/.test(words)) return "split";
  if (/: \d+$/.test(condition) && /^\d+\)$/.test(words)) return "split";
  if (/[:,]$/.test(condition)) return "blank";
  return expressionJoint(condition, words);
}

/** The program, the file with the line, and the function. */
function insidePlace(before: string, words: string): Joint {
  if (/(?:^|[\s:!])ERROR:(?:[^\s:]{1,512}:\d{1,7}:)?$/.test(before)) return "split";
  if (/^(?::|\)|\()/.test(words))
    return words.startsWith("(") && before.endsWith(":") === false && /\d$/.test(before) ? "blank" : "split";
  if (/[([]$/.test(before)) return "split";
  if (before.endsWith(":"))
    return /^\d{1,7}(?:[: ]|$)/.test(words) || before.endsWith("::") ? "split" : "blank";
  if (/^[\],;]/.test(words)) return "split";
  if (
    /(?:^|[\s[(])(?:with|int|char|long|short|unsigned|const|bool|void|=|;)$/.test(before) ||
    words.startsWith("=")
  )
    return "blank";
  if (/\/$/.test(before) || /^[/.]/.test(words)) return "split";
  return /[\w$.-]$/.test(before) && /^[\w$.-]/.test(words) ? "split" : "unknown";
}
