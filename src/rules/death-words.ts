import type { Evidence } from "../model/report.js";
import type { Message } from "../model/trace.js";
import { frameEvidence, type Place, wordsEvidence } from "./evidence.js";
import { machinery } from "./runtime-roles.js";
import type { ThreadStack } from "./stack.js";

/** A text by which a program told why it died. */
export interface DeathWord {
  readonly text: string;
  readonly evidence: Evidence;
}

/**
 * What a program said when it died: the lines of its output that were read beside the trace, and the texts that the frames of
 * its death were given (`malloc_printerr (str="double free or corruption (out)")`), innermost first.
 */
export function deathWords(
  messages: readonly Message[],
  stack: ThreadStack,
  place: Place,
): readonly DeathWord[] {
  const lines = messages.map(({ text, span }) => ({
    text,
    evidence: wordsEvidence("value", `the program said "${text}"`, span, place),
  }));
  return [...lines, ...wordsOfFrames(stack, place)];
}

/** Of the machinery in which the thread ended, from the innermost frame outwards; some of it may have no name. */
function wordsOfFrames(stack: ThreadStack, place: Place): DeathWord[] {
  const words: DeathWord[] = [];
  for (const [index, frame] of stack.frames.entries()) {
    if (frame.function !== null && !stack.hasRole(index, machinery)) break;
    for (const { value, entryValue } of frame.arguments) {
      const text = textIn(value ?? entryValue ?? "");
      if (text === null) continue;
      const message = `${frame.function ?? "??"} was given "${text}"`;
      words.push({ text, evidence: frameEvidence(frame, "for", message, place) });
    }
  }
  return words;
}

/** The text of a `char *` as gdb prints it: `0x7f… "text"`; escapes stay as they are. Null for other values. */
function textIn(value: string): string | null {
  const start = value.indexOf('"');
  const end = value.lastIndexOf('"');
  return /^(?:0x[0-9a-f]+ )?"/.test(value) && end > start ? value.slice(start + 1, end) : null;
}
