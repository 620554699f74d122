import { explainCondition } from "../facts/explain.js";
import { printed } from "../facts/print.js";
import { readCondition } from "../facts/read.js";
import type {
  Argument,
  Explanation,
  Frame,
  KnownValue,
  ReadAssertion,
  ReadTrace,
  Variable,
} from "../model/trace.js";
import { functionPath } from "../text/function-path.js";
import type { Crash } from "./crash.js";

/**
 * Sets the condition of a failed assertion beside the values that its trace shows: those of the frame in which it failed,
 * and what was printed. Null where there is nothing to tell: see {@link explainCondition}. Throws nothing.
 */
export function explained(
  trace: ReadTrace,
  crash: Crash | null,
  assertion: ReadAssertion,
): Explanation | null {
  if (assertion.expression === null || operandsOfRust.test(assertion.expression)) return null;
  const frame = crash === null ? null : failingFrame(trace, crash, assertion);
  const values = [
    ...(crash === null ? [] : comparedOperands(trace, crash, assertion.expression)),
    ...(frame === null ? [] : valuesOf(frame)),
    ...printedValues(trace.prints),
  ];
  return explainCondition(assertion.expression, values);
}

/**
 * GLib's comparing checks hand over what they compared: `g_assertion_message_cmpnum (…, expr="n == m", arg1=1, cmp="==",
 * arg2=2, numtype=105 'i')`, as a long double; newer ones of integers, `g_assertion_message_cmpint`, as a guint64, which
 * does not tell a negative number: those and all large ones are left out.
 */
function comparedOperands(trace: ReadTrace, crash: Crash, condition: string): KnownValue[] {
  const frames = trace.threads[crash.thread]?.frames.slice(0, crash.frame ?? 0) ?? [];
  const reporter = frames.find(({ function: name }) => comparing.test(name ?? ""));
  const comparison = reporter === undefined ? null : readCondition(condition);
  if (reporter === undefined || comparison?.kind !== "comparison") return [];
  const names = new Map([
    ["arg1", printed(comparison.left)],
    ["arg2", printed(comparison.right)],
  ]);
  return reporter.arguments
    .flatMap((argument) => ofArgument(argument, reporter.level))
    .flatMap((known) => {
      const name = names.get(known.name);
      return name === undefined || /\d{16}/.test(known.value) ? [] : [{ ...known, name }];
    });
}

const comparing = /^g_assertion_message_cmp(?:num|int|str)$/;

/** Rust's `assert_eq!` calls its operands so, whatever they are. */
const operandsOfRust = /^left (?:==|!=) right$/;

/** So many frames of a program's own reporters of failures are looked through. */
const mostReporters = 4;

/** The frame that the assertion's function has: the one that crashed, or one that a reporter of the program's own stands in. */
function failingFrame(trace: ReadTrace, crash: Crash, assertion: ReadAssertion): Frame | null {
  if (crash.frame === null) return null;
  const frames = trace.threads[crash.thread]?.frames.slice(crash.frame, crash.frame + mostReporters) ?? [];
  const name = assertion.function;
  if (name !== null) return frames.find((frame) => isCalled(frame, name)) ?? null;
  const [first] = frames;
  const line = first?.location?.line ?? null;
  return first !== undefined && assertion.line !== null && line === assertion.line ? first : null;
}

/** `__func__` of C++ is the bare name of what gdb shows as `ns::Class::name`. */
function isCalled({ function: name }: Frame, wanted: string): boolean {
  if (name === null) return false;
  const [shown, asked] = [functionPath(name), functionPath(wanted)];
  return shown === asked || shown.endsWith(`::${asked}`) || asked.endsWith(`::${shown}`);
}

/** What the frame shows: an inner block hides what an outer one or an argument calls the same. */
function valuesOf(frame: Frame): KnownValue[] {
  const seen = new Set<string>();
  const all = [
    ...(frame.locals ?? []).map((local) => ofVariable(local, "local", frame.level)),
    ...frame.arguments.flatMap((argument) => ofArgument(argument, frame.level)),
  ];
  return all.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function ofVariable(
  { name, value, span }: Variable,
  source: KnownValue["source"],
  level: number | null,
): KnownValue {
  return { name, value, source, level, span };
}

/** The value at the function's entry only where no other is known: it may have been changed since. */
function ofArgument({ name, value, entryValue, span }: Argument, level: number): KnownValue[] {
  if (name === null) return [];
  const isMissing = value === null || value === "" || value.startsWith("<optimized out>");
  if (!isMissing) return [{ name, value, source: "argument", level, span }];
  return entryValue === null ? [] : [{ name, value: entryValue, source: "entry", level, span }];
}

/** What was printed with one value: where there are several, they are those of several frames or moments. */
function printedValues(prints: readonly Variable[]): KnownValue[] {
  const byName = new Map<string, Variable | null>();
  for (const print of prints) {
    const before = byName.get(print.name);
    byName.set(print.name, before === undefined || before?.value === print.value ? print : null);
  }
  return [...byName.values()].flatMap((print) =>
    print === null ? [] : [ofVariable(print, "printed", null)],
  );
}
