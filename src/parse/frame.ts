import type { Argument, Frame, FrameKind } from "../model/trace.js";
import type { FrameNode, ItemNode } from "./nodes.js";
import type { SourceMap } from "./source-map.js";

/** The model's frame for a parsed line that begins at `base` in the view; what the line does not tell is handed in. */
export function frameOf(
  node: FrameNode,
  base: number,
  map: SourceMap,
  { inlined, locals }: Pick<Frame, "inlined" | "locals">,
): Frame {
  return {
    level: node.level,
    address: node.address,
    function: namedFunction(node),
    kind: node.kind,
    inlined,
    arguments: node.items.map((item) => argumentOf(item, base, map)),
    location: node.file === null ? null : { file: node.file, line: node.line },
    library: node.library,
    libraryOffset: null,
    locals,
    span: map.span(base + node.start, base + node.end),
  };
}

/** `??` and an empty name say that gdb knows no function. */
function namedFunction({ kind, function: name }: FrameNode): string | null {
  return kind !== "normal" || name === null || name === "" || name === "??" ? null : name;
}

function argumentOf(
  { name, value, entryValue, start, end }: ItemNode,
  base: number,
  map: SourceMap,
): Argument {
  return { name, value, entryValue, span: map.span(base + start, base + end) };
}

/** What tells whether a frame was inlined. */
export interface Placed {
  readonly level: number;
  readonly address: string | null;
  readonly function: string | null;
  readonly kind: FrameKind;
  readonly line: number | null;
}

/**
 * Tells of every frame whether it was inlined into its caller. gdb shows the address on the innermost frame of an inlined
 * chain and leaves it out on the outer ones; with `frame-info location-and-address` all show it, and equal ones tell,
 * unless it is one function that calls itself (seen with gdb 13.1).
 */
export function inlinedFlags(frames: readonly Placed[]): (boolean | null)[] {
  let shown = false;
  let everyone = true;
  for (const { address, kind } of frames) {
    if (kind !== "normal") continue;
    shown ||= address !== null;
    everyone &&= address !== null;
  }
  return frames.map((frame, index) => (shown ? inlinedInto(frame, frames[index + 1], everyone) : null));
}

function inlinedInto(frame: Placed, caller: Placed | undefined, everyone: boolean): boolean | null {
  if (caller === undefined || caller.level !== frame.level + 1) return null;
  if (frame.kind !== "normal" || caller.kind !== "normal") return null;
  if (!everyone) return caller.address === null;
  const recursion = frame.function === caller.function && frame.line === caller.line;
  return frame.address === caller.address && !recursion;
}

/** The same frames, each told whether it was inlined. */
export function markInlined(frames: readonly Frame[]): Frame[] {
  const flags = inlinedFlags(frames.map((frame) => ({ ...frame, line: frame.location?.line ?? null })));
  return frames.map((frame, index) => ({ ...frame, inlined: flags[index] ?? null }));
}
