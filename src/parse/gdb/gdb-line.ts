import { reader } from "../../generated/gdb.js";
import type { FrameNode, ItemNode, NoticeNode, ThreadHeaderNode } from "../nodes.js";

const readFrame = reader({ startRule: "Frame" });
const readThreadHeader = reader({ startRule: "ThreadHeader" });
const readNotice = reader({ startRule: "Notice" });

/** What every frame begins with: the level, then an address and `in`, or what a name can begin with. */
const frameStart =
  /^[ \t]*#\d{1,7}[ \t\u00a0]+(?:(?:0x[\da-f.*…]+|<unavailable>)(?: +\[[^\]]*\])? +in(?: |$)|(?!0x)[^\s\d()[\]#*]|\(anonymous )/i;
const noticeStart =
  /^(?:[* ] +\d+(?:\.\d+)? +(?:\d+ +)?(?:[A-Z]|process )|[ \t]*(?:\$\d|\d: |Program |The program |Thread |Core |\[|\(More |Backtrace |(?:Temporary b|B)reakpoint |Catchpoint |Cannot access |Coroutine at |(?:G?Id) ))/;
/** gdb prints no longer header or notice; a value that `print` shows has no bound. */
const longest = 4096;

/**
 * Reads one logical line as a frame of a backtrace. Offsets are UTF-16 units in `line`; they begin at the frame's `#` and
 * end behind its arguments or location, even if more follows. Null for everything else, look-alikes of other tools
 * included. Never throws.
 */
export function parseFrame(line: string): FrameNode | null {
  const frame = frameStart.test(line) ? readFrame(line) : null;
  if (frame === null || frame.items.every(hasValue)) return frame;
  return { ...frame, items: paired(frame.items) };
}

function hasValue({ value }: ItemNode): boolean {
  return value !== null;
}

/** Joins `x@entry=2` to the `x=1` before it (`print entry-values default` and `both` give an argument two items). */
function paired(items: readonly ItemNode[]): ItemNode[] {
  const joined: ItemNode[] = [];
  for (const item of items) {
    const before = joined.at(-1);
    if (before !== undefined && isEntryOf(item, before))
      joined[joined.length - 1] = { ...before, end: item.end, entryValue: item.entryValue };
    else joined.push(item);
  }
  return joined;
}

function isEntryOf(item: ItemNode, before: ItemNode): boolean {
  return (
    item.value === null && item.name === before.name && before.value !== null && before.entryValue === null
  );
}

/** Reads one line as the header that `thread apply` prints above a thread's frames. Null for everything else; never throws. */
export function parseThreadHeader(line: string): ThreadHeaderNode | null {
  if (line.length > longest || !/^[ \t]*Thread \d/.test(line)) return null;
  return readThreadHeader(line);
}

/**
 * Reads one line as something that gdb says about the program, its threads or the end of a backtrace. Null for
 * everything else; never throws.
 */
export function parseNotice(line: string): NoticeNode | null {
  const start = noticeStart.exec(line)?.[0];
  if (start === undefined || (line.length > longest && !/[$:]/.test(start))) return null;
  return readNotice(line);
}
