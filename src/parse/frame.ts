import type { Argument, Frame } from "../model/trace.js";
import type { FrameNode, ItemNode } from "./nodes.js";
import type { SourceMap } from "./source-map.js";

/** The model's frame for a parsed line that begins at `base` in the view. What its neighbours and the lines below tell is left open. */
export function frameOf(node: FrameNode, base: number, map: SourceMap): Frame {
  return {
    level: node.level,
    address: node.address,
    function: namedFunction(node),
    kind: node.kind,
    inlined: null,
    arguments: node.items.map((item) => argumentOf(item, base, map)),
    location: node.file === null ? null : { file: node.file, line: node.line },
    library: node.library,
    libraryOffset: null,
    locals: null,
    span: map.span(base + node.start, base + node.end),
  };
}

/** `??` and an empty name say that gdb knows no function. */
export function namedFunction({ kind, function: name }: FrameNode): string | null {
  return kind !== "normal" || name === null || name === "" || name === "??" ? null : name;
}

function argumentOf(
  { name, value, entryValue, start, end }: ItemNode,
  base: number,
  map: SourceMap,
): Argument {
  return { name, value, entryValue, span: map.span(base + start, base + end) };
}

/**
 * Tells every frame of a stack, in place, whether it was inlined into its caller. gdb shows the address on the innermost frame of an
 * inlined chain and leaves it out on the outer ones; with `frame-info location-and-address` all show it, and equal ones
 * tell, unless it is one function that calls itself (seen with gdb 13.1).
 */
export function markInlined(frames: Frame[]): Frame[] {
  let shown = false;
  let everyone = true;
  for (const { address, kind } of frames) {
    if (kind !== "normal") continue;
    shown ||= address !== null;
    everyone &&= address !== null;
  }
  for (const [index, frame] of frames.entries()) {
    frame.inlined = shown ? inlinedInto(frame, frames[index + 1], everyone) : null;
  }
  return frames;
}

function inlinedInto(frame: Frame, caller: Frame | undefined, everyone: boolean): boolean | null {
  if (caller === undefined || caller.level !== frame.level + 1) return null;
  if (frame.kind !== "normal" || caller.kind !== "normal") return null;
  if (!everyone) return caller.address === null;
  const recursion = frame.function === caller.function && frame.location?.line === caller.location?.line;
  return frame.address === caller.address && !recursion;
}
