import { describe, expect, it } from "vitest";
import { type ForeignPrint, frameWordsOf, nested, printOf, shapeOf, tracesOf } from "./foreign-reading.js";
import { diagnosedOf, namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

const useAfterFree = `=================================================================
==28901==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55a598efd1ee bp 0x7ffc2992a010 sp 0x7ffc2992a008
READ of size 4 at 0x602000000010 thread T0
    #0 0x55a598efd1ed in peek /home/ines/list.c:7
    #1 0x55a598efd1ed in walk /home/ines/list.c:8
    #2 0x55a598efd2c9 in main /home/ines/list.c:12
    #3 0x55a598efd100 in _start (/home/ines/list+0x1100)

0x602000000010 is located 0 bytes inside of 16-byte region [0x602000000010,0x602000000020)
freed by thread T1 here:
    #0 0x7f31c0a4e2d8 in __interceptor_free ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:52
    #1 0x55a598efd1f6 in worker /home/ines/list.c:6

previously allocated by thread T0 here:
    #0 0x7f9828ab89cf in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69
    #1 0x55a598efd26e in main /home/ines/list.c:10

Thread T1 created by T0 here:
    #0 0x7f9828a49726 in __interceptor_pthread_create ../../../../src/libsanitizer/asan/asan_interceptors.cpp:207
    #1 0x55a598efd2a3 in main /home/ines/list.c:11

SUMMARY: AddressSanitizer: heap-use-after-free /home/ines/list.c:7 in peek
Shadow bytes around the buggy address:
=>0x0c047fff8000: fa fa[fd]fd fa fa fa fa fa fa fa fa fa fa fa fa
==28901==ABORTING
`;

const segv = `==28910==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x5582e4cd11c0 bp 0x7ffde6f2c680 sp 0x7ffde6f2c670 T0)
==28910==The signal is caused by a WRITE memory access.
==28910==Hint: address points to the zero page.
    #0 0x5582e4cd11c0 in set /tmp/segv.c:3
    #1 0x5582e4cd11f1 in main /tmp/segv.c:4

SUMMARY: AddressSanitizer: SEGV /tmp/segv.c:3 in set
`;

const race = `WARNING: ThreadSanitizer: data race (pid=28926)
  Read of size 4 at 0x556f99deb068 by thread T2:
    #0 bump /tmp/race.c:5 (race+0x11ea)
    #1 worker /tmp/race.c:6 (race+0x1264)

  Previous write of size 4 at 0x556f99deb068 by main thread:
    #0 bump /tmp/race.c:5 (race+0x1202)

  Thread T2 (tid=28932, running) created by main thread at:
    #0 pthread_create <null> (libtsan.so.2+0x5e686)
    #1 main /tmp/race.c:7 (race+0x12ee)

SUMMARY: ThreadSanitizer: data race /tmp/race.c:5 in bump
`;

/** The frame that one line below a heading gives. */
function frameOf(line: string, heading = "==1==ERROR: AddressSanitizer: x"): ForeignPrint | undefined {
  const [frame] = tracesOf(`${heading}\n${line}\n`, "sanitizer").flatMap(({ threads }) =>
    threads.flatMap(({ frames }) => frames.map(printOf)),
  );
  return frame;
}

describe("a report of a sanitizer", () => {
  it("is one trace, and every stack of it a thread under the words above it", () => {
    const { dialect, threads } = traceOf(useAfterFree);
    expect(dialect).toBe("sanitizer");
    expect(
      threads.map(({ number, name, crashed, frames }) => [number, name, crashed, frames.length]),
    ).toEqual([
      ["T0", "READ of size 4 at 0x602000000010 thread T0", true, 4],
      ["T1", "freed by thread T1 here", false, 2],
      ["T0", "previously allocated by thread T0 here", false, 2],
      ["T0", "Thread T1 created by T0 here", false, 2],
    ]);
  });

  it("goes from its first line to the summary, and its threads from their headings to their last frames", () => {
    const { span, threads } = traceOf(useAfterFree);
    expect(wordsOf(useAfterFree, span)).toMatch(/^==28901==ERROR: /);
    expect(wordsOf(useAfterFree, span)).toMatch(/\nSUMMARY: .* in peek$/);
    const freed = threads[1];
    expect(freed === undefined ? "" : wordsOf(useAfterFree, freed.span)).toMatch(
      /^freed by thread T1 here:\n.*\n.*list\.c:6$/,
    );
    expect(frameWordsOf(useAfterFree)[3]).toBe("#3 0x55a598efd100 in _start (/home/ines/list+0x1100)");
    expect(nested(useAfterFree)).toBe(true);
  });

  it("leaves nothing for gdb's reader to wonder about", () => {
    expect(diagnosedOf(useAfterFree)).toEqual([]);
  });

  it("tells by equal addresses which frames were inlined", () => {
    const [fault] = traceOf(useAfterFree).threads;
    expect(fault?.frames.map(({ inlined }) => inlined)).toEqual([true, false, false, null]);
  });

  it("names the signal that the process got", () => {
    expect(traceOf(segv).signal).toEqual({ name: "SIGSEGV", description: null });
    expect(traceOf(segv.replaceAll("SEGV on", "ABRT on")).signal?.name).toBe("SIGABRT");
    expect(traceOf(useAfterFree).signal).toBeNull();
  });

  it("names a stack with no words of its own after what was found, not after a remark", () => {
    const [fault] = traceOf(segv).threads;
    expect(fault).toMatchObject({ number: "T0", crashed: true });
    expect(fault?.name).toMatch(/^SEGV on unknown address 0x0{12} \(pc /);
  });

  it("of ThreadSanitizer knows the threads' ids, and whose stack created them", () => {
    const { threads } = traceOf(race);
    expect(threads.map(({ number, lwp, name }) => [number, lwp, name])).toEqual([
      ["T2", 28932, "Read of size 4 at 0x556f99deb068 by thread T2"],
      [null, null, "Previous write of size 4 at 0x556f99deb068 by main thread"],
      [null, null, "Thread T2 (tid=28932, running) created by main thread at"],
    ]);
  });

  it("of LeakSanitizer has a thread for every leak, none of which crashed", () => {
    const text = `==7==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 24 byte(s) in 1 object(s) allocated from:
    #0 0x7f45bc0b89cf in malloc (/usr/lib/libasan.so+0xb89cf)
    #1 0x559d57e8617a in make /tmp/leak.c:3

Indirect leak of 8 byte(s) in 1 object(s) allocated from:
    #0 0x7f45bc0b89cf in malloc (/usr/lib/libasan.so+0xb89cf)

SUMMARY: AddressSanitizer: 32 byte(s) leaked in 2 allocation(s).
`;
    expect(traceOf(text).threads.map(({ name, crashed }) => [name, crashed])).toEqual([
      ["Direct leak of 24 byte(s) in 1 object(s) allocated from", false],
      ["Indirect leak of 8 byte(s) in 1 object(s) allocated from", false],
    ]);
  });

  it("of UndefinedBehaviorSanitizer is a trace for every error that has a stack", () => {
    const text = `ub.c:3:60: runtime error: signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'
    #0 0x55c1374271c0 in add /tmp/ub.c:3
    #1 0x55c13742724d in main /tmp/ub.c:5

ub.c:4:62: runtime error: shift exponent 40 is too large for 32-bit type 'int'
ub.c:5:107: runtime error: load of address 0x7ffc0f4360d8 with insufficient space for an object of type 'int'
0x7ffc0f4360d8: note: pointer points here
 00 00 00 00  f8 61 43 0f fc 7f 00 00  01 00 00 00 00 00 00 00
              ^ 
    #0 0x55c137427329 in main /tmp/ub.c:5
    #1 0x55c1374270c0 in _start (/tmp/ub+0x10c0)
`;
    expect(
      readingOf(text).traces.map(({ threads }) => threads.map(({ name }) => name?.slice(0, 30))),
    ).toEqual([["runtime error: signed integer "], ["runtime error: load of address"]]);
    expect(shapeOf("a.c:3:5: runtime error: division by zero\n")).toEqual([]);
    expect(shapeOf("panic: runtime error: invalid memory address or nil pointer dereference\n")).toEqual([]);
  });

  it.each([
    ["MemorySanitizer", "==7==WARNING: MemorySanitizer: use-of-uninitialized-value"],
    ["HWAddressSanitizer", "==7==ERROR: HWAddressSanitizer: tag-mismatch on address 0x0007 at pc 0x55"],
    ["an old AddressSanitizer", "==7== ERROR: AddressSanitizer: heap-buffer-overflow on address 0x7"],
    ["libFuzzer", "==7== ERROR: libFuzzer: deadly signal"],
    [
      "a check of the sanitizer itself",
      'AddressSanitizer: CHECK failed: asan_errors.cpp:1 "((x)) != (0)" (0x0, 0x0) (tid=7)',
    ],
  ])("of %s is read", (_, heading) => {
    expect(shapeOf(`${heading}\n    #0 0x55 in f /a.c:3:5\n    #1 0x56 in main /a.c:9:1\n`)).toEqual([
      "sanitizer 2",
    ]);
  });

  it("without a stack is no trace", () => {
    expect(shapeOf("==7==ERROR: AddressSanitizer: nested bug in the same thread, aborting.\n")).toEqual([]);
  });

  it.each([
    ["quoted", (text: string) => text.replaceAll(/^/gm, "> ")],
    ["with line ends of Windows", (text: string) => text.replaceAll("\n", "\r\n")],
    ["in colour", (text: string) => text.replaceAll(/(==\d+==ERROR.*)/g, "\x1b[1m\x1b[31m$1\x1b[1m\x1b[0m")],
    [
      "with the output of other threads in between",
      (text: string) => text.replaceAll(/(#1 .*\n)/g, "$1served 12 requests\n"),
    ],
  ])("is read the same %s", (_, treat) => {
    for (const text of [useAfterFree, segv, race]) {
      const [whole, read] = [traceOf(text), traceOf(treat(text))];
      expect(read.threads.map(({ number, frames }) => [number, frames.map(printOf)])).toEqual(
        whole.threads.map(({ number, frames }) => [number, frames.map(printOf)]),
      );
      expect(nested(treat(text))).toBe(true);
    }
  });

  it("that a mailer wrapped is read the same", () => {
    const text = `WARNING: ThreadSanitizer: data race (pid=1)
  Read of size 4 at 0x7b0400000d10 by thread T2:
    #0 find_rule ./src/rules.c:88
(librules.so.1+0x4a10)
    #1 pool_worker
./src/pool.c:205 (librules.so.1+0x7c31)
    #2 pthread_create
../../../../src/libsanitizer/tsan/tsan_interceptors_posix.cpp:1022
(libtsan.so.2+0x61b40)

==2==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x7
    #0 0x7f31c0a4e2d8 in __interceptor_memset
../../../../src/libsanitizer/sanitizer_common_interceptors.inc:799
    #1 0x55a598efd1f6 in call<std::pair<int,
std::vector<int> > >(int) /home/ines/a.cc:6
`;
    const places = readingOf(text).traces.flatMap(({ threads }) =>
      threads.flatMap(({ frames }) => frames.map(printOf)),
    );
    expect(places.map(({ function: name, place, offset }) => [name, place, offset])).toEqual([
      ["find_rule", "./src/rules.c:88", "0x4a10"],
      ["pool_worker", "./src/pool.c:205", "0x7c31"],
      ["pthread_create", "../../../../src/libsanitizer/tsan/tsan_interceptors_posix.cpp:1022", "0x61b40"],
      ["__interceptor_memset", "../../../../src/libsanitizer/sanitizer_common_interceptors.inc:799", null],
      ["call<std::pair<int, std::vector<int> > >(int)", "/home/ines/a.cc:6", null],
    ]);
  });

  it("that is cut says so", () => {
    const text = segv.slice(0, segv.indexOf(" in main") + " in ma".length);
    expect(traceOf(text).threads[0]?.end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(diagnosedOf(text)).toEqual([["cut-frame", "#1 0x5582e4cd11f1 in ma"]]);
  });

  it("stands beside gdb's traces of the same death, and each keeps its own frames", () => {
    const gdb = `Program received signal SIGABRT, Aborted.
#0  0x00007ffff7644472 in __GI_abort () at ./stdlib/abort.c:79
#1  0x00007ffff78e2ba1 in __sanitizer::Die () at ../sanitizer_termination.cpp:58
#2  walk (n=0x602000000010) at list.c:8
#3  main () at list.c:12
`;
    expect(shapeOf(useAfterFree + gdb)).toEqual(["sanitizer 4+2+2+2", "gdb 4"]);
    expect(shapeOf(gdb + useAfterFree)).toEqual(["gdb 4", "sanitizer 4+2+2+2"]);
    const noSummary = segv.slice(0, segv.indexOf("\nSUMMARY"));
    expect(shapeOf(noSummary + gdb)).toEqual(["sanitizer 2", "gdb 4"]);
    expect(shapeOf(gdb + segv + gdb)).toEqual(["gdb 4", "sanitizer 2", "gdb 4"]);
  });

  it("and the next one are two traces, with or without a summary between them", () => {
    expect(shapeOf(segv + race)).toEqual(["sanitizer 2", "sanitizer 2+1+2"]);
    expect(shapeOf(segv.slice(0, segv.indexOf("SUMMARY")) + race)).toEqual([
      "sanitizer 2",
      "sanitizer 2+1+2",
    ]);
  });
});

describe("a frame of a sanitizer", () => {
  const frame = { level: 1, address: "0x55", function: "f", place: null, library: null, offset: null };

  it.each<[string, Partial<ForeignPrint>]>([
    ["in f /a/b.c:2", { place: "/a/b.c:2" }],
    ["in f /a/b.c:2:5", { place: "/a/b.c:2" }],
    ["in f b.c:3 (exe+0x12) (BuildId: ab12)", { place: "b.c:3", library: "exe", offset: "0x12" }],
    ["in f nptl/pthread_kill.c:44", { place: "nptl/pthread_kill.c:44" }],
    ["in f C:\\src\\b.c:3:5", { place: "C:\\src\\b.c:3" }],
    ["in f /home/my project/a b.cc:3", { place: "/home/my project/a b.cc:3" }],
    ["in f crtstuff.c", { place: "crtstuff.c:null" }],
    ["in f /a/b.c:5 <-- here", { place: "/a/b.c:5" }],
    ["in f (/a/b+0x12)", { library: "/a/b", offset: "0x12" }],
    ["in f (/opt/x (copy)/b+0x12) (BuildId: ab)", { library: "/opt/x (copy)/b", offset: "0x12" }],
    ["in f+0x0 (libdyld.dylib:x86_64+0x163d4)", { library: "libdyld.dylib", offset: "0x163d4" }],
    ["in ?? ??:0", { function: null }],
    [" (/lib/libc.so.6+0x27249)", { function: null, library: "/lib/libc.so.6", offset: "0x27249" }],
    [" (<unknown module>)", { function: null }],
    ["in ns::f(int, char const*) /a/b.cc:3", { function: "ns::f(int, char const*)", place: "/a/b.cc:3" }],
    [
      "in std::function<int (int)>::operator()(int) const /usr/include/c++/12/bits/std_function.h:591:9",
      {
        function: "std::function<int (int)>::operator()(int) const",
        place: "/usr/include/c++/12/bits/std_function.h:591",
      },
    ],
    [
      "in __invoke_impl<int, main(int, char**)::<lambda(int)>&, int> /a.h:61",
      { function: "__invoke_impl<int, main(int, char**)::<lambda(int)>&, int>", place: "/a.h:61" },
    ],
    [
      "in void (anonymous namespace)::f<int>(int) a.cc:3",
      { function: "void (anonymous namespace)::f<int>(int)", place: "a.cc:3" },
    ],
    ["in f(int) (.cold) a.cc:3", { function: "f(int) (.cold)", place: "a.cc:3" }],
    ["in operator() a.cc:3", { function: "operator()", place: "a.cc:3" }],
    ["in -[Foo(Bar) baz:qux:] a.m:3", { function: "-[Foo(Bar) baz:qux:]", place: "a.m:3" }],
    [
      "in <alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once::h0 /rustc/a/boxed.rs:1:2",
      {
        function: "<alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once::h0",
        place: "/rustc/a/boxed.rs:1",
      },
    ],
  ])("is read: %s", (words, expected) => {
    expect(frameOf(`    #1 0x55 ${words}`)).toEqual({ ...frame, ...expected });
  });

  it.each<[string, Partial<ForeignPrint>]>([
    ["f b.c:3 (x+0x1)", { place: "b.c:3", library: "x", offset: "0x1" }],
    ["f <null> (libtsan.so.0+0x123)", { library: "libtsan.so.0", offset: "0x123" }],
    ["<null> <null> (x+0x1)", { function: null, library: "x", offset: "0x1" }],
    [
      "ns::f(int, char) /a b/c.cc:3:5 (x+0x1)",
      { function: "ns::f(int, char)", place: "/a b/c.cc:3", library: "x", offset: "0x1" },
    ],
  ])("has no address with ThreadSanitizer: %s", (words, expected) => {
    expect(frameOf(`    #1 ${words}`, "WARNING: ThreadSanitizer: data race (pid=1)")).toEqual({
      ...frame,
      address: null,
      ...expected,
    });
  });

  it.each([
    "#1  0x000055 in main () at /x/y.c:3",
    "#1  0x000055 in f (x=1) at y.c:3",
    "#1  0x000055 in f () from /lib/x.so",
    "#1  f (x=1) at y.c:3",
    "#4 0x00005581f0a6b3c1 in queue_push at ../src/queue.c:76",
    "#0 0x55f base::debug::CollectStackTrace()",
    "#13 3.101 Installing packages",
    "#1 SMP Debian 6.1",
  ])("is not: %s", (line) => {
    expect(frameOf(line)).toBeUndefined();
  });
});

describe("a stack of a sanitizer without a report around it", () => {
  it("is a trace where it has two frames from level 0 on, and nobody knows whether it crashed", () => {
    const text = "    #0 0x55 in f /a/b.c:3:5\n    #1 0x56 in main /a/b.c:9\n";
    expect(shapeOf(text)).toEqual(["sanitizer 2"]);
    expect(traceOf(text).threads[0]).toMatchObject({ crashed: false, name: null, number: null });
    expect(wordsOf(text, traceOf(text).span)).toBe(text.trim());
  });

  it("goes on behind words that stand for frames somebody left out", () => {
    const text =
      "#0 0x55 in print_trace (/a+0x1)\n<some calls>\n#6 0x56 in abort stdlib/abort.c:79:7\n#7 0x57 in main /b.c:9\n";
    expect(traceOf(text).threads.map(namesOf)).toEqual([["0 print_trace", "6 abort", "7 main"]]);
  });

  it.each([
    ["one frame", "    #0 0x55 in f /a/b.c:3\n"],
    ["a stack that begins further out", "    #1 0x55 in f /a/b.c:3\n    #2 0x56 in main /a/b.c:9\n"],
    ["frames without a place", "    #0 0x55 in f\n    #1 0x56 in main\n"],
    [
      "a log of docker",
      "#0 building with default\n#1 [internal] load build definition\n#13 3.101 Installing packages\n",
    ],
    ["the crash utility", "#0  some_wait (kernel/sub/core.c:4940:2)\n#1  other (kernel/sub/core.c:12:2)\n"],
    ["ABRT's short form", "#1 check (check/main.c:7583)\n#2 main (check/main.c:8000)\n"],
    [
      "Chromium",
      "#0 0x55f base::debug::CollectStackTrace()\n#1 0x55e base::debug::StackTrace::StackTrace()\n",
    ],
    ["bluez", "#0 print_backtrace+0x28a\n#1 main+0x1\n"],
    ["remake", "#0  all at /x/Makefile:641\n#1  sub at /x/Makefile:12\n"],
    ["rustc's queries", "#0 [resolve_lifetimes] resolving lifetimes\n#1 [typeck] type-checking `main`\n"],
    ["a kernel's version", "Linux pine 6.1 #1 SMP Debian 6.1.1\n#1 SMP Debian 6.1\n"],
  ])("is not: %s", (_, text) => {
    expect(tracesOf(text, "sanitizer")).toEqual([]);
    expect(tracesOf(text, "elfutils")).toEqual([]);
    expect(tracesOf(text, "systemd-coredump")).toEqual([]);
  });
});

describe("a report of libFuzzer", () => {
  const report = `#2\tINITED cov: 3 ft: 4 corp: 1/1b exec/s: 0 rss: 26Mb
#8192\tpulse  cov: 3 ft: 4 corp: 1/1b lim: 80 exec/s: 4096 rss: 26Mb
==4711== ERROR: libFuzzer: deadly signal
    #0 0x558c5f3a0b71 in __sanitizer_print_stack_trace (/opt/fuzz_lamp+0x9cb71)
    #1 0x558c5f2e1c58 in fuzzer::PrintStackTrace() (/opt/fuzz_lamp+0x1dc58)
    #2 0x7f3d2a0c404f  (/lib/x86_64-linux-gnu/libc.so.6+0x3c04f) (BuildId: 58254ca9)
    #3 0x558c5f3d1f02 in lamp_off /src/board.c:31:5
    #4 0x558c5f3d2044 in LLVMFuzzerTestOneInput /src/fuzz.c:9:3

NOTE: libFuzzer has rudimentary signal handlers.
SUMMARY: libFuzzer: deadly signal
`;

  it.each([
    ["a signal", "deadly signal"],
    ["a timeout", "timeout after 25 seconds"],
    ["too much memory", "out-of-memory (used: 2059Mb; limit: 2048Mb)"],
  ])("of %s has its words for the thread's name, and all frames", (_, words) => {
    const text = report.replaceAll("deadly signal", words);
    expect(traceOf(text)).toMatchObject({ dialect: "sanitizer", signal: null, threads: [{ crashed: true }] });
    expect(threadOf(text).name).toBe(words);
    expect(threadOf(text).frames.map(({ function: name }) => name)).toEqual([
      "__sanitizer_print_stack_trace",
      "fuzzer::PrintStackTrace()",
      null,
      "lamp_off",
      "LLVMFuzzerTestOneInput",
    ]);
  });

  it("has the progress above it for itself", () => {
    expect(diagnosedOf(report)).toEqual([]);
  });
});
