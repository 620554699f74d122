import fc from "fast-check";
import { expect, test } from "vitest";
import { parseThreadHeader } from "../../src/parse/gdb/gdb-line.js";

test.each([
  [
    'Thread 5 (Thread 0x7ffff35c76c0 (LWP 22740) "IO iothread0"):',
    "5",
    "Thread 0x7ffff35c76c0 (LWP 22740)",
    22740,
    "IO iothread0",
  ],
  [
    'Thread 11 (Thread 0x7ffff35c76c0 (LWP 22740) "#1  f () at x"):',
    "11",
    "Thread 0x7ffff35c76c0 (LWP 22740)",
    22740,
    "#1  f () at x",
  ],
  [
    'Thread 1.2 (Thread 0x7ffff7dd06c0 (LWP 31423) "foo"bar"):',
    "1.2",
    "Thread 0x7ffff7dd06c0 (LWP 31423)",
    31423,
    'foo"bar',
  ],
  [
    'Thread 6 (Thread 0x7ffff7dd06c0 (LWP 22733) "(LWP 99)):"):',
    "6",
    "Thread 0x7ffff7dd06c0 (LWP 22733)",
    22733,
    "(LWP 99)):",
  ],
  [
    'Thread 7 (Thread 0x7ffff7dd06c0 (LWP 22733) "tail "):',
    "7",
    "Thread 0x7ffff7dd06c0 (LWP 22733)",
    22733,
    "tail ",
  ],
  [
    'Thread 2 (Thread 0x7ffff7dd06c0 (LWP 9) "worker" (Exiting)):',
    "2",
    "Thread 0x7ffff7dd06c0 (LWP 9)",
    9,
    "worker",
  ],
  ["Thread 2 (Thread 0x7ffff7dd06c0 (LWP 9) (Exiting)):", "2", "Thread 0x7ffff7dd06c0 (LWP 9)", 9, null],
  ["Thread 9 (Thread 0x7ffff45c96c0 (LWP 21473)):", "9", "Thread 0x7ffff45c96c0 (LWP 21473)", 21473, null],
  ["Thread 1 (LWP 212):", "1", "LWP 212", 212, null],
  ["Thread 1 (process 5120):", "1", "process 5120", null, null],
  ["Thread 2 (Thread 802a16000 (LWP 100212)):", "2", "Thread 802a16000 (LWP 100212)", 100212, null],
  ["Thread 3 (Thread 1234.0x5678):", "3", "Thread 1234.0x5678", null, null],
  ["Thread 1 (Thread 1.1 (CPU#0 [running])):", "1", "Thread 1.1 (CPU#0 [running])", null, null],
  ["Thread 1 (Remote target):", "1", "Remote target", null, null],
  ["  Thread 9 (Thread 0x7f (LWP 21473)):  ", "9", "Thread 0x7f (LWP 21473)", 21473, null],
])("the header of a thread is read: %s", (line, number, target, lwp, name) => {
  expect(parseThreadHeader(line)).toEqual({ number, target, lwp, name });
});

test.each([
  "[Switching to thread 2 (Thread 0x7f (LWP 9))]",
  "Thread 2 (Thread 0x7f (LWP 9))",
  "Thread 2 (Thread 0x7f (LWP 9)): stuck",
  'Thread 2 "worker" received signal SIGSEGV, Segmentation fault.',
  "Thread 2 is stuck:",
  "Thread T9 created by T0 here:",
  "Threads 2 (LWP 9):",
])("this is no header: %s", (line) => {
  expect(parseThreadHeader(line)).toBeNull();
});

test("any name is read back, for gdb prints it raw", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), (name) => {
      fc.pre(!/[\r\n]/.test(name));
      expect(parseThreadHeader(`Thread 3 (Thread 0x7f21 (LWP 4711) "${name}"):`)).toMatchObject({
        lwp: 4711,
        name,
      });
    }),
  );
});
