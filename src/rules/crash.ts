import type { Frame, ReadThread, ReadTrace, Signal } from "../model/trace.js";
import { signalName } from "../text/signals.js";
import type { RoleReader } from "./roles.js";
import { abort, delivery, machinery, raise, reporter } from "./runtime-roles.js";

export type CrashKind = "assertion" | "signal" | "abort";

/** How and where a process died, as far as a trace shows it. */
export interface Crash {
  readonly kind: CrashKind;
  /** The index of the thread. */
  readonly thread: number;
  /** The index of its innermost frame that is not machinery; null where all are. */
  readonly frame: number | null;
  readonly signal: Signal | null;
}

/** Signals that stop a process under a debugger, or end it because somebody wanted that: no crash. */
const harmless = new Set([
  "SIGTRAP",
  "SIGINT",
  "SIGSTOP",
  "SIGTSTP",
  "SIGCONT",
  "SIGUSR1",
  "SIGUSR2",
  "SIGALRM",
  "SIGTERM",
  "SIGHUP",
  "0",
]);

/** Finds the crash that a trace shows; null for the stack of a process that only stopped. */
export function crashOf(trace: ReadTrace, rolesOf: RoleReader): Crash | null {
  const roles = trace.threads.map(({ frames }) => frames.map(rolesOf));
  const thread = crashedThread(trace.threads, roles, trace.assertion !== null);
  const frames = trace.threads[thread]?.frames;
  const own = roles[thread];
  if (frames === undefined || own === undefined) return null;
  const signal = trace.signal ?? raisedSignal(frames, own);
  const kind = crashKind(own, signal, trace.assertion !== null);
  return kind === null ? null : { kind, thread, frame: crashFrame(own), signal };
}

/** The thread that the stop report names, else the only one whose frames show a death. */
function crashedThread(
  threads: readonly ReadThread[],
  roles: readonly (readonly string[])[][],
  assertion: boolean,
): number {
  const reported = threads.findIndex(({ crashed }) => crashed);
  if (reported !== -1) return reported;
  for (const shows of [showsAbort, showsDelivery, showsRaise]) {
    const dying = roles.flatMap((own, index) => (shows(own) ? [index] : []));
    if (dying.length === 1) return dying[0] ?? -1;
    if (dying.length > 1) break;
  }
  return assertion && threads.length === 1 ? 0 : -1;
}

function showsAbort(roles: readonly (readonly string[])[]): boolean {
  return innerMachinery(roles).some((names) => names.includes(abort) || names.includes(reporter));
}

function showsDelivery(roles: readonly (readonly string[])[]): boolean {
  return roles.some((names) => names.includes(delivery));
}

function showsRaise(roles: readonly (readonly string[])[]): boolean {
  return innerMachinery(roles).some((names) => names.includes(raise));
}

/** The machinery from level 0 on: that of the death, if it is one. */
function innerMachinery(roles: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const end = roles.findIndex((names) => !names.includes(machinery));
  return end === -1 ? roles : roles.slice(0, end);
}

function crashKind(
  roles: readonly (readonly string[])[],
  signal: Signal | null,
  assertion: boolean,
): CrashKind | null {
  const inner = innerMachinery(roles);
  if (assertion || inner.some((names) => names.includes(reporter))) return "assertion";
  const reported = signal !== null && signal.name !== "SIGABRT" && !harmless.has(signal.name);
  if (!reported && inner.some((names) => names.includes(abort))) return "abort";
  if (signal !== null) return harmless.has(signal.name) ? null : "signal";
  return showsDelivery(roles) ? "signal" : null;
}

/**
 * The innermost frame that is not machinery. Where a signal was delivered, its handler is machinery of the crash as well,
 * unless an assertion failed in the handler itself.
 */
function crashFrame(roles: readonly (readonly string[])[]): number | null {
  const failed = innerMachinery(roles).some((names) => names.includes(reporter));
  const delivered = failed ? -1 : roles.findLastIndex((names) => names.includes(delivery));
  const index = roles.findIndex((names, at) => at > delivered && !names.includes(machinery));
  return index === -1 ? null : index;
}

/** The signal that an argument of `raise` or the like gives. */
function raisedSignal(frames: readonly Frame[], roles: readonly (readonly string[])[]): Signal | null {
  for (const [index, frame] of frames.entries()) {
    if (!(roles[index] ?? []).includes(raise)) continue;
    const argument = frame.arguments.find(({ name }) => name === "sig" || name === "signo");
    const name = signalName(argument?.value ?? "") ?? signalName(argument?.entryValue ?? "");
    if (name !== null) return { name, description: null };
  }
  return null;
}
