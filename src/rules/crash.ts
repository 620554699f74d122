import type { ReadTrace, Signal } from "../model/trace.js";
import { isRoutineSignal } from "../text/signals.js";
import { DyingStack } from "./dying-stack.js";
import type { RoleReader } from "./roles.js";
import { abort, fatalLog, raise, reporter, waiting } from "./runtime-roles.js";

/** A report is what a sanitizer prints: the process may go on behind it. */
export type CrashKind = "assertion" | "signal" | "abort" | "report";

/** How and where a process died, as far as a trace shows it. */
export interface Crash {
  readonly kind: CrashKind;
  /** The index of the thread. */
  readonly thread: number;
  /** The index of its innermost frame that is not machinery; null where all are. */
  readonly frame: number | null;
  readonly signal: Signal | null;
  /** False where other threads show the same: each may be the one. */
  readonly sure: boolean;
}

/**
 * Finds the crash that a trace shows. None for the stack of a process that only stopped; several where more than one thread
 * is about to end the process and nothing tells which was the first.
 */
export function crashesOf(trace: ReadTrace, rolesOf: RoleReader): readonly Crash[] {
  const stacks = trace.threads.map(
    ({ frames }) =>
      new DyingStack(
        frames,
        frames.map((frame) => rolesOf(frame)),
      ),
  );
  const threads = crashedThreads(trace, stacks);
  return threads.flatMap((thread) => crashOf(trace, stacks, thread, threads.length === 1));
}

function crashOf(trace: ReadTrace, stacks: readonly DyingStack[], thread: number, sure: boolean): Crash[] {
  const stack = stacks[thread];
  if (stack === undefined) return [];
  const name = stack.signal;
  const signal = trace.signal ?? (name === null ? null : { name, description: null });
  const shown = sure && trace.assertion !== null ? "assertion" : shownKind(stack, signal);
  const kind = shown ?? (trace.threads[thread]?.crashed === true ? reportedKind(trace) : null);
  if (kind === null) return [];
  const frame = kind === "signal" && stack.beginsLate ? null : stack.crashFrame;
  return [{ kind, thread, frame, signal, sure }];
}

/** The thread that the text names, else those whose frames show a death. */
function crashedThreads(trace: ReadTrace, stacks: readonly DyingStack[]): readonly number[] {
  const reported = trace.threads.findIndex(({ crashed }) => crashed);
  if (reported !== -1 && !pretends(trace, stacks, reported)) return [reported];
  const dying = indicesOf(stacks, (stack) => stack.shows(abort) || stack.shows(reporter));
  if (dying.length > 0) return narrowed(dying, trace, stacks);
  const signs: ((stack: DyingStack) => boolean)[] = [
    (stack) => stack.showsNullCall,
    (stack) => stack.showsDelivery,
    (stack) => stack.shows(raise),
  ];
  for (const shows of signs) {
    const found = indicesOf(stacks, shows);
    // A garbage collector stops all threads by a signal, and a thread that starts has no frames yet.
    if (found.length > 0) return found.length === 1 ? found : [];
  }
  return trace.assertion !== null && stacks.length === 1 ? [0] : [];
}

/** `abort` was called by one thread, and the one that is selected in the core is another. */
function pretends({ signal }: ReadTrace, stacks: readonly DyingStack[], reported: number): boolean {
  const isDying = (stack: DyingStack): boolean =>
    stack.shows(abort) || stack.shows(reporter) || stack.shows(raise);
  const stack = stacks[reported];
  if (signal?.name !== "SIGABRT" || stack === undefined || isDying(stack)) return false;
  return stack.frames.some(({ function: name }) => name !== null) && stacks.some(isDying);
}

function indicesOf(stacks: readonly DyingStack[], shows: (stack: DyingStack) => boolean): number[] {
  return stacks.flatMap((stack, index) => (shows(stack) ? [index] : []));
}

/** More threads that may be the one are not told. */
const mostSuspects = 8;

/**
 * Of threads that all end the process: those in which an assertion failed; of these the one that sends the signal, while
 * the others wait for the lock that `abort` takes; of these the first of a core, which gdb numbers 1.
 */
function narrowed(
  dying: readonly number[],
  trace: ReadTrace,
  stacks: readonly DyingStack[],
): readonly number[] {
  const tests: ((thread: number) => boolean)[] = [
    (thread) => stacks[thread]?.shows(reporter) === true,
    (thread) => stacks[thread]?.isAbortIn(raise) === true,
    (thread) => stacks[thread]?.isAbortIn(waiting) === false,
    (thread) => trace.program !== null && /^1(?:\.1)?$/.test(trace.threads[thread]?.number ?? ""),
  ];
  let left = dying;
  for (const test of tests) {
    const better = left.filter(test);
    if (better.length > 0) left = better;
  }
  return left.length > mostSuspects ? [] : left;
}

/** What the frames of a thread and the signal show. */
function shownKind(stack: DyingStack, signal: Signal | null): CrashKind | null {
  if (stack.shows(reporter)) return "assertion";
  const isRoutine = signal !== null && isRoutineSignal(signal.name);
  const isFault = signal !== null && signal.name !== "SIGABRT" && !isRoutine;
  if (!isFault && stack.shows(abort)) return "abort";
  // g_error stops a program by a trap, so that a debugger gets hold of it.
  if (signal?.name === "SIGTRAP" && stack.shows(fatalLog)) return "abort";
  if (signal !== null) return isRoutine ? null : "signal";
  return stack.showsDelivery || stack.showsNullCall ? "signal" : null;
}

/** What a tool tells that names the thread and no signal: a core is made by a signal. */
function reportedKind({ dialect, signal }: ReadTrace): CrashKind | null {
  if (signal !== null) return null;
  if (dialect === "sanitizer") return "report";
  return dialect === "rust-panic" ? "abort" : "signal";
}
