import { expect, test } from "vitest";
import { type AssertionArguments, parseAssertionArguments } from "../../src/parse/assertion-line.js";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";

function read(call: string): AssertionArguments | null {
  const frame = parseFrame(`#3  0x00007f2193cff12 in ${call}`);
  expect(frame).not.toBeNull();
  return frame === null ? null : parseAssertionArguments(frame.function, frame.items);
}

const queue = { expression: "n > 0", file: "queue.c", line: 41, function: "pop", cut: false };

test.each<[string, AssertionArguments]>([
  [
    '__assert_fail_base (fmt=0x7 "%s%s%s:%u: %s%sAssertion `%s\' failed.\\n%n", assertion=assertion@entry=0x5 "n > 0", file=file@entry=0x5 "queue.c", line=line@entry=41, function=function@entry=0x5 <__PRETTY_FUNCTION__.0> "pop") at assert.c:92',
    queue,
  ],
  [
    '__GI___assert_fail (assertion=0x5 "n > 0", file=0x5 "queue.c", line=41, function=0x5 "pop") at assert.c:101',
    queue,
  ],
  [
    '__assert_fail (expr=0x5 "n > 0", file=0x5 "queue.c", line=41, func=0x5 "pop") at src/exit/assert.c:7',
    queue,
  ],
  [
    '__libc_assert_fail (assertion=0x5 "n > 0", file=0x5 "queue.c", line=41, function=0x5 "pop") at a.c:3',
    queue,
  ],
  ['__assert_rtn (func=0x5 "pop", file=0x5 "queue.c", line=41, expr=0x5 "n > 0") at a.c:3', queue],
  ['__assert (func=0x5 "pop", file=0x5 "queue.c", line=41, failedexpr=0x5 "n > 0") at a.c:3', queue],
  ['__assert13 (file=0x5 "queue.c", line=41, func=0x5 "pop", failedexpr=0x5 "n > 0") at a.c:3', queue],
  ['__assert_func (file=0x5 "queue.c", line=41, func=0x5 "pop", failedexpr=0x5 "n > 0") at a.c:3', queue],
  [
    '__assert2 (file=0x5 "queue.c", line=41, function=0x5 "pop", failed_expression=0x5 "n > 0") at a.c:3',
    queue,
  ],
  ['ucrtbase!_wassert (message=0x5 L"n > 0", file=0x5 L"queue.c", line=41)', { ...queue, function: null }],
  ['msvcrt!_assert (_Message=0x5 "n > 0", _File=0x5 "queue.c", _Line=41)', { ...queue, function: null }],
  [
    'g_assertion_message_expr (domain=0x0, file=0x5 "queue.c", line=41, func=0x5 "pop", expr=0x5 "n > 0") at g.c:3',
    queue,
  ],
  [
    'g_assertion_message_cmpnum (domain=0x0, file=0x5 "queue.c", line=41, func=0x5 "pop", expr=0x5 "n > 0", arg1=0, cmp=0x5 ">", arg2=0, numtype=105 \'i\') at g.c:3',
    queue,
  ],
  [
    'g_assertion_message (domain=0x0, file=0x5 "queue.c", line=41, func=0x5 "pop", message=0x5 "assertion failed: (n > 0)") at g.c:3',
    queue,
  ],
  [
    'g_assertion_message_expr (domain=0x0, file=0x5 "queue.c", line=41, func=0x5 "pop", expr=0x0) at g.c:3',
    { ...queue, expression: null },
  ],
  [
    'std::__glibcxx_assert_fail (file=0x5 "queue.c", line=41, function=0x5 "pop", condition=0x5 "n > 0") at a.cc:45',
    queue,
  ],
  [
    'std::__replacement_assert (__file=0x5 "queue.c", __line=41, __function=0x5 "pop", __condition=0x5 "n > 0") at a.cc:45',
    queue,
  ],
  [
    '__assert_fail (assertion=<optimized out>, assertion@entry=0x5 "n > 0", file=..., file@entry=0x5 "queue.c", line=0x29, function=<optimized out>) at a.c:1',
    { ...queue, function: null },
  ],
  [
    '__assert_fail.cold (assertion=0x5 "strcmp(s, \\"a\\\\n\\") \\303\\251") at a.c:1',
    { expression: 'strcmp(s, "a\\n") é', file: null, line: null, function: null, cut: false },
  ],
  [
    '__assert_fail (assertion=0x5 "n > 0"...) at a.c:1',
    { expression: "n > 0", file: null, line: null, function: null, cut: true },
  ],
])("what a reporter's frame tells is found by the names of its arguments: %s", (call, expected) => {
  expect(read(call)).toEqual(expected);
});

test.each([
  "__assert_fail () from /lib/libc.so.6",
  "__assert_fail (...)",
  "assert_fail ()",
  "std::__glibcxx_assert_fail(char const*, int, char const*, char const*) ()",
])("a reporter without arguments says that a check failed, and hides which: %s", (call) => {
  expect(read(call)).toEqual({ expression: null, file: null, line: null, function: null, cut: false });
});

test.each([
  'assert (expr=0x5 "n > 0") at a.c:3',
  'my_assert_fail (expr=0x5 "n > 0") at a.c:3',
  "abort ()",
  "?? ()",
  "<signal handler called> ()",
])("other functions are no reporters: %s", (call) => {
  expect(read(call)).toBeNull();
});
