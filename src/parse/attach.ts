import type { ReadAssertion, ReadTrace } from "../model/trace.js";
import { distinctAssertions, merged, sameFailure } from "./assertion.js";
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
  const messages = distinctAssertions(readings.flatMap(({ assertions }) => assertions));
  const attached = new Set<ReadAssertion>();
  const traces = readings
    .flatMap(({ traces: found }) => found)
    .map((trace): ReadTrace => {
      const message = messages.find((one) => belongs(one, trace));
      if (message === undefined) return trace;
      attached.add(message);
      return { ...trace, assertion: trace.assertion === null ? message : merged(message, trace.assertion) };
    });
  return { traces, loose: messages.filter((message) => !attached.has(message)) };
}

function belongs(message: ReadAssertion, { assertion, threads, signal }: ReadTrace): boolean {
  if (assertion !== null && assertion.expression !== null) return sameFailure(message, assertion);
  if (signal !== null && signal.name !== "SIGABRT" && signal.name !== "SIGTRAP") return false;
  return (
    message.function !== null &&
    threads.some(({ frames }) => frames.some((frame) => frame.function === message.function))
  );
}
