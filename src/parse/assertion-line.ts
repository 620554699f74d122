import { reader } from "../generated/assertion.js";
import type { Argument } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import type { AssertionNode } from "./nodes.js";
import { cString } from "./value.js";

const readMessage = reader({ startRule: "Message" });

/** Words without which no line is a message. */
const messageWords = /ssertion|Unexpected error|ERROR:/;
/** Longer conditions are not met in C; the bound keeps a hostile line cheap. */
const longest = 16384;

/** What a program that passes on another's words puts in front of them. */
const lead = /(?:: |[\])}|] ?|\*\*)(?=[\w./+-]{1,128}:)/g;
/** Before a colon there are also people's words: a program's are about something that went wrong. */
const complaint = /\b(?:error|warning|critical|fatal|failed|failure|exited|stderr|stdout|output|monitor)\b/i;
/** What a shell says behind a message whose line had no end. */
const tail = /(?:\*\*| *(?:Aborted +)?\(core dumped\))\s*$/;
/** A bar far from the margin stands in front of what a report shows once more, ours too. */
const shownAgain = /^[ \t]{8,}\|/;
/** So many places in a line are tried. */
const mostLeads = 24;

/**
 * Reads one line as the message that a C or C++ runtime or GLib prints of a failed assertion. The message must be the
 * whole line but for blanks, or its end behind what other programs put in front of it (`error: internal error: qemu
 * unexpectedly closed the monitor: `); anything less is somebody's mention of one, and null. Offsets are UTF-16 units in
 * `line`. Never throws.
 */
export function parseAssertionLine(line: string): AssertionNode | null {
  if (line.length > longest || !messageWords.test(line)) return null;
  return readMessage(line) ?? readBehindLead(line.replace(tail, ""));
}

function readBehindLead(line: string): AssertionNode | null {
  const whole = readMessage(line);
  if (whole !== null || !/Assertion `|ERROR:/.test(line)) return whole;
  let tried = 0;
  for (const { index, 0: found } of line.matchAll(lead)) {
    if (++tried > mostLeads) return null;
    const start = index + found.length;
    const before = line.slice(0, start);
    const passedOn =
      !isOpen(before) && !shownAgain.test(before) && (found !== ": " || complaint.test(before));
    const node = passedOn ? readMessage(line.slice(start)) : null;
    // Without its program a message may be the rest of a sentence about it.
    if (node !== null && (node.program !== null || node.form === "glib"))
      return { ...node, start: node.start + start, end: node.end + start };
  }
  return null;
}

/** A quote or a code span is open: the message in it is a mention. */
function isOpen(before: string): boolean {
  return before.split('"').length % 2 === 0 || before.split("`").length % 2 === 0;
}

/** An argument, as far as it is looked at here. */
export type Valued = Pick<Argument, "name" | "value" | "entryValue">;

/** What the arguments of a reporter's frame tell of the failed assertion; null where the frame does not show it. */
export interface AssertionArguments {
  readonly expression: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly function: string | null;
  /** gdb cut the expression; it is the beginning of the real one. */
  readonly cut: boolean;
}

/**
 * The functions that report a failed assertion, without leading underscores: glibc and musl, macOS, the BSDs and newlib,
 * bionic, Windows, GLib, libstdc++ (section 8 of what gdb prints).
 */
const reporters = new Set([
  "assert_fail",
  "assert_fail_base",
  "libc_assert_fail",
  "assert_perror_fail",
  "assert_rtn",
  "assert_func",
  "g_assertion_message",
  "g_assertion_message_cmpint",
  "g_assertion_message_cmpnum",
  "g_assertion_message_cmpstr",
  "g_assertion_message_error",
  "g_assertion_message_expr",
  "glibcxx_assert_fail",
  "replacement_assert",
]);
/** Names that are everybody's without their underscores. */
const underscored = new Set(["assert", "assert2", "assert13", "wassert"]);

/** The arguments' names, without leading underscores; the order says which is preferred. */
export const expressionNames: readonly string[] = [
  "assertion",
  "expr",
  "expression",
  "failedexpr",
  "failed_expression",
  "condition",
  "Message",
  "message",
];
const fileNames = ["file", "File", "filename"];
const lineNames = ["line", "Line", "lineno"];
const functionNames = ["function", "func", "Function"];

/**
 * Reads the failed assertion out of the arguments of one of the frames that report it, by the arguments' names. All
 * fields are null where the frame shows no arguments: a check failed, and its text is hidden. Null for the frames of all
 * other functions. Never throws.
 */
export function parseAssertionArguments(
  called: string | null,
  items: readonly Valued[],
): AssertionArguments | null {
  const reporter = reporterOf(called);
  if (reporter === null) return null;
  const file = stringOf(items, fileNames)?.text ?? null;
  const line = numberOf(items, lineNames);
  const name = stringOf(items, functionNames)?.text ?? null;
  const text = stringOf(items, expressionNames);
  const expression =
    text === null ? null : reporter === "g_assertion_message" ? complaintOf(text.text) : text.text;
  return { expression, file, line, function: name, cut: text?.cut === true };
}

/** The reporter that a function is, without what platforms and compilers add to its name. */
function reporterOf(name: string | null): string | null {
  if (name === null || !name.includes("assert")) return null;
  const [unqualified = ""] = canonicalName(name)
    .replace(/^(?:\w+::)+/, "")
    .split("(");
  const plain = unqualified.replace(/^.*!/, "").replace(/^_+/, "");
  return reporters.has(plain) || (underscored.has(plain) && plain !== unqualified) ? plain : null;
}

/** GLib hands the whole complaint on: `assertion failed: (n > 0)`. */
function complaintOf(text: string): string | null {
  return parseAssertionLine(`ERROR:-:0:-: ${text}`)?.expression ?? null;
}

function stringOf(items: readonly Valued[], names: readonly string[]): ReturnType<typeof cString> {
  return firstOf(items, names, cString);
}

function numberOf(items: readonly Valued[], names: readonly string[]): number | null {
  return firstOf(items, names, (value) =>
    /^(?:0x[\da-f]{1,8}|\d{1,9})$/.test(value) ? Number(value) : null,
  );
}

/** What `read` makes of the value of the first of the named arguments, or else of its value at the function's entry. */
function firstOf<Result>(
  items: readonly Valued[],
  names: readonly string[],
  read: (value: string) => Result | null,
): Result | null {
  for (const name of names) {
    const item = items.find((candidate) => candidate.name?.replace(/^_+/, "") === name);
    if (item === undefined) continue;
    const result = read(item.value ?? "") ?? read(item.entryValue ?? "");
    if (result !== null) return result;
  }
  return null;
}
