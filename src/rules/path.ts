import type { FrameReference, PathStep } from "../model/report.js";
import { longestCycle } from "../text/cycle.js";
import type { CompiledPath } from "./compile.js";
import { machinery } from "./runtime-roles.js";
import type { ThreadStack } from "./stack.js";

/** The part of a stack that a finding is about: indices of frames, from the outermost to the innermost. */
export interface CallPath {
  readonly steps: readonly number[];
  /** The outermost frame of a device or subsystem: where a fix would go. */
  readonly blame: number | null;
  /** The innermost frame that is not of the domain's core: the one that makes the access. */
  readonly site: number | null;
}

/**
 * Cuts a call path out of a stack.
 * @param inner the index of the frame at which it ends
 * @param start the index of the frame that holds the state, or may hold it
 * @param bounded nothing further out than that belongs to the operation
 */
export function callPath(
  stack: ThreadStack,
  path: CompiledPath,
  inner: number,
  start: number | null,
  bounded = false,
): CallPath {
  const outer = bounded && start !== null ? start : Math.max(outermost(stack, path, inner), start ?? -1);
  const steps: number[] = [];
  for (let index = outer; index >= inner; index--) if (isShown(stack, path, index)) steps.push(index);
  const own = steps.filter((index) => isOwn(stack, path, index));
  return { steps, blame: own[0] ?? null, site: own.at(-1) ?? null };
}

/**
 * The outermost frame of a device or subsystem inside the innermost boundary: what was called there is one operation.
 * Where there is none, the outermost frame inside that boundary.
 */
function outermost(stack: ThreadStack, path: CompiledPath, inner: number): number {
  let [own, shown] = [-1, inner];
  for (let index = inner; index < stack.length; index++) {
    if (index > inner && stack.hasAnyRole(index, path.boundary)) break;
    if (isShown(stack, path, index)) shown = index;
    if (isOwn(stack, path, index)) own = index;
  }
  return own === -1 ? shown : own;
}

function isShown(stack: ThreadStack, path: CompiledPath, index: number): boolean {
  return (
    stack.frames[index]?.kind === "normal" &&
    !stack.hasRole(index, machinery) &&
    !stack.hasAnyRole(index, path.hidden)
  );
}

/** A named function of no class of its own: that of a device, a subsystem, a command. */
function isOwn(stack: ThreadStack, path: CompiledPath, index: number): boolean {
  const named = stack.frames[index]?.function !== null;
  return named && isShown(stack, path, index) && !stack.hasAnyRole(index, [...path.core, ...path.generic]);
}

/** Names the frame at an index. */
export function referenceTo(stack: ThreadStack, index: number | null): FrameReference | null {
  const frame = index === null ? undefined : stack.frames[index];
  return frame === undefined ? null : { level: frame.level, function: frame.function };
}

/** The steps of a path as the report shows them: neighbours of one name, and cycles that repeat, are folded. */
export function pathSteps(
  stack: ThreadStack,
  { steps, blame, site }: CallPath,
  start: { index: number; note: string } | null,
): PathStep[] {
  return fold(steps, (index) => stack.frames[index]?.function ?? null).map((indices) => {
    const notes = indices.flatMap((index) => [
      ...(start?.index === index ? [start.note] : []),
      ...(index === blame ? ["blamed"] : []),
      ...(index === site ? ["makes the access"] : []),
    ]);
    const first = indices[0] ?? 0;
    return {
      levels: indices.map((index) => stack.frames[index]?.level ?? 0),
      function: stack.frames[first]?.function ?? null,
      role: stack.roles[first]?.[0] ?? null,
      note: notes.length === 0 ? null : notes.join(", "),
    };
  });
}

/** Indices that are one step, and the length of the cycle that they were folded as a part of; 0 for none. */
interface Group {
  readonly indices: number[];
  cycle: number;
}

/** Groups the indices of a path: a run of one name is one group; of a cycle that repeats, each member is one group. */
function fold(steps: readonly number[], nameOf: (index: number) => string | null): number[][] {
  const groups: Group[] = [];
  for (const index of steps) {
    const last = groups.at(-1);
    const name = nameOf(index);
    if (last !== undefined && name !== null && nameOfGroup(last, nameOf) === name) last.indices.push(index);
    else groups.push({ indices: [index], cycle: 0 });
    foldCycle(groups, nameOf);
  }
  return groups.map(({ indices }) => indices.sort((one, other) => other - one));
}

function nameOfGroup({ indices: [first] }: Group, nameOf: (index: number) => string | null): string | null {
  return first === undefined ? null : nameOf(first);
}

/**
 * Folds the last groups into those before them, where both are the same cycle. Groups of another cycle stay as they are:
 * two orders of calls cannot be told from one list of levels. Frames without a name are never the same.
 */
function foldCycle(groups: Group[], nameOf: (index: number) => string | null): void {
  for (let length = 2; length <= longestCycle && length * 2 <= groups.length; length++) {
    const [before, last] = [groups.slice(-2 * length, -length), groups.slice(-length)];
    if (!last.every(({ cycle }) => cycle === 0) || !isCycle(before, length)) continue;
    const same = before.every((group, at) => {
      const [name, other] = [nameOfGroup(group, nameOf), last[at]];
      return name !== null && other !== undefined && name === nameOfGroup(other, nameOf);
    });
    if (!same) continue;
    groups.length -= length;
    for (const [at, group] of before.entries()) {
      group.cycle = length;
      for (const index of last[at]?.indices ?? []) group.indices.push(index);
    }
    return;
  }
}

/** Unfolded groups, or those of a cycle of this length, which goes on. */
function isCycle(groups: readonly Group[], length: number): boolean {
  return groups.every(({ cycle }) => cycle === 0) || groups.every(({ cycle }) => cycle === length);
}
