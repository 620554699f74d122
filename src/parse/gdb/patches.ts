import type { Line } from "../../text/lines.js";
import { lastNotAfter } from "../../text/search.js";

/**
 * Where patches say what they are for, from the subject (or the first line of `git format-patch`) to the first file: a
 * message of a failed assertion that stands there alone is what the patch is about, and no failure of its own. So does the
 * description of a commit as `git log` and `git show` print it, indented below its head. In order; offsets are UTF-16 units
 * into the cleaned text. Never throws.
 */
export function patchDescriptions(text: string): Line[] {
  const mailed = mailedDescriptions(text);
  const shown = shownCommits(text).filter(({ start }) => !isWithin(mailed, start));
  return [...mailed, ...shown].sort((one, other) => one.start - other.start);
}

/** Whether a place is in one of the stretches, which are in order. */
export function isWithin(stretches: readonly Line[], place: number): boolean {
  const near = stretches[lastNotAfter(stretches.length, (index) => stretches[index]?.start ?? 0, place)];
  return near !== undefined && place >= near.start && place < near.end;
}

function mailedDescriptions(text: string): Line[] {
  const found: Line[] = [];
  for (const { index } of text.matchAll(/^(?:Subject: .{0,200}PATCH|From [0-9a-f]{40} )/gm)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const end = text.indexOf("\n+++ ", index);
    if (end === -1) break;
    found.push({ start: index, end });
  }
  return found;
}

/** From `commit 8f3c…` over the head and the indented lines below it. */
function shownCommits(text: string): Line[] {
  const head = /^commit [0-9a-f]{7,64}(?: \([^\n]{1,200}\))?\n(?:Merge: [^\n]*\n)?Author: [^\n]*\n/gm;
  return Array.from(text.matchAll(head), ({ 0: words, index }) => {
    const below = /(?:(?:(?:Author|Commit|Committer)?(?:Date)?: [^\n]*| {4}[^\n]*|[ \t]*)(?:\n|$))*/y;
    below.lastIndex = index + words.length;
    return { start: index, end: index + words.length + (below.exec(text)?.[0].length ?? 0) };
  });
}
