import { expect, test } from "vitest";
import { parseAssertionLine } from "../../src/parse/assertion-line.js";
import type { AssertionNode } from "../../src/parse/nodes.js";

const whole = {
  program: null,
  expression: null,
  file: null,
  line: null,
  function: null,
  operands: null,
  twin: false,
};
const vector =
  "std::vector<_Tp>::reference std::vector<_Tp>::operator[](size_type) [with _Tp = int; size_type = long unsigned int]";

test.each<[string, Partial<AssertionNode>]>([
  [
    "sorter: src/queue.c:41: queue_pop: Assertion `q->depth == 0 && (flags & ~0x1ful) == 0' failed.",
    {
      form: "glibc",
      program: "sorter",
      file: "src/queue.c",
      line: 41,
      function: "queue_pop",
      expression: "q->depth == 0 && (flags & ~0x1ful) == 0",
    },
  ],
  [
    "queue.c:41: queue_pop: Assertion `n' failed.",
    { form: "glibc", file: "queue.c", line: 41, function: "queue_pop", expression: "n" },
  ],
  [
    "sorter: queue.c:41: Assertion `n' failed.",
    { form: "glibc", program: "sorter", file: "queue.c", line: 41, expression: "n" },
  ],
  [
    "sorter: queue.cc:9: int ns::pop(T, std::map<A, B>) [with T = int; std::size_t = long unsigned int]: Assertion `c == 'a' && \"n' failed.\" && `q`' failed.",
    {
      form: "glibc",
      program: "sorter",
      file: "queue.cc",
      line: 9,
      function: "int ns::pop(T, std::map<A, B>) [with T = int; std::size_t = long unsigned int]",
      expression: "c == 'a' && \"n' failed.\" && `q`",
    },
  ],
  [
    "/opt/my tools/sorter: /src/my queue/q.c:3: pop: Assertion `n' failed.",
    {
      form: "glibc",
      program: "/opt/my tools/sorter",
      file: "/src/my queue/q.c",
      line: 3,
      function: "pop",
      expression: "n",
    },
  ],
  [
    "C:\\my tools\\s.exe: C:\\q.c:3: pop: Assertion `n' failed.",
    {
      form: "glibc",
      program: "C:\\my tools\\s.exe",
      file: "C:\\q.c",
      line: 3,
      function: "pop",
      expression: "n",
    },
  ],
  [
    "server: io.c:88: flush: Unexpected error: Bad file descriptor.",
    { form: "glibc-perror", program: "server", file: "io.c", line: 88, function: "flush" },
  ],
  [
    "Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: (old_top == initial_top (av) && old_size == 0)",
    {
      form: "glibc-internal",
      file: "malloc.c",
      line: 2599,
      function: "sysmalloc",
      expression: "(old_top == initial_top (av) && old_size == 0)",
    },
  ],
  [
    'Assertion failed: n > 0 && "(not (a: b: 3) empty)" (src/queue.c: queue_pop: 41)',
    {
      form: "musl",
      file: "src/queue.c",
      function: "queue_pop",
      line: 41,
      expression: 'n > 0 && "(not (a: b: 3) empty)"',
    },
  ],
  [
    "Assertion failed: (n > 0 && f(n)), function queue_pop, file src/queue.c, line 41.",
    { form: "bsd", function: "queue_pop", file: "src/queue.c", line: 41, expression: "n > 0 && f(n)" },
  ],
  [
    "Assertion failed: f(n, m), file C:\\src\\queue.c, line 41",
    { form: "msvc", file: "C:\\src\\queue.c", line: 41, expression: "f(n, m)" },
  ],
  [
    'assertion "n > 0" failed: file "queue.c", line 41, function "queue_pop"',
    { form: "netbsd", file: "queue.c", line: 41, function: "queue_pop", expression: "n > 0" },
  ],
  [
    'assertion "s == "x"" failed: file "queue.c", line 41, function: queue_pop',
    { form: "netbsd", file: "queue.c", line: 41, function: "queue_pop", expression: 's == "x"' },
  ],
  [
    'assertion "n > 0" failed: file "queue.c", line 41',
    { form: "netbsd", file: "queue.c", line: 41, expression: "n > 0" },
  ],
  [
    'stdio/io.cpp:88: fflush: assertion "fp != NULL" failed',
    { form: "bionic", file: "stdio/io.cpp", line: 88, function: "fflush", expression: "fp != NULL" },
  ],
  [
    'stdio/io.cpp:88: assertion "fp != NULL" failed',
    { form: "bionic", file: "stdio/io.cpp", line: 88, expression: "fp != NULL" },
  ],
  [
    `/usr/include/c++/12/bits/stl_vector.h:1123: ${vector}: Assertion '__n < this->size()' failed.`,
    {
      form: "libstdc++",
      file: "/usr/include/c++/12/bits/stl_vector.h",
      line: 1123,
      function: vector,
      expression: "__n < this->size()",
    },
  ],
  [
    "/usr/include/c++/v1/vector:1436: assertion __n < size() failed: vector[] index out of bounds",
    { form: "libc++", file: "/usr/include/c++/v1/vector", line: 1436, expression: "__n < size()" },
  ],
  [
    "ERROR:../src/queue.c:41:queue_pop: assertion failed: (n > 0 && (m))",
    { form: "glib", file: "../src/queue.c", line: 41, function: "queue_pop", expression: "n > 0 && (m)" },
  ],
  [
    "Queue:ERROR:queue.c:41:queue_pop: assertion failed: (n > 0)",
    { form: "glib", file: "queue.c", line: 41, function: "queue_pop", expression: "n > 0" },
  ],
  [
    "Bail out! Queue:ERROR:queue.c:41:queue_pop: assertion failed (n == m): (1 == 2)",
    {
      form: "glib",
      file: "queue.c",
      line: 41,
      function: "queue_pop",
      expression: "n == m",
      operands: { left: "1", right: "2" },
      twin: true,
    },
  ],
  [
    'ERROR:queue.c:41:pop: assertion failed (a == "x\\"y"): ("a): (b" == "x\\"y")',
    {
      form: "glib",
      file: "queue.c",
      line: 41,
      function: "pop",
      expression: 'a == "x\\"y"',
      operands: { left: '"a): (b"', right: '"x\\"y"' },
    },
  ],
  [
    "ERROR:queue.c:41:pop: assertion failed (flags == 0): (0x00000001 == 0x00000000)",
    {
      form: "glib",
      file: "queue.c",
      line: 41,
      function: "pop",
      expression: "flags == 0",
      operands: { left: "0x00000001", right: "0x00000000" },
    },
  ],
  [
    "ERROR:queue.c:41:pop: code should not be reached",
    { form: "glib", file: "queue.c", line: 41, function: "pop" },
  ],
  [
    "ERROR:queue.c:41:pop: assertion failed (err == NULL): No such file (g-file-error-quark, 4)",
    { form: "glib", file: "queue.c", line: 41, function: "pop", expression: "err == NULL" },
  ],
  [
    "ERROR:queue.c:41:pop: 'is_empty (q)' should be FALSE",
    { form: "glib", file: "queue.c", line: 41, function: "pop", expression: "!(is_empty (q))" },
  ],
  [
    "ERROR:queue.c:41:pop: 'q' should not be NULL",
    { form: "glib", file: "queue.c", line: 41, function: "pop", expression: "(q) != NULL" },
  ],
])("the message of a failed assertion is read: %s", (line, expected) => {
  expect(parseAssertionLine(line)).toEqual({ ...whole, ...expected, start: 0, end: line.length });
});

test("blanks around a message do not count", () => {
  expect(parseAssertionLine("  s: q.c:1: f: Assertion `n' failed. \t")).toMatchObject({
    start: 2,
    end: 36,
    expression: "n",
  });
});

test.each([
  ["prose in front", "It dies with sorter: queue.c:41: pop: Assertion `n' failed."],
  ["prose and a colon in front", "I see: sorter: queue.c:41: pop: Assertion `n' failed."],
  ["prose in front of GLib's", "It prints ERROR:queue.c:41:pop: code should not be reached"],
  ["prose behind", "sorter: queue.c:41: pop: Assertion `n' failed. Aborted"],
  ["quotes around", '"sorter: queue.c:41: pop: Assertion `n\' failed."'],
  ["a diff", "+sorter: queue.c:41: pop: Assertion `n' failed."],
  ["a quoted mail", "> sorter: queue.c:41: pop: Assertion `n' failed."],
  ["a list", "- sorter: queue.c:41: pop: Assertion `n' failed."],
  ["a comment", "//sorter: queue.c:41: pop: Assertion `n' failed."],
  ["a comment with a blank", "// sorter: queue.c:41: pop: Assertion `n' failed."],
  ["its end alone", "pop: Assertion `n' failed."],
  ["its beginning alone", "sorter: queue.c:41: pop: Assertion `n"],
  ["source", "assert(n > 0);"],
  ["a format", "%s%s%s:%u: %s%sAssertion `%s' failed.\\n%n"],
  ["a format with a place", "sorter: queue.c:41: pop: Assertion `%s' failed."],
  ["a compiler", 'queue.c:3:5: error: static assertion failed: "n"'],
  ["a report's title", "assertion failed in queue.c while starting"],
  ["OpenBSD's, cut", 'assertion "n > 0" failed: file "queue.c",'],
  ["a sanitizer", "==290472==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x50"],
])("a mention is no message: %s", (_kind, line) => {
  expect(parseAssertionLine(line)).toBeNull();
});
