import type { Frame, ReadAssertion, ReadTrace } from "../model/trace.js";
import { merged } from "./assertion.js";
import { bareName, callerOfDying, isDying } from "./dying-frames.js";
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
 * function or the place that it names and shows no condition of its own (the C library had no symbols).
 */
export function attachAssertions(readings: readonly Reading[]): Attached {
  const messages = new Failures(readings.flatMap(({ assertions }) => assertions));
  const clues = new Map(
    messages.all.toReversed().flatMap((message) => cluesOf(message).map((clue) => [clue, message])),
  );
  const attached = new Set<ReadAssertion>();
  const traces = readings
    .flatMap(({ traces: found }) => found)
    .map((trace): ReadTrace => {
      const message = messageOf(trace, messages, clues);
      if (message === undefined) return trace;
      attached.add(message);
      return withMessage(trace, message);
    });
  const loose = messages.all.filter((message) => !attached.has(message));
  const [message] = loose;
  if (message === undefined || loose.length > 1) return { traces, loose };
  const mute = new Set(traces.filter(isMute));
  if (new Set(Array.from(mute, outlineOf)).size !== 1) return { traces, loose };
  return {
    traces: traces.map((trace) => (mute.has(trace) ? withMessage(trace, message) : trace)),
    loose: [],
  };
}

/**
 * Whether a trace shows a death by `abort` and neither a condition nor the name of the function that gave up: the program
 * had no symbols. The only message of a text that has but one such stack is its own.
 */
function isMute({ assertion, signal, threads }: ReadTrace): boolean {
  if (assertion !== null && (assertion.expression !== null || assertion.function !== null)) return false;
  if (signal !== null && signal.name !== "SIGABRT") return false;
  const caller = callerOfDying(threads.find(({ frames }) => frames.some(isDying))?.frames ?? []);
  return caller !== undefined && caller.function === null;
}

/** A stack that was printed twice is one. */
function outlineOf({ threads }: ReadTrace): string {
  return threads
    .flatMap(({ frames }) => frames.map(({ level, address }) => `${level} ${address}`))
    .join("\n");
}

function withMessage(trace: ReadTrace, message: ReadAssertion): ReadTrace {
  return { ...trace, assertion: trace.assertion === null ? message : merged(message, trace.assertion) };
}

/** By what a message and a frame are known to speak of one place: the function, or the file and the line. */
function cluesOf(
  place: Pick<ReadAssertion, "function" | "file" | "line"> | Pick<Frame, "function" | "location">,
): string[] {
  const name = bareName(place.function);
  const { file, line } = "location" in place ? (place.location ?? nowhere) : place;
  const clues = name === null ? [] : [name];
  return file === null || line === null
    ? clues
    : [...clues, `${file.slice(file.lastIndexOf("/") + 1)}:${line}`];
}

const nowhere = { file: null, line: null };

function messageOf(
  { assertion, threads, signal }: ReadTrace,
  messages: Failures<ReadAssertion>,
  clues: ReadonlyMap<string, ReadAssertion>,
): ReadAssertion | undefined {
  if (assertion !== null && assertion.expression !== null) return messages.find(assertion);
  if (signal !== null && signal.name !== "SIGABRT" && signal.name !== "SIGTRAP") return undefined;
  const shown = threads
    .filter(({ frames }) => frames.some(isDying))
    .flatMap(({ frames }) => frames.flatMap(cluesOf));
  const clue = shown.find((one) => clues.has(one));
  const message = clue === undefined ? undefined : clues.get(clue);
  return message !== undefined && assertion !== null && contradicts(message, assertion) ? undefined : message;
}

/** Both say where they stand, and it is not the same place. */
function contradicts(one: ReadAssertion, other: ReadAssertion): boolean {
  const lines = one.line !== null && other.line !== null && one.line !== other.line;
  return lines || (one.function !== null && other.function !== null && one.function !== other.function);
}
