import { type Edit, edit, type View } from "../text/view.js";

/**
 * Colours, cursor movements, window titles and bracketed paste. gdb itself prints only `ESC [ … m`, and readline
 * `ESC [ ? 2004 h`, where its output is a terminal.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const sequence = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\n]{0,512}(?:\x07|\x1b\\)|[@-Z\\^_])/g;

/** Takes the terminal's escape sequences out. */
export function ansi(view: View): Edit[] {
  if (!view.text.includes("\x1b")) return [];
  return Array.from(view.text.matchAll(sequence), (match) =>
    edit(match.index, match.index + match[0].length, ""),
  );
}
