import type { ReadAssertion, ReadTrace } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import { merged } from "./assertion.js";
import { Failures } from "./failures.js";
import type { Reading } from "./read.js";

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
  const byFunction = new Map(
    messages.all.toReversed().map((message) => [bareName(message.function), message]),
  );
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

/** A stack without one of these may be of any other moment. */
const dying = /^_*(?:abort|raise|gsignal|pthread_kill\w*|kill)$|assert/;

function messageOf(
  { assertion, threads, signal }: ReadTrace,
  messages: Failures<ReadAssertion>,
  byFunction: ReadonlyMap<string | null, ReadAssertion>,
): ReadAssertion | undefined {
  if (assertion !== null && assertion.expression !== null) return messages.find(assertion);
  if (signal !== null && signal.name !== "SIGABRT" && signal.name !== "SIGTRAP") return undefined;
  const functions = threads.flatMap(({ frames }) => {
    const names = frames.map((frame) => bareName(frame.function));
    return names.some((name) => name !== null && dying.test(name)) ? names : [];
  });
  const named = functions.find((name) => name !== null && byFunction.has(name)) ?? null;
  const message = named === null ? undefined : byFunction.get(named);
  return message !== undefined && assertion !== null && contradicts(message, assertion) ? undefined : message;
}

/** `int ns::f(T) [with T = int]`, `ns::f<int>` and `f.part.0` without what compilers say around the name. */
function bareName(name: string | null): string | null {
  if (name === null) return null;
  const [head = ""] = canonicalName(name).split(/[(<]/);
  return head.slice(head.lastIndexOf(" ") + 1);
}

/** Both say where they stand, and it is not the same place. */
function contradicts(one: ReadAssertion, other: ReadAssertion): boolean {
  const lines = one.line !== null && other.line !== null && one.line !== other.line;
  return lines || (one.function !== null && other.function !== null && one.function !== other.function);
}
