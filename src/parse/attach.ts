import type { ReadAssertion, ReadTrace } from "../model/trace.js";
import { merged } from "./assertion.js";
import { Failures } from "./failures.js";
import type { Reading } from "./session.js";

/** The traces of a whole document, each with its own assertion, and the assertions that no trace shows the death of. */
export interface Attached {
  readonly traces: readonly ReadTrace[];
  readonly loose: readonly ReadAssertion[];
}

/**
 * Joins the message of a failed assertion with the trace of the same failure: GLib's `Bail out!` twin, a line on stderr
 * and the arguments of the C library's frames tell of one assertion. A message also goes to a trace that holds the
 * function that it names and shows no condition of its own (the C library had no symbols).
 */
export function attachAssertions(readings: readonly Reading[]): Attached {
  const messages = new Failures(readings.flatMap(({ assertions }) => assertions));
  const byFunction = new Map(messages.all.toReversed().map((message) => [message.function, message]));
  const attached = new Set<ReadAssertion>();
  const traces = readings
    .flatMap(({ traces: found }) => found)
    .map((trace): ReadTrace => {
      const message = messageOf(trace, messages, byFunction);
      if (message === undefined) return trace;
      attached.add(message);
      return { ...trace, assertion: trace.assertion === null ? message : merged(message, trace.assertion) };
    });
  return { traces, loose: messages.all.filter((message) => !attached.has(message)) };
}

function messageOf(
  { assertion, threads, signal }: ReadTrace,
  messages: Failures<ReadAssertion>,
  byFunction: ReadonlyMap<string | null, ReadAssertion>,
): ReadAssertion | undefined {
  if (assertion !== null && assertion.expression !== null) return messages.find(assertion);
  if (signal !== null && signal.name !== "SIGABRT" && signal.name !== "SIGTRAP") return undefined;
  const functions = threads.flatMap(({ frames }) => frames.map((frame) => frame.function));
  const named = functions.find((name) => name !== null && byFunction.has(name));
  return named === undefined ? undefined : byFunction.get(named);
}
