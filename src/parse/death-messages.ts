import type { Message } from "../model/trace.js";
import { type Line, lineAt, linesOf } from "../text/lines.js";
import { goesOnBelow, mayTellOfDeath, parseDeathLine } from "./death-line.js";
import type { DeathKind, DeathNode } from "./death-nodes.js";
import { patchDescriptions } from "./gdb/patches.js";
import type { SourceMap } from "./source-map.js";

/** What a program said when it died, and which of its parts said it. */
export interface DeathMessage extends Message {
  readonly kind: DeathKind;
}

/**
 * Reads the messages of dying programs out of a cleaned view, in the order of the text; lines of one message are joined by a
 * blank. None out of the description of a patch: that is about one. Spans are those of the member's text (UTF-16 units).
 * Linear, never throws.
 */
export function deathMessagesIn(map: SourceMap): DeathMessage[] {
  const { text } = map.view;
  if (!mayTellOfDeath(text)) return [];
  const patches = patchDescriptions(text);
  const found: DeathMessage[] = [];
  let next = 0;
  for (const line of linesOf(text)) {
    while (line.start >= (patches[next]?.end ?? Number.POSITIVE_INFINITY)) next++;
    if (line.start >= (patches[next]?.start ?? Number.POSITIVE_INFINITY)) continue;
    const node = parseDeathLine(text.slice(line.start, line.end));
    const message = node === null ? null : messageOf(node, line, map);
    if (message !== null) found.push(message);
  }
  return found;
}

/** The message that begins in a line, with the line below where it goes on there; null where that shows that it is none. */
function messageOf({ kind, start, end }: DeathNode, line: Line, map: SourceMap): DeathMessage | null {
  const { text } = map.view;
  const [from, to] = [line.start + start, line.start + end];
  const words = text.slice(from, to);
  const below = lineAt(text, line.end + 1) ?? { start: text.length, end: text.length };
  const rest = text.slice(below.start, below.end).trimEnd();
  const goesOn = goesOnBelow(kind, words, rest);
  if (goesOn === null) return null;
  return goesOn
    ? { kind, text: `${words} ${rest.trimStart()}`, span: map.span(from, below.start + rest.length) }
    : { kind, text: words, span: map.span(from, to) };
}
