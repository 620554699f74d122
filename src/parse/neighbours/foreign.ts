import type { Frame, ReadThread, ReadTrace } from "../../model/trace.js";
import type { Line } from "../../text/lines.js";
import type { Told } from "../dialect.js";

/** What another tool than gdb's command line tells of a frame; the rest it leaves open. */
export type ForeignFrame = Pick<Frame, "level" | "span"> & Partial<Frame>;

/** A frame of which only some things are known. */
export function foreignFrame(known: ForeignFrame): Frame {
  return {
    address: null,
    function: null,
    kind: "normal",
    inlined: null,
    arguments: [],
    location: null,
    library: null,
    libraryOffset: null,
    locals: null,
    ...known,
  };
}

/** A thread of which only some things are known. */
export function foreignThread(
  known: Pick<ReadThread, "index" | "frames" | "span"> & Partial<ReadThread>,
): ReadThread {
  return {
    number: null,
    target: null,
    lwp: null,
    name: null,
    crashed: false,
    coroutine: null,
    end: null,
    ...known,
  };
}

/** What a reader tells that collects the lines of each stack in a list: nothing but the traces, and the lines of their own. */
export function toldOf<List extends { readonly entries: readonly { readonly line: Line }[] }>(
  lists: readonly List[],
  traceOf: (list: List) => ReadTrace,
): Told {
  return {
    traces: lists.map(traceOf),
    assertions: [],
    diagnostics: [],
    taken: lists.flatMap(({ entries }) => entries.map(({ line }) => line)),
  };
}

/** A trace of which only some things are known. */
export function foreignTrace(
  known: Pick<ReadTrace, "dialect" | "threads" | "span"> & Partial<ReadTrace>,
): ReadTrace {
  const nothing = { command: null, program: null, signal: null, assertion: null, prints: [], messages: [] };
  return { ...nothing, process: { kind: null, threads: 0, lowest: null }, ...known };
}
