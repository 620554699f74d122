import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";
import { attachedOf, threadOf, wordsOf } from "./reading.js";

const walk = "#0  0x0000000000001131 in walk (node=0x0) at list.c:12\n";
const main = "#1  0x0000000000001160 in main () at list.c:30\n";

describe("locals", () => {
  it("end where something else stands between", () => {
    const text = `${walk}${main}\nI then tried this:\n\n        memory_region_transaction_depth = 1\n`;
    expect(threadOf(text).frames.map(({ locals }) => locals)).toEqual([null, null]);
    expect(wordsOf(text, threadOf(text).span)).toBe((walk + main).trimEnd());
    expect(reportOfText(text).documents[0]?.findings).toEqual([]);
  });
});

describe("the thread of a trace", () => {
  it("has the number that the signal's report gave it, where gdb then names its target", () => {
    const text = `Thread 2 "io" received signal SIGSEGV, Segmentation fault.\n[Switching to Thread 0x7f02 (LWP 12)]\n(gdb) bt\n${walk}${main}`;
    expect(threadOf(text)).toMatchObject({ number: "2", lwp: 12, crashed: true });
  });
});

describe("the thread that crashed", () => {
  it("is not the thread that the user selects later", () => {
    const text = `Program received signal SIGSEGV, Segmentation fault.
(gdb) bt
${walk}${main}(gdb) thread 2
[Switching to thread 2 (Thread 0x7f02 (LWP 12))]
#0  0x0000000000001100 in poll () at poll.c:3
(gdb) bt
#0  0x0000000000001100 in poll () at poll.c:3
#1  0x0000000000001200 in loop () at loop.c:9
`;
    const [document] = reportOfText(text).documents;
    expect(document?.traces.map(({ threads }) => threads.map(({ crashed }) => crashed))).toEqual([
      [true],
      [false],
    ]);
    expect(document?.findings.map(({ trace, data }) => [trace, data.crash])).toEqual([[0, "walk"]]);
  });

  it("may have one frame without a name, with a note on its end or a command before it", () => {
    const text = `Program received signal SIGSEGV, Segmentation fault.
0x0000000000000000 in ?? ()
(gdb) bt
#0  0x0000000000000000 in ?? ()
Backtrace stopped: Cannot access memory at address 0x0
(gdb) thread 2
[Switching to thread 2 (Thread 0x7f02 (LWP 12))]
(gdb) bt
#0  0x0000000000001100 in poll () at poll.c:3
#1  0x0000000000001200 in loop () at loop.c:9
`;
    const [document] = reportOfText(text).documents;
    expect(document?.traces.map(({ crashFrame }) => crashFrame)).toEqual([
      { thread: 0, level: 0, function: null },
      null,
    ]);
  });
});

describe("the locals of a frame that a frame filter elided", () => {
  it("are indented with it", () => {
    const text = `${walk}        a = 1
#2  0x03 in apply () at list.c:20
        b = 2
    #1  0x02 in call () at list.c:16
            n = 3
#3  0x04 in main () at list.c:30
        c = 4
`;
    const locals = threadOf(text).frames.map((frame) => [
      frame.level,
      ...(frame.locals ?? []).map(({ name }) => name),
    ]);
    expect(locals.toSorted()).toEqual([
      [0, "a"],
      [1, "n"],
      [2, "b"],
      [3, "c"],
    ]);
  });
});

describe("inlining", () => {
  it("is told by a missing address where a signal frame shows one", () => {
    const text = `#0  0x01 in handle (s=11) at a.c:1
#1  0x02 in <signal handler called> () at /lib/libc.so.6
#2  0x03 in inner () at a.c:3
#3  outer () at a.c:4
#4  0x05 in main () at a.c:5
`;
    expect(threadOf(text).frames.map(({ inlined }) => inlined)).toEqual([null, null, true, false, null]);
  });
});

describe("two different failures", () => {
  it("stay two where the frames hide the condition and show another place", () => {
    const message = "server: a.c:10: f: Assertion `a > 0' failed.\n";
    const text = `${message}#0  0x01 in raise (sig=6) at raise.c:50
#1  0x02 in abort () at abort.c:79
#2  0x03 in __assert_fail (assertion=<optimized out>, file=0x2 "g.c", line=20, function=0x3 "g") at assert.c:101
#3  0x04 in g () at g.c:20
#4  0x05 in f () at a.c:11
`;
    const { traces, loose } = attachedOf(text);
    expect(traces).toMatchObject([
      { expression: null, file: "g.c", line: 20, function: "g", origin: "frame" },
    ]);
    expect(loose).toMatchObject([{ expression: "a > 0", function: "f", line: 10 }]);
  });
});

describe("a message and a trace of one failure", () => {
  const bare = (name: string): string => `#0  0x01 in raise () from /lib/libc.so.6
#1  0x02 in abort () from /lib/libc.so.6
#2  0x03 in __assert_fail () from /lib/libc.so.6
#3  0x04 in ${name} (this=0x5) at queue.cc:41
#4  0x05 in main () at main.cc:9
`;

  it.each([
    ["of a method of C++", "void ns::Queue::pop(int)", "ns::Queue::pop"],
    ["of a template", "T ns::Queue<T>::pop(int) const [with T = int]", "ns::Queue<int>::pop"],
    ["of a part that the compiler split off", "pop", "pop.part.0"],
  ])("are one where the stack holds the function %s", (_, said, shown) => {
    const text = `server: queue.cc:41: ${said}: Assertion \`n > 0' failed.\n${bare(shown)}`;
    expect(attachedOf(text)).toMatchObject({ traces: [{ expression: "n > 0" }], loose: [] });
  });
});

describe("the place of an assertion", () => {
  const dead = (reporter: string): string =>
    `#0  0x01 in raise (sig=6) at raise.c:50\n#1  0x02 in abort () at abort.c:79\n#2  0x03 in ${reporter}\n#3  0x04 in pop () at queue.c:41\n`;

  it.each([
    [
      "libstdc++",
      'std::__glibcxx_assert_fail (__file=0x1 "v.h", __line=3, __function=0x2 "pop", __condition=0x3 "n > 0")',
      '__condition=0x3 "n > 0"',
    ],
    ["Windows", '_wassert (expression=0x3 L"n > 0", file=0x1 L"v.h", line=3)', 'expression=0x3 L"n > 0"'],
  ])("is that of its argument in the frame of %s", (_, reporter, words) => {
    const text = dead(reporter);
    const [assertion] = attachedOf(text).traces;
    expect(assertion).toMatchObject({ expression: "n > 0" });
    expect(assertion == null ? "" : wordsOf(text, assertion.span)).toBe(words);
  });
});
