import { type Edit, replacing, type View } from "../text/view.js";
import { linesOfFrames } from "./damaged-frames.js";

/**
 * `sig=sig at entry=6`: archives hide addresses of mail by writing the `@` out, and take gdb's `@entry` for one (pipermail
 * ` at `, Gmane ` <at> `, others in brackets). The line may be broken there.
 */
const writtenOut = /(?:[ \n] {0,8}(?:at|<at>|\(at\)|\[at\])[ \n] {0,8}|\(at\)|\[at\]|<at>)(?=entry=)/g;
const argument = /[(=,]\s{0,8}[A-Za-z_$][\w$#]{0,255}$/;
const longestArgument = 272;

/** Makes the `@` of `@entry=` one again where an archive wrote it out. */
export function entrySigns(view: View): Edit[] {
  const { text } = view;
  if (!/at[)\]>]?\s{0,9}entry=/.test(text)) return [];
  const lines = [...linesOfFrames(text)];
  let next = 0;
  const signs = [...text.matchAll(writtenOut)].filter(({ index }) => {
    while ((lines[next]?.end ?? Number.POSITIVE_INFINITY) < index) next++;
    const inFrame = index >= (lines[next]?.start ?? Number.POSITIVE_INFINITY);
    return inFrame && argument.test(text.slice(Math.max(0, index - longestArgument), index));
  });
  return replacing(signs, "@");
}
