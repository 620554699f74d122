import type { Frame } from "../../model/trace.js";
import { repeatedCycle } from "../../text/cycle.js";
import { canonicalName } from "../../text/names.js";

/** A stretch of a stack in which few functions call each other again and again. */
export interface Recursion {
  /** The index of its innermost frame, and behind its outermost. */
  readonly start: number;
  readonly end: number;
  /** The frames of one round, outermost first; of functions that call each other in no fixed order, each once. */
  readonly round: readonly number[];
  /** How many rounds; null where the order is not fixed. */
  readonly rounds: number | null;
  /** How many frames, by their levels: also those that were left out. */
  readonly depth: number;
}

/** Frames on top of the recursion that are no part of it: what its last round called. */
const mostLeaves = 16;
const leastRounds = 3;
/** Functions in no fixed order: so many frames must have no more than so many names. */
const mixed = { frames: 200, names: 8 } as const;

/**
 * The recursion that a stack ends in, from the frame `origin` outwards; null where there is none. Frames without a name are the
 * same where their address is. Linear; never throws.
 */
export function recursionOf(frames: readonly Frame[], origin: number): Recursion | null {
  const keys = keysOf(frames);
  return cycleFrom(frames, keys, origin) ?? mixtureFrom(frames, keys, origin);
}

function keysOf(frames: readonly Frame[]): string[] {
  const names = new Map<string, string>();
  return frames.map(({ function: name, address, kind }, index) => {
    if (kind !== "normal") return `#${index}`;
    if (name === null) return address === null ? `#${index}` : `?? ${address}`;
    const known = names.get(name) ?? canonicalName(name);
    names.set(name, known);
    return known;
  });
}

function cycleFrom(frames: readonly Frame[], keys: readonly string[], origin: number): Recursion | null {
  for (let start = origin; start <= origin + mostLeaves; start++) {
    const length = cycleAt(keys, start);
    if (length === 0) continue;
    const round = Array.from({ length }, (_, at) => start + length - 1 - at);
    const stretch = stretchOf(frames, keys, round, origin, start);
    return { ...stretch, round, rounds: Math.floor(stretch.depth / length) };
  }
  return null;
}

/** The length of the cycle that a stack repeats often enough from a frame outwards; 0 for none. */
function cycleAt(keys: readonly string[], start: number): number {
  const length = repeatedCycle(keys.slice(start, start + 2 * mixed.names).toReversed());
  const repeats = (at: number): boolean => keys[at] !== undefined && keys[at] === keys[at + length];
  for (let at = start; length > 0 && at < start + (leastRounds - 1) * length; at++)
    if (!repeats(at)) return 0;
  return length;
}

function mixtureFrom(frames: readonly Frame[], keys: readonly string[], origin: number): Recursion | null {
  const start = origin + mostLeaves;
  const first = new Map<string, number>();
  for (let at = start; at < start + mixed.frames; at++) {
    const key = keys[at];
    if (key === undefined) return null;
    if (!first.has(key)) first.set(key, at);
    if (first.size > mixed.names) return null;
  }
  const round = [...first.values()];
  return { ...stretchOf(frames, keys, round, origin, start), round, rounds: null };
}

/** How far the functions of a round go on around a frame. */
function stretchOf(
  frames: readonly Frame[],
  keys: readonly string[],
  round: readonly number[],
  origin: number,
  inside: number,
): { start: number; end: number; depth: number } {
  const names = new Set(round.map((index) => keys[index]));
  let start = inside;
  while (start > origin && names.has(keys[start - 1])) start--;
  let end = inside;
  while (end < keys.length && names.has(keys[end])) end++;
  const depth = (frames[end - 1]?.level ?? 0) - (frames[start]?.level ?? 0) + 1;
  return { start, end, depth: Math.max(depth, end - start) };
}
