import { describe, expect, it, test } from "vitest";
import type { ReadThread, ReadTrace } from "../../src/model/trace.js";
import { diagnosedOf, namesOf, readingOf } from "./reading.js";

/** A thread on one line: number, target, name, whether it crashed, its frames, its end. */
function shown(thread: ReadThread): string {
  const { number, target, name, crashed, end } = thread;
  const who = [number, target, name === null ? null : `"${name}"`].filter((part) => part !== null).join(" ");
  return `${who}${crashed ? " crashed" : ""}: ${namesOf(thread).join(", ")}${end === null ? "" : ` | ${end.message}`}`;
}

function told({ command, signal, threads }: ReadTrace): unknown {
  return { command, signal: signal?.name ?? null, threads: threads.map(shown) };
}

function readOf(text: string): unknown {
  return readingOf(text).traces.map(told);
}

/** A trace of one thread that nothing is said of. */
const lone = (frames: string, command: string | null = "bt", signal: string | null = null): unknown => ({
  command,
  signal,
  threads: [`${signal === null ? "" : " crashed"}: ${frames}`],
});

const walk = "#0  0x01 in walk (node=0x0) at list.c:12\n#1  0x02 in main () at list.c:30\n";
const poll = "#0  0x03 in poll () from /lib/libc.so.6\n#1  0x04 in loop () at list.c:50\n";
const walks = "0 walk, 1 main";
const polls = "0 poll, 1 loop";

describe("ends of a backtrace", () => {
  test.each([
    "(More stack frames follow...)",
    "Backtrace stopped: not enough registers or memory available to unwind further",
    "Backtrace stopped: previous frame inner to this frame (corrupt stack?)",
    "Backtrace stopped: previous frame identical to this frame (corrupt stack?)",
    "Backtrace stopped: frame did not save the PC",
    "Backtrace stopped: memory error while unwinding",
    "Backtrace stopped: Cannot access memory at address 0x4141414141414149",
    "Cannot access memory at address 0x4141414141414149",
  ])("%s", (message) => {
    const [trace] = readingOf(`${walk}${message}\n`).traces;
    expect(trace?.threads[0]?.end).toEqual({
      reason: message.startsWith("(More") ? "more-frames" : "stopped",
      message,
    });
  });

  test.each([
    "No stack.",
    'No symbol table is loaded.  Use the "file" command.',
    "No threads.",
    "No frame selected.",
  ])("no list at all: %s", (message) => {
    expect(readingOf(`(gdb) bt\n${message}\n`).traces).toEqual([]);
  });

  it("may be nothing but the garbage that the stack runs into", () => {
    const text = `${walk}#2  0x0000000000000000 in ?? ()\n`;
    expect(readOf(text)).toEqual([lone("0 walk, 1 main, 2 null", null)]);
  });

  it("is not there where `bt -N` begins far out", () => {
    const text = `(gdb) bt -2\n#12 0x01 in a () at a.c:3\n#13 0x02 in main () at a.c:9\n(gdb) bt 1\n#0  0x03 in b () at a.c:1\n(More stack frames follow...)\n`;
    expect(readOf(text)).toEqual([
      lone("12 a, 13 main", "bt -2"),
      { command: "bt 1", signal: null, threads: [": 0 b | (More stack frames follow...)"] },
    ]);
  });
});

describe("lines between two frames", () => {
  test.each([
    ["frame-info source-and-location", '12\t  #1  walk (node, "x");'],
    ["its address in front", "0x0000555555555131\t12\t  f ();"],
    ["a file that cannot be opened", "44\t./nptl/pthread_kill.c: No such file or directory."],
    ["the same, later", "78\tin ./nptl/pthread_kill.c"],
    ["new gdb's warning", "warning: 44\t./nptl/pthread_kill.c: No such file or directory"],
    ["a core that is too small", "warning: Section `.reg-xstate/12' in core file too small."],
    ["a complaint", "Python Exception <class 'gdb.MemoryError'>: Cannot access memory at address 0x8"],
    ["debuginfod", "Downloading separate debug info for /lib/x.so.6..."],
    [
      "debuginfod without success",
      "Download failed: No route to host.  Continuing without source file ./nptl/./nptl/pthread_kill.c.",
    ],
    [
      "debuginfod's question",
      "\nThis GDB supports auto-downloading debuginfo from the following URLs:\n  <https://debuginfod.debian.net>\nEnable debuginfod for this session? (y or [n]) [answered N; input not from terminal]\nDebuginfod has been disabled.\nTo make this setting permanent, add 'set debuginfod enabled off' to .gdbinit.",
    ],
    [
      "gdb's internal error",
      "../../gdb/dwarf2/frame.c:1035: internal-error: Unknown CFA rule.\nA problem internal to GDB has been detected,\nfurther debugging may prove unreliable.\nQuit this debugging session? (y or n) [answered Y; input not from terminal]",
    ],
    ["the pager", "--Type <RET> for more, q to quit, c to continue without paging--c"],
    ["the pager of older gdb", "---Type <return> to continue, or q <return> to quit---"],
    ["a synthetic frame without a level", "    0x05 in borrowed () at list.c:20"],
    ["a display", "1: /x $pc = 0x01"],
    ["a thread that ended", "[Thread 0x7ffff7dd06c0 (LWP 31424) exited]"],
  ])("do not end the trace: %s", (_, between) => {
    const [innermost = "", outer = ""] = walk.split("\n");
    expect(readOf(`(gdb) bt\n${innermost}\n${between}\n${outer}\n`)).toEqual([lone(walks)]);
  });

  it("may be the pager within a frame that gdb wrapped", () => {
    const text =
      "(gdb) bt\n#0  walk (node=0x0,\n--Type <RET> for more, q to quit, c to continue without paging--\n    list=0x1)\n    at list.c:12\n#1  0x02 in main () at list.c:30\n---Type <return> to continue, or q <return> to quit---q\nQuit\n(gdb) p x\n";
    expect(readOf(text)).toEqual([lone(walks)]);
    expect(readingOf(text).traces[0]?.threads[0]?.frames[0]).toMatchObject({
      arguments: [
        { name: "node", value: "0x0" },
        { name: "list", value: "0x1" },
      ],
      location: { file: "list.c", line: 12 },
    });
  });

  it("are all that is left of frames under `frame-info source-line`, but for those without a source", () => {
    const text =
      "(gdb) bt -frame-info source-line\n13\t    trap (x);\n0x0000555555555131\t20\t  f (x);\n#2  0x03 in poll () from /lib/libc.so.6\n#3  0x04 in loop () from /lib/libc.so.6\n";
    expect(readOf(text)).toEqual([lone("2 poll, 3 loop", "bt -frame-info source-line")]);
  });
});

describe("special frames and filters", () => {
  it("stand in one list: a call from gdb, a signal handler", () => {
    const text =
      "(gdb) bt\n#0  called (x=3) at dummy.c:4\n#1  <function called from gdb>\n#2  0x05 in stop () at dummy.c:9\n#3  <signal handler called>\n#4  0x06 in main () at dummy.c:12\n";
    const [trace] = readingOf(text).traces;
    expect(trace?.threads[0]?.frames.map(({ kind }) => kind)).toEqual([
      "normal",
      "inferior-call",
      "normal",
      "signal-handler",
      "normal",
    ]);
  });

  it("keep the levels that a filter shows out of order or leaves out", () => {
    const text =
      "#0  bottom(int) (depth=15) at f.cpp:3\n#2  0x01 in mid(int) (depth=15) at f.cpp:3\n    #1  0x02 in elided(int) (depth=15) at f.cpp:3\n#5  0x03 in <signal handler called> () at /lib/x86_64-linux-gnu/libc.so.6\n#6  main() () at f.cpp:9\n";
    expect(readOf(text)).toEqual([lone("0 bottom(int), 2 mid(int), 1 elided(int), 5 null, 6 main()", null)]);
  });
});

describe("threads", () => {
  const header = (number: string, inner: string): string => `\nThread ${number} (${inner}):\n`;
  const target = "Thread 0x7ffff7dd06c0 (LWP 31425)";

  test.each([
    ["a name like a frame", "11", `${target} "#1  f () at x"`, `11 ${target} "#1  f () at x"`],
    ["a quote in the name", "1.2", `${target} "foo"bar"`, `1.2 ${target} "foo"bar"`],
    ["the end of a header in the name", "6", `${target} "(LWP 99)):"`, `6 ${target} "(LWP 99)):"`],
    ["a name that is cut in a character", "6", `${target} "caf\uFFFD"`, `6 ${target} "caf\uFFFD"`],
    ["a blank at the name's end", "6", `${target} "tail "`, `6 ${target} "tail "`],
    ["an empty name", "6", `${target} ""`, `6 ${target} ""`],
    ["no name", "9", target, `9 ${target}`],
    ["a thread that ends", "2", `${target} "w" (Exiting)`, `2 ${target} "w"`],
    ["a thread that ends, without a name", "2", `${target} (Exiting)`, `2 ${target}`],
    ["a light thread", "1", "LWP 212", "1 LWP 212"],
    ["a light thread that ends", "1", "LWP 212 (Exiting)", "1 LWP 212"],
    ["a process", "1", "process 5120", "1 process 5120"],
    ["a remote target", "1", "Remote target", "1 Remote target"],
    ["QEMU's gdbstub", "1", "Thread 1.1 (CPU#0 [running])", "1 Thread 1.1 (CPU#0 [running])"],
    ["QEMU's gdbstub, halted", "2", "Thread 1.2 (CPU#1 [halted ])", "2 Thread 1.2 (CPU#1 [halted ])"],
    ["Windows", "3", "Thread 1234.0x5678", "3 Thread 1234.0x5678"],
    ["Windows, newer", "3", 'Thread 4660.22136 "ui"', '3 Thread 4660.22136 "ui"'],
    ["FreeBSD", "3", "LWP 100212 of process 1234", "3 LWP 100212 of process 1234"],
  ])("the header of %s", (_, number, inner, expected) => {
    expect(readOf(`${header(number, inner)}${walk}${header("77", "LWP 3")}${poll}`)).toEqual([
      { command: null, signal: null, threads: [`${expected}: ${walks}`, `77 LWP 3: ${polls}`] },
    ]);
  });

  test.each([
    ["thread apply all -ascending bt", true],
    ["taas bt", true],
    ["tfaas p x", true],
    ["thread apply 1-2 bt full", true],
    ["thread apply all -q bt", false],
    ["thread apply all -s -q bt", false],
  ])("are those of one command: %s", (command, headed) => {
    const [one, other] = headed ? [header("1", "LWP 2"), header("2", "LWP 3")] : ["", ""];
    expect(readOf(`(gdb) ${command}\n${one}${walk}${other}${poll}`)).toEqual([
      {
        command,
        signal: null,
        threads: headed ? [`1 LWP 2: ${walks}`, `2 LWP 3: ${polls}`] : [`: ${walks}`, `: ${polls}`],
      },
    ]);
  });

  test.each(["faas p x", "frame apply all p x", "frame apply 2 -s p x"])(
    "may show a value below each frame: %s",
    (command) => {
      const text = `(gdb) ${command}\n#0  0x01 in walk (node=0x0) at list.c:12\n$1 = 3\n#1  0x02 in main () at list.c:30\nNo symbol "x" in current context.\n`;
      expect(readOf(text)).toEqual([lone(walks, command)]);
    },
  );

  it("are none where `frame apply -q` prints values alone", () => {
    expect(readOf("(gdb) frame apply all -q p x\n$1 = 1\n$2 = 2\n")).toEqual([]);
  });

  const rows: readonly (readonly [form: string, row: string, expected: string])[] = [
    ["a name", `${target} "w"   0x03 in poll () from /lib/libc.so.6`, `${target} "w"`],
    ["a quote in the name", `${target} "foo"bar"   walk (node=0x0) at list.c:12`, `${target} "foo"bar"`],
    ["a name like a header's end", `${target} "(LWP 99)):" (running)`, `${target} "(LWP 99)):"`],
    [
      "a name like a frame",
      `${target} "#1  f () at x"  <signal handler called>`,
      `${target} "#1  f () at x"`,
    ],
    ["a thread that ends", `${target} "w" (Exiting)   walk (node=0x0) at list.c:12`, `${target} "w"`],
    ["no address", `${target} "w" <unavailable> in ?? ()`, `${target} "w"`],
    [
      "a template",
      `${target} "w" std::vector<int, std::allocator<int> >::size() const (this=0x1) at v.h:3`,
      `${target} "w"`,
    ],
    ["an anonymous namespace", `${target} "w" (anonymous namespace)::f () at v.h:3`, `${target} "w"`],
    ["a running one", `${target} "w"    (running)`, `${target} "w"`],
    ["no name", `${target} main () at x.c:3`, target],
    ["a light thread", "LWP 31425 0x03 in poll () from /lib/libc.so.6", "LWP 31425"],
    ["a running light thread", "LWP 31425 (running)", "LWP 31425"],
    ["a process", "process 5120 main () at x.c:3", "process 5120"],
    ["a remote target", "Remote target main () at x.c:3", "Remote target"],
    [
      "QEMU's gdbstub",
      "Thread 1.1 (CPU#0 [running]) 0x000000000000fff0 in ?? ()",
      "Thread 1.1 (CPU#0 [running])",
    ],
    ["Windows", "Thread 4660.22136 0x7ff in ntdll!NtWait () from C:\\Windows\\x.dll", "Thread 4660.22136"],
    [
      "Windows, older",
      "Thread 1234.0x5678 0x7ff in ntdll!NtWait () from C:\\Windows\\x.dll",
      "Thread 1234.0x5678",
    ],
  ];

  test.each(rows)("info threads: %s", (_, row, expected) => {
    const text = `(gdb) info threads\n  Id   Target Id         Frame \n* 1.3  ${row}\n  2.1  LWP 4 main () at x.c:3\n(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([{ command: "bt", signal: null, threads: [`1.3 ${expected}: ${walks}`] }]);
  });

  it("info threads -gid", () => {
    const text = `(gdb) info threads -gid\n  Id   GId  Target Id         Frame \n* 1.3  3    ${target} "w"   0x01 in walk (node=0x0) at list.c:12\n(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([{ command: "bt", signal: null, threads: [`1.3 ${target} "w": ${walks}`] }]);
  });

  const selected: readonly (readonly [note: string, expected: string])[] = [
    [`[Switching to thread 2 (${target})]`, `2 ${target}`],
    [`[Switching to thread 1.2 (${target})](running)`, `1.2 ${target}`],
    [`[Switching to ${target}]`, target],
    [`[Current thread is 1 (${target})]`, `1 ${target}`],
    ["[Current thread is 1 (LWP 212)]", "1 LWP 212"],
    ["[Switching to process 4711]", "process 4711"],
    [
      `[Switching to inferior 1 [process 4711] (/usr/bin/sorter)]\n[Switching to thread 1.1 (${target})]`,
      `1.1 ${target}`,
    ],
    ["[Switching to thread 1 (Thread 1.1 (CPU#0 [running]))]", "1 Thread 1.1 (CPU#0 [running])"],
  ];

  test.each(selected)("the selected one: %s", (note, expected) => {
    expect(readOf(`${note}\n(gdb) bt\n${walk}`)).toEqual([
      { command: "bt", signal: null, threads: [`${expected}: ${walks}`] },
    ]);
  });
});

describe("stop reports", () => {
  const place = "0x01 in walk (node=0x0) at list.c:12\n12\t  node = node->next;\n";

  test.each([
    ["Program received signal SIGABRT, Aborted.", "SIGABRT"],
    ["Program received signal SIG34, Real-time event 34.", "SIG34"],
    ["Program received signal ?, Unknown signal.", "?"],
    ["Thread 2 received signal SIGBUS, Bus error.", "SIGBUS"],
    ["Program received signal SIGSEGV (fault address 0x8)", "SIGSEGV"],
    ["Program terminated with signal 11, Segmentation fault.", "SIGSEGV"],
  ])("%s", (report, signal) => {
    const [trace] = readingOf(`${report}\n${place}(gdb) bt\n${walk}`).traces;
    expect(trace?.signal?.name).toBe(signal);
    expect(trace?.threads.map(({ crashed }) => crashed)).toEqual([true]);
  });

  it("name the thread, whose name is raw", () => {
    const text = `\nThread 5 "a" (b): "c" received signal SIGSEGV, Segmentation fault.\n[Switching to Thread 0x7f (LWP 21473)]\n${place}(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([
      {
        command: "bt",
        signal: "SIGSEGV",
        threads: [`5 Thread 0x7f (LWP 21473) "a" (b): "c" crashed: ${walks}`],
      },
    ]);
  });

  it("of a core come with its first frame and its thread", () => {
    const text = `[New LWP 15251]\n[New LWP 15252]\nCore was generated by \`./list --all 'a b''.\nProgram terminated with signal SIGSEGV, Segmentation fault.\n${walk.split("\n")[0]}\n12\t  node = node->next;\n[Current thread is 1 (Thread 0x7f (LWP 15251))]\n(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([
      { command: "bt", signal: "SIGSEGV", threads: [`1 Thread 0x7f (LWP 15251) crashed: ${walks}`] },
    ]);
    expect(readingOf(text).traces[0]?.program).toBe("./list --all 'a b'");
  });

  const killed = "Program terminated with signal SIGKILL, Killed.\nThe program no longer exists.\n";
  const signalled = `Program received signal SIGUSR1, User defined signal 1.\n${place}(gdb) bt\n${walk}`;

  test.each([
    ["a breakpoint", "Breakpoint 1, poll () at poll.c:3\n"],
    ["one of several places", "Breakpoint 2.1, poll () at poll.c:3\n"],
    ["a temporary breakpoint", "Temporary breakpoint 1, poll () at poll.c:3\n"],
    ["a thread's breakpoint", 'Thread 2 "w" hit Breakpoint 1, poll () at poll.c:3\n'],
    ["a catchpoint", "Catchpoint 4 (call to syscall write), 0x03 in poll () from /lib/libc.so.6\n"],
    [
      "a thread's catchpoint",
      'Thread 2 "w" hit Catchpoint 4 (returned from syscall write), 0x03 in poll ()\n',
    ],
    ["an exception", "Catchpoint 2 (exception thrown), 0x03 in __cxa_throw () from /lib/libstdc++.so.6\n"],
    [
      "a thread's watchpoint",
      'Thread 2 "w" hit Hardware watchpoint 2: depth\n\nOld value = 0\nNew value = 1\npoll () at poll.c:3\n',
    ],
    [
      "a thread's read watchpoint",
      'Thread 2 "w" hit Hardware read watchpoint 2: depth\n\nValue = 1\npoll () at poll.c:3\n',
    ],
    [
      "a watchpoint",
      "(gdb) c\nContinuing.\n\nHardware watchpoint 2: depth\n\nOld value = 0\nNew value = 1\npoll () at poll.c:3\n",
    ],
    [
      "a watchpoint, the command not echoed",
      "(gdb) Continuing.\n\nWatchpoint 2: depth\n\nOld value = 0\nNew value = <unreadable>\npoll () at poll.c:3\n",
    ],
    [
      "the end of a watchpoint",
      "(gdb) c\nContinuing.\n\nWatchpoint 3 deleted because the program has left the block in\nwhich its expression is valid.\npoll () at poll.c:3\n",
    ],
    ["a step", "(gdb) next\n13\t  n++;\n"],
    ["an exit", "[Inferior 1 (process 4711) exited normally]\n(gdb) start\nStarting program: /tmp/list\n"],
    ["an exit with a code", "[Inferior 1 (process 4711) exited with code 01]\n(gdb) run\n"],
    ["a kill", "[Inferior 1 (process 4711) killed]\n(gdb) run\n"],
    [
      "a detachment",
      "Detaching from program: /tmp/list, process 4711\n[Inferior 1 (process 4711) detached]\n(gdb) attach 4712\n",
    ],
    ["a death", `${killed}(gdb) starti\n`],
  ])("a stop behind the one by a signal is none by it: %s", (_, stop) => {
    expect(readOf(`${signalled}${stop}(gdb) bt\n${poll}`)).toEqual([
      lone(walks, "bt", "SIGUSR1"),
      lone(polls),
    ]);
  });

  it("of one session are each of its own run", () => {
    const text = `Program received signal SIGSEGV, Segmentation fault.\n${place}(gdb) bt\n${walk}(gdb) run\nStarting program: /tmp/list\n[Thread debugging using libthread_db enabled]\nUsing host libthread_db library "/lib/libthread_db.so.1".\n\nProgram received signal SIGABRT, Aborted.\n0x03 in poll () from /lib/libc.so.6\n(gdb) bt\n${poll}(gdb) kill\n[Inferior 1 (process 12) killed]\n`;
    expect(readOf(text)).toEqual([lone(walks, "bt", "SIGSEGV"), lone(polls, "bt", "SIGABRT")]);
  });

  it("stay true for a core, whose program cannot go on", () => {
    const text = `Core was generated by \`./list'.\nProgram terminated with signal SIGSEGV, Segmentation fault.\n(gdb) c\nThe program is not being run.\n(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([lone(walks, "bt", "SIGSEGV")]);
  });

  it("tell of a program that is no more", () => {
    expect(readOf(`Core was generated by \`./list'.\n${killed}(gdb) bt\nNo stack.\n`)).toEqual([]);
  });

  it("may be of the child of a fork", () => {
    const text = `[Attaching after process 4711 fork to child process 4712]\n[New inferior 2 (process 4712)]\n[Detaching after fork from parent process 4711]\n[Inferior 1 (process 4711) detached]\n\nThread 2.1 "list" received signal SIGABRT, Aborted.\n[Switching to Thread 0x7f (LWP 4712)]\n${place}(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([
      { command: "bt", signal: "SIGABRT", threads: [`2.1 Thread 0x7f (LWP 4712) "list" crashed: ${walks}`] },
    ]);
  });
});

describe("commands that show a frame", () => {
  const finish =
    "Run till exit from #0  0x01 in walk (node=0x0) at list.c:12\n0x02 in main () at list.c:30\n30\t  walk (0);\nValue returned is $1 = 3\n";

  it("finish: the frame that is left is no backtrace", () => {
    expect(readOf(`(gdb) finish\n${finish}`)).toEqual([]);
    expect(readOf(`(gdb) bt\n${walk}(gdb) finish\n${finish}(gdb) bt\n${poll}`)).toEqual([
      lone(walks),
      lone(polls),
    ]);
    expect(readingOf(`(gdb) bt\n${walk}(gdb) finish\n${finish}`).traces[0]?.prints).toEqual([]);
  });

  it("up, down, frame: the frame that is selected is no backtrace", () => {
    const [innermost = "", outer = ""] = walk.split("\n");
    const text = `(gdb) bt\n${walk}(gdb) up\n${outer}\n30\t  walk (0);\n(gdb) up\nInitial frame selected; you cannot go up.\n(gdb) down\n${innermost}\n12\t  x;\n(gdb) down\nBottom (innermost) frame selected; you cannot go down.\n(gdb) frame 99\nNo frame at level 99.\n`;
    expect(readOf(text)).toEqual([lone(walks)]);
    expect(diagnosedOf(text)).toEqual([
      ["stop-frame", outer],
      ["stop-frame", innermost],
    ]);
  });

  it("info frame: none of its lines is a frame or a local", () => {
    const text = `(gdb) bt full\n${walk}(gdb) info frame\nStack level 0, frame at 0x7fffffffe2f0:\n rip = 0x555555555131 in walk (list.c:12); saved rip = 0x555555555160\n called by frame at 0x7fffffffe310\n source language c.\n Arglist at 0x7fffffffe2e0, args: node=0x0\n Locals at 0x7fffffffe2e0, Previous frame's sp is 0x7fffffffe2f0\n Saved registers:\n  rbp at 0x7fffffffe2e0, rip at 0x7fffffffe2e8\n`;
    expect(readOf(text)).toEqual([lone(walks, "bt full")]);
    expect(readingOf(text).traces[0]?.threads[0]?.frames.map(({ locals }) => locals)).toEqual([null, null]);
  });

  it("bt with one frame is a backtrace all the same", () => {
    const text = `(gdb) bt\n${walk}(gdb) bt full\n${walk.split("\n")[0]}\n        n = 3\n`;
    expect(readOf(text)).toEqual([lone(walks), lone("0 walk", "bt full")]);
  });
});

describe("commands that are not echoed", () => {
  it("leave their output behind the prompt", () => {
    const text = `(gdb) (gdb) ${walk}(gdb) Continuing.\n\nProgram received signal SIGSEGV, Segmentation fault.\n0x03 in poll () from /lib/libc.so.6\n(gdb) ${poll}(gdb) [Inferior 1 (process 12) exited normally]\n(rr) ${walk}`;
    expect(readOf(text)).toEqual([lone(walks, null), lone(polls, null, "SIGSEGV"), lone(walks, null)]);
  });
});

describe("values that are printed", () => {
  const printsOf = (text: string): string[][] =>
    readingOf(text).traces.map(({ prints }) => prints.map(({ name, value }) => `${name} = ${value}`));

  it("belong to the stop at which they are shown, and to no trace before it", () => {
    const text = `(gdb) bt\n${walk}(gdb) display depth\n1: depth = 4\n(gdb) next\n13\t  n++;\n1: depth = 5\n(gdb) bt\n${poll}`;
    expect(printsOf(text)).toEqual([["depth = 4"], ["depth = 5"]]);
  });

  it("are of no trace where the program only went on", () => {
    expect(printsOf(`(gdb) bt\n${walk}(gdb) next\n13\t  n++;\n(gdb) p depth\n$1 = 5\n`)).toEqual([[]]);
    expect(printsOf(`(gdb) bt\n${walk}(gdb) Continuing.\n1: depth = 5\n`)).toEqual([[]]);
  });
});

describe("the ambiguities", () => {
  it("4: a line of a broken string may begin like a frame", () => {
    const text = '#0  f (s=0x5 "text\n#7  g () at x", n=1) at a.c:3\n#1  main () at b.c:3\n';
    expect(readOf(text)).toEqual([lone("0 f, 1 main", null)]);
  });

  it("5: a place without a level is no frame, one with level 0 at a core no second trace", () => {
    const text = `Program received signal SIGSEGV, Segmentation fault.\n0x01 in walk (node=0x0) at list.c:12\n12\t  #1  x () at y.c:1\n(gdb) bt\n${walk}`;
    expect(readOf(text)).toEqual([lone(walks, "bt", "SIGSEGV")]);
  });

  it("6: level 0 begins a new stack, under a header a new thread", () => {
    expect(readOf(`${walk}${poll}`)).toEqual([lone(walks, null), lone(polls, null)]);
    expect(readOf(`Thread 2 (LWP 3):\n${walk}Thread 1 (LWP 2):\n${poll}`)).toEqual([
      { command: null, signal: null, threads: [`2 LWP 3: ${walks}`, `1 LWP 2: ${polls}`] },
    ]);
  });

  it("6: a trace may begin at #3", () => {
    expect(readOf("#3  0x01 in a () at a.c:1\n#4  0x02 in main () at a.c:9\n")).toEqual([
      lone("3 a, 4 main", null),
    ]);
  });

  it("7: a note on the selected thread is no header", () => {
    expect(readOf(`[Switching to thread 2 (Thread 0x7f (LWP 9))]\n${walk}`)).toEqual([
      { command: null, signal: null, threads: [`2 Thread 0x7f (LWP 9): ${walks}`] },
    ]);
  });
});
