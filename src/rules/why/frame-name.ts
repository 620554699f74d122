import type { Frame } from "../../model/trace.js";

/** Longer names are cut in their middle: what tells two apart stands at their ends. */
const longest = 160;

/** `#4 address_space_translate`: how a frame is spoken of, in at most some 200 UTF-16 units. */
export function frameName(frame: Frame | undefined): string {
  return frame === undefined ? "a frame that is not there" : `#${frame.level} ${shortName(frame.function)}`;
}

function shortName(name: string | null): string {
  if (name === null || name.length <= longest) return name ?? "??";
  return `${name.slice(0, longest / 2)}…${name.slice(-longest / 2)}`;
}
