import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAssertionArguments, parseAssertionLine } from "../../src/parse/assertion-line.js";
import { parseFrame, parseNotice, parseThreadHeader } from "../../src/parse/gdb/gdb-line.js";
import { cString, parseValue } from "../../src/parse/value.js";

/** Everything that reads a line; none may throw, whatever the line is. */
function readAll(line: string): void {
  const frame = parseFrame(line);
  if (frame !== null) {
    expect(frame.start).toBeGreaterThanOrEqual(0);
    expect(frame.end).toBeLessThanOrEqual(line.length);
    parseAssertionArguments(frame.function, frame.items);
    for (const { value } of frame.items) parseValue(value ?? "");
  }
  parseNotice(line);
  parseThreadHeader(line);
  parseAssertionLine(line);
  parseValue(line);
  cString(line);
}

const beginnings = [
  "#1  0x1 in ",
  "#1  0x1 in f (a=",
  "#1  f (a=",
  "#1  f () at ",
  "#1  f () from ",
  "#1  f",
  "$1 = ",
  'Thread 1 (Thread 0x1 (LWP 1) "',
  "[Current thread is 1 (",
  "s: q.c:3: f: Assertion `",
  "ERROR:q.c:3:f: assertion failed (",
  "Assertion failed: (",
  "",
];
const repeated = [
  ..."({[<\"'\\,:=-)>",
  "({[<",
  '("',
  "f<",
  "operator<",
  ", a=",
  "a (",
  "a = {",
  "x {",
  "T(",
  "{(",
  "@0x1: ",
  " at ",
  ") at x:1 ",
  ".so",
  " (F: f: 3) ",
  "' failed. ",
  " const",
  "(a | ",
  " ",
];

test.each(beginnings)("time is linear behind %s", (beginning) => {
  for (const part of repeated) {
    const line = beginning + part.repeat(100_000 / part.length);
    const begin = performance.now();
    readAll(line);
    if (beginning.startsWith("#")) readAll(`${line}) at q.c:3`);
    // Ten times what a slow machine was seen to need; quadratic time is a thousand times more.
    expect(performance.now() - begin, part).toBeLessThan(5000);
  }
});

test("no line makes a reader throw", () => {
  const parts = fc.constantFrom(
    ...beginnings,
    ...repeated,
    ")",
    "}",
    ">",
    " at q.c:3",
    " from /lib/q.so",
    "<optimized out>",
    "x@entry=",
    "0x1",
    '"s"',
    "'c'",
    "' failed.",
    "\0",
    "\ud800",
    "é",
  );
  const line = fc
    .array(fc.oneof(parts, fc.string({ maxLength: 5 })), { maxLength: 40 })
    .map((all) => all.join(""));
  fc.assert(fc.property(line, readAll), { numRuns: 2000 });
});
