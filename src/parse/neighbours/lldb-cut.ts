import { parseLldbFrame } from "./lldb-line.js";
import type { LldbFrameNode } from "./lldb-nodes.js";

/**
 * The last frame of a thread, marked as cut where its words end inside it: in the address (all of lldb's are equally wide),
 * behind the module, or in the place, which always has a line. Never throws.
 *
 * @param words the line of the frame, without line ends
 * @param first the thread's first frame
 */
export function markCut(node: LldbFrameNode, words: string, first: LldbFrameNode): LldbFrameNode {
  if (node.cut || node.file !== null) return node;
  const place = openPlace(words);
  if (place !== -1) return { ...(parseLldbFrame(words.slice(0, place)) ?? node), end: node.end, cut: true };
  const short = lengthOf(node) < lengthOf(first);
  return short || words.endsWith("`") ? { ...node, cut: true } : node;
}

/** Where ` at` and the beginning of a file's name stand at the end of a line; else -1. */
function openPlace(words: string): number {
  const at = `${words} `.lastIndexOf(" at ");
  return at !== -1 && words.lastIndexOf("`", at) !== -1 && !/[()"'`=]/.test(words.slice(at)) ? at : -1;
}

function lengthOf({ address }: LldbFrameNode): number {
  return address?.length ?? 0;
}
