import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Frame } from "../../src/model/trace.js";
import { parseLldbFrame, parseLldbThread } from "../../src/parse/neighbours/lldb-line.js";
import { deathOf } from "../../src/parse/neighbours/lldb-stop.js";
import { wrapWords } from "../wrapping.js";
import { diagnosedOf, namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

/** Printed by lldb 14 on Linux, of a program of our own. */
const session = `(lldb) target create "./t"
Current executable set to '/tmp/t' (x86_64).
(lldb) run
Process 27710 launched: '/tmp/t' (x86_64)
Process 27710 stopped
* thread #1, name = 't', stop reason = signal SIGABRT
    frame #0: 0x00007ffff7aa8eec libc.so.6\`__pthread_kill_implementation(threadid=<unavailable>, signo=6, no_tid=<unavailable>) at pthread_kill.c:44:76
(lldb) bt
* thread #1, name = 't', stop reason = signal SIGABRT
  * frame #0: 0x00007ffff7aa8eec libc.so.6\`__pthread_kill_implementation(threadid=<unavailable>, signo=6, no_tid=<unavailable>) at pthread_kill.c:44:76
    frame #1: 0x00007ffff7a59fb2 libc.so.6\`__GI_raise(sig=6) at raise.c:26:13
    frame #2: 0x00005555555551ed t\`twice(int, char const*) [inlined] inner(x=1) at t.cpp:13:98
    frame #3: 0x00005555555551cd t\`twice(x=1, s="a) at b.c:3, x=", c='q') at t.cpp:14:75 [opt]
    frame #4: 0x00005555555550e1 t\`_start + 33
(lldb) bt all
* thread #1, name = 't', stop reason = signal SIGABRT
  * frame #0: 0x00007ffff7aa8eec libc.so.6\`__pthread_kill_implementation(threadid=<unavailable>, signo=6, no_tid=<unavailable>) at pthread_kill.c:44:76
    frame #1: 0x00007ffff7a59fb2 libc.so.6\`__GI_raise(sig=6) at raise.c:26:13
  thread #2, name = 'w, 'q' x'
    frame #0: 0x00007ffff7af1df2 libc.so.6\`__libc_pause at pause.c:29:10
    frame #1: 0x0000555555555226 t\`::worker(a=0x0000000000000000) at t.cpp:15:93
(lldb) quit
`;

const gdb = `#0  0x0000000000001131 in walk (node=0x0) at list.c:12
#1  0x0000000000001160 in main () at list.c:30
`;

function frameOfLine(line: string): Frame | undefined {
  return threadOf(`${line}\n    frame #99: 0x1 a.out\`end\n`).frames[0];
}

/** `NAME(ARGUMENT, …) FILE:LINE` of a frame. */
function shortOf({ function: name, arguments: items, location }: Frame): string {
  const call = items.map((item) => `${item.name}=${item.value}`).join(", ");
  return `${name}(${call}) ${location === null ? "-" : `${location.file}:${location.line}`}`;
}

describe("a session with lldb", () => {
  const { traces, diagnostics } = readingOf(session);

  it("gives one trace for each command, with the command and the program", () => {
    expect(traces.map(({ dialect, command, program }) => [dialect, command, program])).toEqual([
      ["lldb", "bt", "/tmp/t"],
      ["lldb", "bt all", "/tmp/t"],
    ]);
  });

  it("makes the threads of `bt all` one trace, with their numbers and raw names", () => {
    const threads = traces[1]?.threads.map(({ number, name, crashed, frames }) => [
      number,
      name,
      crashed,
      frames.length,
    ]);
    expect(threads).toEqual([
      ["1", "t", true, 2],
      ["2", "w, 'q' x", false, 2],
    ]);
  });

  it("tells the signal of the thread that died", () => {
    expect(traces.map(({ signal }) => signal)).toEqual([
      { name: "SIGABRT", description: null },
      { name: "SIGABRT", description: null },
    ]);
  });

  it("does not take the frame of the stop for a trace of its own", () => {
    expect(diagnostics.map(({ code, span }) => [code, wordsOf(session, span).slice(0, 11)])).toEqual([
      ["stop-frame", "* thread #1"],
    ]);
  });

  it("gives every frame its function, arguments and place, without the column", () => {
    expect(traces[0]?.threads[0]?.frames.map(shortOf)).toEqual([
      "__pthread_kill_implementation(threadid=<unavailable>, signo=6, no_tid=<unavailable>) pthread_kill.c:44",
      "__GI_raise(sig=6) raise.c:26",
      "inner(x=1) t.cpp:13",
      "twice(x=1, s=\"a) at b.c:3, x=\", c='q') t.cpp:14",
      "_start() -",
    ]);
  });

  it("tells which frames were inlined where lldb can know", () => {
    const flags = traces[0]?.threads[0]?.frames.map(({ inlined }) => inlined);
    expect(flags).toEqual([false, false, true, false, null]);
  });

  it("has spans that cover a frame from its word to its place", () => {
    const spans = traces[0]?.threads[0]?.frames.slice(2).map(({ span }) => wordsOf(session, span));
    expect(spans).toEqual([
      "frame #2: 0x00005555555551ed t`twice(int, char const*) [inlined] inner(x=1) at t.cpp:13:98",
      "frame #3: 0x00005555555551cd t`twice(x=1, s=\"a) at b.c:3, x=\", c='q') at t.cpp:14:75 [opt]",
      "frame #4: 0x00005555555550e1 t`_start + 33",
    ]);
  });

  it("has spans of arguments, threads and traces", () => {
    const [trace] = traces;
    const [thread] = trace?.threads ?? [];
    const argument = thread?.frames[3]?.arguments[1];
    expect(argument && wordsOf(session, argument.span)).toBe('s="a) at b.c:3, x="');
    expect(thread && wordsOf(session, thread.span)).toMatch(/^\* thread #1, .*`_start \+ 33$/s);
    expect(trace?.span).toEqual(thread?.span);
  });
});

describe("a frame of lldb", () => {
  test.each([
    ["frame #0: 0x0000000000000000", "null() -", null],
    ["frame #1: 0x00007ffff7a59fb2 libc.so.6 at raise.c:26:13", "null() raise.c:26", "libc.so.6"],
    ["frame #2: 0x1 My App`main(argc=1) at my file.c:3", "main(argc=1) my file.c:3", "My App"],
    ["frame #3: 0x1 a.out`f at f.c:3:4 [opt] [artificial]", "f() f.c:3", "a.out"],
    [
      "frame #4: 0x1 a.out`ns::Box<int>::operator<(this=0x1, o=0x2) const at t.cpp:10:92",
      "ns::Box<int>::operator<(this=0x1, o=0x2) t.cpp:10",
      "a.out",
    ],
    [
      "frame #5: 0x1 a.out`std::function<int (int)>::operator(this=0x1, __args#0=1)(int) const at f.h:5:9",
      "std::function<int (int)>::operator()(this=0x1, __args#0=1) f.h:5",
      "a.out",
    ],
    ["frame #6: 0x1 a.out`operator() at t.cpp:18:54", "operator()() t.cpp:18", "a.out"],
    [
      "frame #7: 0x1 a.out`std::__invoke_r<int, f(int)::<lambda(int)>&>((null)=0x7, __fn=0x8) &) at invoke.h:61:36",
      "std::__invoke_r<int, f(int)::<lambda(int)>&>((null)=0x7, __fn=0x8) invoke.h:61",
      "a.out",
    ],
    [
      "frame #8: 0x1 libc.so.6`start(main=(t`main at t.cpp:16:33), argc=1) at start.h:58:16",
      "start(main=(t`main at t.cpp:16:33), argc=1) start.h:58",
      "libc.so.6",
    ],
    [
      'frame #9: 0x1 a.out`f(p=Point @ 0x7, v=size=3, s="x\\", n=1) at ") at f.c:3:4',
      'f(p=Point @ 0x7, v=size=3, s="x\\", n=1) at ") f.c:3',
      "a.out",
    ],
    ["frame #10: 0x1 a.out`f(v=(half, n=3) at f.c:3:4", "f(v=(half, n=3) f.c:3", "a.out"],
    [
      "frame #11: 0x1 libstdc++.so.6`foo(int, char const*) + 12",
      "foo(int, char const*)() -",
      "libstdc++.so.6",
    ],
    ["frame #12: 0x1 libstdc++.so.6`std::terminate() + 23", "std::terminate() -", "libstdc++.so.6"],
    ["frame #13: 0x1 CoreFoundation`-[NSException raise] + 12", "-[NSException raise]() -", "CoreFoundation"],
    [
      'frame #14: 0x1 App`-[Foo bar:baz:](self=0x1, _cmd="bar:baz:", x=1) at Foo.m:3:5',
      '-[Foo bar:baz:](self=0x1, _cmd="bar:baz:", x=1) Foo.m:3',
      "App",
    ],
    [
      "frame #15: 0x1 App`__9-[Foo bar]_block_invoke(.block_descriptor=0x1) at Foo.m:3:5",
      "__9-[Foo bar]_block_invoke(.block_descriptor=0x1) Foo.m:3",
      "App",
    ],
    [
      "frame #16: 0x1 App`closure #1 in Cart.total(self=0x1) at Cart.swift:20:9",
      "closure #1 in Cart.total(self=0x1) Cart.swift:20",
      "App",
    ],
    [
      "frame #17: 0x1 libswiftCore.dylib`Swift._assertionFailure(_: Swift.StaticString, line: Swift.UInt) -> Swift.Never + 476",
      "Swift._assertionFailure(_: Swift.StaticString, line: Swift.UInt) -> Swift.Never() -",
      "libswiftCore.dylib",
    ],
    [
      "frame #18: 0x1 p`p::idx::h86b7939faf7b71ba [inlined] p::inl::hd3fc41564f1c5765(v=&[i32] @ 0x7, i=7) at p.rs:2:56",
      "p::inl::hd3fc41564f1c5765(v=&[i32] @ 0x7, i=7) p.rs:2",
      "p",
    ],
    [
      "frame #19: 0x1 p`r [inlined] <&dyn Fn<(), Output = i32> + Sync as FnOnce<()>>::call_once at f.rs:287:21",
      "<&dyn Fn<(), Output = i32> + Sync as FnOnce<()>>::call_once() f.rs:287",
      "p",
    ],
    ["frame #20: 0x1 t`::worker(a=0x0) at t.cpp:15:93", "worker(a=0x0) t.cpp:15", "t"],
    [
      "frame #21: 0x1 a.out`(anonymous namespace)::f(x=1) at f.cpp:3:4",
      "(anonymous namespace)::f(x=1) f.cpp:3",
      "a.out",
    ],
    [
      "frame #22: 0x1 a.out`f(c='(', d='\\'', e='\\0') at f.c:3:4",
      "f(c='(', d='\\'', e='\\0') f.c:3",
      "a.out",
    ],
  ])("%s", (line, short, library) => {
    const frame = frameOfLine(line);
    expect(frame && shortOf(frame)).toBe(short);
    expect(frame?.library).toBe(library);
  });

  it("that is cut keeps what is there, and says so", () => {
    const text = 'frame #0: 0x1 a.out`g at g.c:1:1\nframe #1: 0x1 a.out`f(a=1, b="half\n';
    const thread = threadOf(text);
    expect(thread.frames.map(shortOf)).toEqual(["g() g.c:1", 'f(a=1, b="half) -']);
    expect(thread.end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(diagnosedOf(text)).toEqual([["cut-frame", 'frame #1: 0x1 a.out`f(a=1, b="half']]);
  });

  it.each([
    "frame #3: the picture shows it",
    "frame #x: 0x1 a.out`f",
    "the frame #3: 0x1 a.out`f",
    "frame #123456789: 0x1 a.out`f",
    "stack frame #0: 0x1",
  ])("is not %j", (line) => {
    expect(parseLldbFrame(line)).toBeNull();
    expect(readingOf(`${line}\n`).traces).toEqual([]);
  });
});

describe("the header of a thread", () => {
  test.each([
    [
      "* thread #1, queue = 'com.apple.main-thread', stop reason = EXC_BAD_ACCESS (code=1, address=0x0)",
      ["1", null, null, "EXC_BAD_ACCESS (code=1, address=0x0)"],
    ],
    ["  thread #12, name = 'w'", ["12", null, "w", null]],
    [
      "thread #2: tid = 0x2b41d7, 0x00000001000b3174 libcomb.dylib`rt::queue::bp + 211, stop reason = breakpoint 1.1",
      ["2", "0x2b41d7", null, "breakpoint 1.1"],
    ],
    [
      "* thread #1: tid = 27710, 0x7f libc.so.6`f(a=1, b=2) at p.c:44:76, name = 'w, 'q' x', queue = 'q', 2 messages, stop reason = step over",
      ["1", "27710", "w, 'q' x", "step over"],
    ],
    ["2 thread(s) #3, #4 ", ["3", null, null, null]],
  ])("%s", (line, expected) => {
    const header = parseLldbThread(line);
    expect(header && [header.number, header.tid, header.name, header.reason]).toEqual(expected);
  });

  it("with an id says which of Linux's threads it is", () => {
    const text =
      "* thread #1: tid = 27710, name = 'x'\n  * frame #0: 0x1 a.out`f\n    frame #1: 0x2 a.out`g\n";
    expect(threadOf(text)).toMatchObject({ lwp: 27710, target: "tid = 27710", name: "x", crashed: false });
  });

  it("without frames, as `thread list` prints it, is no trace", () => {
    const text =
      "(lldb) thread list\nProcess 1 stopped\n* thread #1: tid = 1, 0x1 a.out`f, stop reason = signal SIGSEGV\n";
    expect(readingOf(text).traces).toEqual([]);
  });
});

describe("the reason of a stop", () => {
  test.each([
    ["signal SIGABRT", "SIGABRT", null],
    [
      "signal SIGSEGV: invalid address (fault address: 0x10)",
      "SIGSEGV",
      "invalid address (fault address: 0x10)",
    ],
    ["signal 11", "SIGSEGV", null],
    ["EXC_BAD_ACCESS (code=1, address=0x0)", "EXC_BAD_ACCESS", "code=1, address=0x0"],
    ["EXC_BREAKPOINT (code=EXC_I386_BPT, subcode=0x0)", "EXC_BREAKPOINT", "code=EXC_I386_BPT, subcode=0x0"],
    ["invalid address (fault address: 0x0)", "SIGSEGV", "invalid address (fault address: 0x0)"],
    ["hit program assert", "SIGABRT", "hit program assert"],
    [
      "Exception 0xc0000005 encountered at address 0x7ff6: Access violation reading location 0x0",
      "Exception 0xc0000005",
      "Access violation reading location 0x0",
    ],
  ])("%s", (reason, name, description) => {
    expect(deathOf(reason)).toEqual({ signal: { name, description } });
  });

  it.each(["unknown crash reason", "Fatal error: Index out of range"])(
    "%s tells of a death without a signal",
    (reason) => {
      expect(deathOf(reason)).toEqual({ signal: null });
    },
  );

  it.each([
    "breakpoint 1.1",
    "step over",
    "signal SIGSTOP",
    "watchpoint 1",
    "instruction step into",
    "trace",
    "exec",
  ])("%s is no death", (reason) => {
    expect(deathOf(reason)).toBeNull();
  });

  it("makes no crash of a breakpoint", () => {
    const text =
      "* thread #1, name = 'x', stop reason = breakpoint 1.1\n  * frame #0: 0x1 a`f\n    frame #1: 0x2 a`g\n";
    expect(traceOf(text)).toMatchObject({ signal: null, threads: [{ crashed: false }] });
  });

  it("counts for the selected thread before others", () => {
    const text = [1, 2]
      .map(
        (id) =>
          `${id === 2 ? "* " : "  "}thread #${id}, stop reason = signal SIGSEGV\n    frame #0: 0x${id} a\`f\n`,
      )
      .join("");
    expect(traceOf(text).threads.map(({ crashed }) => crashed)).toEqual([false, true]);
  });
});

describe("frames of lldb among other things", () => {
  it("leave gdb's trace in the same text to gdb, before and behind", () => {
    const lldb =
      "* thread #1, name = 'x'\n  * frame #0: 0x1 a`f at f.c:1:2\n    frame #1: 0x2 a`g at f.c:3:4\n";
    const { traces } = readingOf(`${gdb}\n${lldb}\n${gdb}`);
    expect(
      traces.map(({ dialect, threads }) => [dialect, threads.map((thread) => namesOf(thread).join(" "))]),
    ).toEqual([
      ["gdb", ["0 walk 1 main"]],
      ["lldb", ["0 f 1 g"]],
      ["gdb", ["0 walk 1 main"]],
    ]);
  });

  it("are one trace for each thread that is printed again", () => {
    const print = "* thread #1, name = 'x'\n  * frame #0: 0x1 a`f\n    frame #1: 0x2 a`g\n";
    expect(readingOf(print + print).traces).toHaveLength(2);
  });

  it("keep the stop that no backtrace follows", () => {
    const stop =
      "Process 1 stopped\n* thread #1, stop reason = signal SIGSEGV\n    frame #0: 0x1 a`f at f.c:1:2\n";
    expect(traceOf(stop)).toMatchObject({ signal: { name: "SIGSEGV" }, command: null });
  });

  it("show a failed assertion in the arguments of the C library", () => {
    const text = `frame #0: 0x1 libc.so.6\`abort + 3
frame #1: 0x2 libc.so.6\`__assert_fail(assertion="n > 0", file="queue.c", line=41, function="pop") at assert.c:101:3
frame #2: 0x3 a\`pop(n=0) at queue.c:41:5
`;
    expect(traceOf(text).assertion).toMatchObject({
      expression: "n > 0",
      file: "queue.c",
      line: 41,
      function: "pop",
    });
  });

  it("are joined where a mailer broke their lines", () => {
    const wrapped = (text: string) =>
      text
        .split("\n")
        .flatMap((line) => wrapWords(line, 72))
        .join("\n");
    const frames = (text: string) =>
      readingOf(text).traces.flatMap(({ threads }) => threads.flatMap((thread) => thread.frames));
    const text = session.slice(session.indexOf("(lldb) bt"));
    expect(wrapped(text)).not.toBe(text);
    expect(frames(wrapped(text)).map(shortOf)).toEqual(frames(text).map(shortOf));
    expect(diagnosedOf(wrapped(text))).toEqual([]);
  });

  it("take no prose behind a frame for a part of it", () => {
    const text = "frame #0: 0x1 a`f\nframe #1: 0x2 a`abort\nwhich is called at foo.c:3\n\nat foo.c:4\n";
    expect(threadOf(text).frames.map(shortOf)).toEqual(["f() -", "abort() -"]);
  });

  it("are read in quoted mail with Windows' line ends and in colour", () => {
    const mail = session
      .replaceAll(/^( *)(\* )?(frame|thread) /gm, "$1\x1b[31m$2$3\x1b[0m ")
      .replaceAll(/^/gm, "> ")
      .replaceAll("\n", "\r\n");
    const outline = (text: string) =>
      readingOf(text).traces.map(({ command, threads }) => [
        command,
        threads.map(({ frames }) => frames.map(shortOf)),
      ]);
    expect(outline(mail)).toEqual(outline(session));
  });
});

const word = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/);
const name = fc.oneof(
  word,
  fc.tuple(word, word).map(([scope, method]) => `${scope}<int (char)>::${method}`),
  fc.constantFrom("ns::operator<", "operator->", "-[Foo bar:]", "(anonymous namespace)::f", "Box::~Box"),
);
const value = fc.oneof(
  fc.constantFrom("1", "<unavailable>", "Point @ 0x7", "'('", "size=3", "(a`f at a.c:1:2)", "{x=1, y=2}"),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text.replaceAll(/[^ -~]/g, "?"))),
);
interface Printed {
  readonly name: string;
  readonly items: readonly (readonly [string, string])[];
  readonly library: string;
  readonly place: readonly [string, number] | null;
}

const printed: fc.Arbitrary<Printed> = fc.record({
  name,
  items: fc.array(fc.tuple(word, value), { maxLength: 3 }),
  library: fc.constantFrom("a.out", "libc.so.6", "My App"),
  place: fc.option(fc.tuple(fc.constantFrom("f.c", "my file.cpp", "start.S"), fc.nat(9999)), { nil: null }),
});

function lineOf(frame: Printed, level: number): string {
  const items = frame.items.map((item) => item.join("=")).join(", ");
  const call = items === "" ? frame.name : `${frame.name}(${items})`;
  const place = frame.place === null ? "" : ` at ${frame.place[0]}:${frame.place[1]}:7`;
  return `${level === 0 ? "  * " : "    "}frame #${level}: 0x${(level + 16).toString(16)} ${frame.library}\`${call}${place}`;
}

describe("any frames that lldb may print", () => {
  const frames = fc.array(printed, { minLength: 2, maxLength: 12 });

  it("are read whole", () => {
    fc.assert(
      fc.property(frames, (list) => {
        const text = `* thread #1, name = 'x'\n${list.map(lineOf).join("\n")}\n`;
        const read = threadOf(text).frames;
        expect(read.map(({ level, library }) => [level, library])).toEqual(
          list.map((frame, level) => [level, frame.library]),
        );
        expect(read.map(shortOf)).toEqual(
          list.map(({ name: called, items, place }) => {
            const call = items.map((item) => item.join("=")).join(", ");
            return `${called}(${call}) ${place === null ? "-" : place.join(":")}`;
          }),
        );
        expect(read.map(({ span }) => wordsOf(text, span))).toEqual(
          list.map((frame, level) => lineOf(frame, level).slice(4)),
        );
      }),
    );
  });

  it("keep every whole frame where the text is cut", () => {
    fc.assert(
      fc.property(frames, fc.nat(), (list, at) => {
        const lines = list.map(lineOf);
        const text = lines.join("\n");
        const cut = text.slice(0, at % (text.length + 1));
        const whole = Math.max(0, cut.split("\n").length - 1);
        const read = readingOf(cut).traces.flatMap(({ threads }) =>
          threads.flatMap(({ frames: found }) => found),
        );
        expect(read.slice(0, whole).map(shortOf)).toEqual(
          threadOf(`${text}\n`).frames.slice(0, whole).map(shortOf),
        );
      }),
    );
  });

  it("and any other text: reading throws nothing and takes time in proportion", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readingOf(`frame #1: 0x1 a\`f(${text}\nthread #1${text}`)).not.toThrow();
      }),
    );
  });

  it.each(['"\\', "(", "f(a=", "'\\", ", a=", "[inlined] ", " at a:1", "<(", ":1", "a=(", "\\"])(
    "are read in time whatever is repeated: %j",
    (piece) => {
      const line = `frame #0: 0x1 a.out\`f(a=${piece.repeat(60_000 / piece.length)}`;
      const start = performance.now();
      parseLldbFrame(line);
      parseLldbThread(`* thread #1: tid = 1, 0x1 ${piece.repeat(60_000 / piece.length)}`);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
