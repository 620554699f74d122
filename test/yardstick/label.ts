import type { Document } from "../../src/index.js";

/** One question to what was read of a text, and whether its answer is the label's. */
export interface Check {
  readonly field: string;
  readonly right: boolean;
  readonly got: string;
  readonly wanted: string;
}

/** What is known of one text of a labelled folder, whatever form its label has. */
export interface Label {
  readonly file: string;
  readonly traits: readonly string[];
  /** A person cannot tell either: left out of the score. */
  readonly ambiguous: boolean;
  /** Nothing in the text is a frame. */
  readonly holdsNone: boolean;
  /** Lines that look like frames and belong to other tools. */
  readonly lookalikes: number;
  /** The counts of traces, threads and frames that the label gives; they are right together or not at all. */
  readonly counts: (document: Document) => readonly Check[];
  /** Every other field of the label that can be asked for. */
  readonly fields: (document: Document) => readonly Check[];
}

/** A check that `got` equals `wanted`; both are shown as JSON. */
export function check(field: string, got: unknown, wanted: unknown): Check {
  const [shown, expected] = [JSON.stringify(got), JSON.stringify(wanted)];
  return { field, right: shown === expected, got: shown, wanted: expected };
}

type Trace = Document["traces"][number];
type Thread = Trace["threads"][number];

/** The tools whose stacks the labels count. What others print (sanitizers, lldb and the like) only looks like them. */
const counted: readonly Trace["dialect"][] = ["gdb", "gdb-mi", "systemd-coredump"];

export function countedTraces({ traces }: Document): Trace[] {
  return traces.filter(({ dialect }) => counted.includes(dialect));
}

export function otherTraces({ traces }: Document): Trace[] {
  return traces.filter(({ dialect }) => !counted.includes(dialect));
}

export function threadsOf(traces: readonly Trace[]): Thread[] {
  return traces.flatMap(({ threads }) => threads);
}

export function framesOf(traces: readonly Trace[]): Thread["frames"] {
  return threadsOf(traces).flatMap(({ frames }) => frames);
}
