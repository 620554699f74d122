import type { Signal } from "../../model/trace.js";
import type { Line } from "../../text/lines.js";
import { signalName } from "../../text/signals.js";
import type { NoticeNode } from "../nodes.js";
import { parseNotice } from "./gdb-line.js";
import type { ThreadName } from "./thread.js";

/** What the session said of the stop before a trace was printed. */
export interface StopContext {
  readonly signal: Signal | null;
  readonly program: string | null;
  /** The thread that got the signal. */
  readonly crashed: ThreadName | null;
  /** The thread that gdb has selected. */
  readonly selected: ThreadName | null;
  /** The user selected a thread since the stop: what follows need not be that of the crash. */
  readonly switched: boolean;
  /** A core is looked at: gdb numbers its threads so that the one that got the signal is the first. */
  readonly core: boolean;
  readonly births: Births;
}

/** `[New LWP 15251]` is said of a core's thread, `[New Thread 0x7f53 (LWP 15251)]` of one that begins. */
interface Birth {
  readonly lwp: number;
  readonly core: boolean;
  readonly line: Line;
}

/** The threads that gdb met. The one with the lowest number is the one that began the process, as long as numbers do not wrap. */
export interface Births {
  readonly count: number;
  readonly lowest: Birth | null;
}

/** Counts the thread that a line tells of, which stands at `start`. */
export function withBirth(
  { count, lowest }: Births,
  { lwp }: Extract<NoticeNode, { kind: "new-thread" }>,
  line: string,
  start: number,
): Births {
  const isLower = lwp !== null && (lowest === null || lwp < lowest.lwp);
  if (!isLower) return { count: count + 1, lowest };
  const core = line.includes("[New LWP ");
  return { count: count + 1, lowest: { lwp, core, line: { start, end: start + line.length } } };
}

export const nothingKnown: StopContext = {
  signal: null,
  program: null,
  crashed: null,
  selected: null,
  switched: false,
  core: false,
  births: { count: 0, lowest: null },
};

/** The stop that a report of a signal tells of. */
export function stopBySignal(
  before: StopContext,
  { name, description, thread: number, threadName, core }: Extract<NoticeNode, { kind: "signal" }>,
): StopContext {
  const crashed = number === null ? null : { number, target: null, lwp: null, name: threadName };
  const signal = { name: signalName(name) ?? name, description };
  return { ...before, signal, crashed, selected: crashed, switched: false, core };
}

/** The first thread that gdb selects after a stop is the one that stopped; one that the user selects need not be. */
export function selecting(
  stop: StopContext,
  { number, target, lwp, name }: ThreadName,
  byUser: boolean,
): StopContext {
  const { signal, crashed } = stop;
  const stopped = !byUser && signal !== null && (crashed === null || crashed.lwp === null);
  const selected = {
    number: number ?? (stopped ? (crashed?.number ?? null) : null),
    target,
    lwp,
    name: name ?? (stopped ? (crashed?.name ?? null) : null),
  };
  return {
    ...stop,
    selected,
    crashed: stopped ? selected : crashed,
    switched: stop.switched || byUser,
  };
}

/** Another gdb begins, or the same one with another process. */
export function beginsAnew(line: string): boolean {
  return /^\s*(?:GNU gdb |Attaching to (?:program|process)\b)/.test(line);
}

const report =
  /(?:Program|Thread \d{1,7}(?:\.\d{1,7})?(?: ["\u201c][^"\u201c\u201d]{1,64}["\u201d])?) (?:received|terminated with) signal SIG[A-Z]{2,8}\d{0,2}, [A-Z][A-Za-z /()-]{1,60}/;

/** The report of a signal that stands in the midst of a line, behind what somebody put in front of it; else null. */
export function signalReportIn(line: string): Extract<NoticeNode, { kind: "signal" }> | null {
  const found = line.includes("signal SIG") ? report.exec(line.slice(0, longest)) : null;
  const notice = found === null ? null : parseNotice(found[0].replace(/[\u201c\u201d]/g, '"'));
  return notice?.kind === "signal" ? notice : null;
}

/** Nobody puts more in front. */
const longest = 4096;
