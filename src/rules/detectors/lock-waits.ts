import type { Argument, Frame, ReadThread } from "../../model/trace.js";
import type { RoleReader } from "../roles.js";
import {
  abort,
  conditionWait,
  delivery,
  lockBlock,
  lockCall,
  machinery,
  raise,
  reporter,
  threadJoin,
  thrower,
} from "../runtime-roles.js";
import type { DetectorScene } from "./detector.js";
import { type Pointer, pointerIn } from "./mutex-text.js";

/** A lock, as far as the frames of those who wait for it name it. */
export interface Lock {
  readonly address: string;
  readonly symbol: string | null;
  /** What gdb is asked for to learn the owner; null for locks that do not know theirs. */
  readonly ask: string | null;
}

/** What one thread waits for. */
export interface Wait {
  readonly thread: ReadThread;
  /** The indices of the frames that take the lock or join the thread, innermost first. */
  readonly frames: readonly [number, ...number[]];
  /** The index of the frame that asked for it; null where the stack ends before. */
  readonly caller: number | null;
  readonly kind: "lock" | "thread";
  /** The lock; null where no frame shows its address. */
  readonly lock: Lock | null;
  /** The index of the thread whose end is waited for; null where the text does not tell. */
  readonly joined: number | null;
}

/**
 * What each thread waits for, by its index: a lock or the end of another thread. Null for a thread that runs, that waits
 * for something else (a condition, a file), that has only begun to take its lock, or that gives up after a time. Coroutines
 * are no threads. Takes time in proportion to the frames that it looks at and throws nothing.
 */
export function waitsOf({ trace, rolesOf }: DetectorScene): readonly (Wait | null)[] {
  const asleep = trace.threads.map((thread) => sleepOf(thread, rolesOf));
  const joins = asleep.some((sleep) => sleep?.kind === "thread");
  const find = joins ? threadFinder(trace.threads) : () => null;
  return trace.threads.map((thread, index) => {
    const sleep = asleep[index] ?? null;
    if (sleep === null) return null;
    const { kind, frames, caller } = sleep;
    const run = thread.frames.slice(0, (frames.at(-1) ?? 0) + 1);
    const wait = { thread, kind, frames, caller };
    return kind === "lock"
      ? { ...wait, lock: lockIn(run, frames, rolesOf), joined: null }
      : { ...wait, lock: null, joined: find(run) };
  });
}

type Sleep = Pick<Wait, "kind" | "frames" | "caller">;

/** No machinery of waiting has more frames. */
const deepest = 64;

/** Follows the machinery of waiting from the innermost frame outwards. */
function sleepOf({ frames, coroutine }: ReadThread, rolesOf: RoleReader): Sleep | null {
  if (coroutine !== null || frames[0]?.level !== 0) return null;
  let kind: Sleep["kind"] | null = null;
  let blocked = false;
  const found: number[] = [];
  for (const [index, frame] of frames.slice(0, deepest).entries()) {
    const roles = rolesOf(frame);
    const here = kindOf(roles);
    if (here === null ? !isQuiet(roles) : kind !== null && here !== kind) break;
    if (givesUp(frame)) return null;
    if (here === null) continue;
    kind = here;
    blocked ||= roles.includes(lockBlock);
    found.push(index);
  }
  const [first, ...others] = found;
  if (first === undefined || kind === null) return null;
  // Nothing was called: the thread has just come in, and may get the lock at once.
  if (first === 0 && !blocked) return null;
  const last = others.at(-1) ?? first;
  return { kind, frames: [first, ...others], caller: callerOf(frames, last, rolesOf) };
}

function kindOf(roles: readonly string[]): Sleep["kind"] | null {
  if (roles.includes(lockCall) || roles.includes(lockBlock)) return "lock";
  return roles.includes(threadJoin) ? "thread" : null;
}

const loud: readonly string[] = [abort, reporter, raise, thrower, delivery, conditionWait];

/** Machinery that only sleeps: system calls, the C library. */
function isQuiet(roles: readonly string[]): boolean {
  return roles.includes(machinery) && !roles.some((role) => loud.includes(role));
}

/** It was given a time at which it returns, lock or not. */
function givesUp({ arguments: items }: Frame): boolean {
  return items.some(
    (item) => /^(?:abstime|at|\w*timeout)$/.test(item.name ?? "") && pointerIn(textOf(item)) !== null,
  );
}

function callerOf(frames: readonly Frame[], last: number, rolesOf: RoleReader): number | null {
  for (let index = last + 1; index < frames.length; index++) {
    const frame = frames[index];
    if (frame !== undefined && !rolesOf(frame).includes(machinery)) return index;
  }
  return null;
}

/** The innermost frame of a thread that is neither machinery nor takes a lock; null where there is none. */
export function doingOf({ frames }: ReadThread, rolesOf: RoleReader): Frame | null {
  const idle = [machinery, lockCall, lockBlock, conditionWait, threadJoin];
  return frames.find((frame) => !rolesOf(frame).some((role) => idle.includes(role))) ?? null;
}

/** Their argument is the guard, not the lock; a file and its line stand for the caller. */
const guards = /(?:unique_lock|lock_guard|scoped_lock|shared_lock)</;
const notLocks = /^(?:file|func|abstime|\w*timeout|\w*time)$/;

/**
 * The lock that a run of frames waits for. The outermost of the C library's own frames names it best: further in stands a
 * part of it (a reader-writer lock has several futexes), further out may stand a thing that holds it.
 */
function lockIn(run: readonly Frame[], frames: readonly number[], rolesOf: RoleReader): Lock | null {
  const named = run.flatMap((frame, index) => {
    const shown = frames.includes(index) ? pointerOf(frame) : null;
    return shown === null ? [] : [{ shown, own: rolesOf(frame).includes(machinery) }];
  });
  const { shown } = named.findLast(({ own }) => own) ?? named[0] ?? { shown: null };
  if (shown === null) return null;
  const same = named.find((one) => one.shown.address === shown.address && one.shown.symbol !== null);
  return { ...shown, symbol: same?.shown.symbol ?? null, ask: questionFor(shown.address, run) };
}

function pointerOf({ function: name, arguments: items }: Frame): Pointer | null {
  if (name !== null && guards.test(name.slice(0, 200))) return null;
  for (const item of items) {
    const shown = notLocks.test(item.name ?? "") ? null : pointerIn(textOf(item));
    if (shown !== null) return shown;
  }
  return null;
}

function textOf({ value, entryValue }: Argument): string {
  return value ?? entryValue ?? "";
}

/** Of glibc's locks: where they keep who owns them. A lock of GLib, Rust or the C library itself does not know. */
function questionFor(address: string, run: readonly Frame[]): string | null {
  const names = run.map(({ function: name }) => name ?? "").join("\n");
  if (/rwlock_wrlock|rwlock_rdlock/.test(names))
    return `p ((pthread_rwlock_t *) ${address})->__data.__cur_writer`;
  return /pthread_mutex|gthread_\w*mutex|lll_mutex|qemu_\w*mutex|std::\w*mutex/.test(names)
    ? `p ((pthread_mutex_t *) ${address})->__data.__owner`
    : null;
}

/**
 * Finds the thread that a run of frames waits for: `threadid` holds its `pthread_t`, which gdb prints as the thread's
 * target (`Thread 0x7ffff7a006c0`), and the futex that the kernel clears at a thread's end holds its number before
 * (`expected`; glibc's __pthread_clockjoin_ex waits on `pd->tid`).
 */
function threadFinder(threads: readonly ReadThread[]): (run: readonly Frame[]) => number | null {
  const known = new Map<string, number>();
  for (const { target, lwp, index } of threads) {
    const id = /^Thread 0x0*([0-9a-f]{1,16})\b/i.exec(target ?? "")?.[1];
    if (id !== undefined) known.set(`id ${id.toLowerCase()}`, index);
    if (lwp !== null) known.set(`lwp ${lwp}`, index);
  }
  return (run) => {
    for (const { name, value } of run.flatMap(({ arguments: items }) => items).toReversed()) {
      const key = keyOf(name ?? "", value ?? "");
      const found = key === null ? undefined : known.get(key);
      if (found !== undefined) return found;
    }
    return null;
  };
}

function keyOf(name: string, value: string): string | null {
  if (!/^(?:\d{1,20}|0x[0-9a-f]{1,16})$/i.test(value)) return null;
  if (/^(?:threadid|th|thread|pthread)$/.test(name)) return `id ${BigInt(value).toString(16)}`;
  return name === "expected" ? `lwp ${BigInt(value)}` : null;
}
