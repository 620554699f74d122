import type { Line } from "../../text/lines.js";

/**
 * Where patches say what they are for, from the subject (or the first line of `git format-patch`) to the first file: a
 * message of a failed assertion that stands there alone is what the patch is about, and no failure of its own. Offsets are
 * UTF-16 units into the cleaned text. Never throws.
 */
export function patchDescriptions(text: string): Line[] {
  const found: Line[] = [];
  for (const { index } of text.matchAll(/^(?:Subject: .{0,200}PATCH|From [0-9a-f]{40} )/gm)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const end = text.indexOf("\n+++ ", index);
    if (end === -1) break;
    found.push({ start: index, end });
  }
  return found;
}
