import { describe, expect, it, test } from "vitest";
import { reportOfText } from "../samples/samples.js";
import { attachedOf, namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

const stop = "Program received signal SIGSEGV, Segmentation fault.\n";
const foo = "#0  0x1111 in foo () at a.c:1\n#1  0x2222 in main () at a.c:2\n";
const poll = "#0  0x3333 in ppoll () from /lib/libc.so.6\n#1  0x4444 in main () at a.c:2\n";
const signals = (text: string): (string | null)[] =>
  readingOf(text).traces.map(({ signal }) => signal?.name ?? null);

describe("what the session said of a stop", () => {
  it("does not hold for another stack that somebody tells of", () => {
    expect(signals(`${stop}${foo}On the other host it only hangs:\n${poll}`)).toEqual(["SIGSEGV", null]);
    expect(signals(`${stop}${foo}And once more with less around it:\n${foo}`)).toEqual([
      "SIGSEGV",
      "SIGSEGV",
    ]);
  });

  it.each([
    "(gdb) quit\n$ gdb -p 4711\n(gdb) bt\n",
    "Attaching to process 4711\n(gdb) bt\n",
    "GNU gdb (GDB) 13.1\n(gdb) bt\n",
  ])("does not hold behind %j", (between) => {
    expect(signals(`${stop}${foo}${between}${foo}`)).toEqual(["SIGSEGV", null]);
  });

  test.each([
    ['{code}Thread 1 "qemu" received signal SIGSEGV, Segmentation fault.', "qemu"],
    ['<![CDATA[Thread 1 "qemu" received signal SIGSEGV, Segmentation fault.', "qemu"],
    ["Here is it: Thread 1 \u201cCPU 0/KVM\u201d received signal SIGSEGV, Segmentation fault.", "CPU 0/KVM"],
  ])("may stand in the midst of a line: %s", (line, name) => {
    expect(threadOf(`${line}\n${foo}`)).toMatchObject({ number: "1", name, crashed: true });
  });
});

describe("the place of a stop", () => {
  const place = "0x0000555555b2f0e4 in foo (vq=0x7ffff7fbd000) at a.c:2";

  it("is a stack of one frame where nothing else was shown", () => {
    const text = `${stop}[Switching to Thread 0x7f (LWP 5)]\n${place}\n2\t  *p = 1;\n`;
    expect(namesOf(threadOf(text))).toEqual(["0 foo"]);
    const [frame] = threadOf(text).frames;
    expect(frame === undefined ? "" : wordsOf(text, frame.span)).toBe(place);
    expect(frame?.arguments.map(({ span }) => wordsOf(text, span))).toEqual(["vq=0x7ffff7fbd000"]);
    expect(reportOfText(text).documents[0]?.findings.map(({ message }) => message)).toEqual([
      "SIGSEGV in foo",
    ]);
  });

  it("is none beside a backtrace, whichever", () => {
    expect(namesOf(threadOf(`${stop}${place}\n(gdb) bt\n${foo}`))).toEqual(["0 foo", "1 main"]);
    expect(readingOf(`${stop}${place}\n(gdb) c\n${poll}`).traces).toHaveLength(1);
  });

  it("is none where somebody only interrupted the program, or goes on talking", () => {
    expect(readingOf(`Program received signal SIGINT, Interrupt.\n${place}\n`).traces).toEqual([]);
    expect(readingOf(`${stop}I do not know what to do now (really) at all\n`).traces).toEqual([]);
  });
});

describe("a message and a stack without symbols", () => {
  const message = "qemu: ../block.c:7231: bdrv_unref: Assertion `bs->refcnt > 0' failed.\n";
  const mute =
    "#0  0x1111 in raise () from /lib64/libc.so.6\n#1  0x1112 in abort () from /lib64/libc.so.6\n#2  0x1113 in __assert_fail () from /lib64/libc.so.6\n#3  0x2224 in ?? () from /usr/bin/qemu\n";

  it("are one failure where there is one of each", () => {
    const { traces, loose } = attachedOf(message + mute);
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([{ expression: "bs->refcnt > 0", origin: "both" }]);
    expect(attachedOf(`${message}${mute}\n(gdb) bt\n${mute}`).loose).toEqual([]);
  });

  it("are two where the stack names who gave up, or there are two messages", () => {
    expect(attachedOf(message + mute.replace("?? ()", "other ()")).loose).toHaveLength(1);
    expect(attachedOf(message + message.replace("7231", "7232") + mute).loose).toHaveLength(2);
  });
});

describe("a message behind what others put in front of it", () => {
  const message = "qemu-system-x86_64: ../block.c:7231: bdrv_unref: Assertion `bs->refcnt > 0' failed.";
  const said = (text: string): string[] => readingOf(text).assertions.map(({ span }) => wordsOf(text, span));

  test.each([
    `error: internal error: qemu unexpectedly closed the monitor: ${message}`,
    `**${message}**`,
    `[qemu] ${message}`,
    `{"return": {}}${message}`,
    `${message} Aborted (core dumped)`,
  ])("is read: %s", (line) => {
    expect(said(`${line}\n`)).toEqual([message]);
  });

  test.each([
    `He said "${message}" to me`,
    `see \`${message}\` there`,
    `He said: "${message}`,
    `Use ${message}`,
    `I see: ${message}`,
  ])("is a mention: %s", (line) => {
    expect(said(`${line}\n`)).toEqual([]);
  });
});

describe("a core", () => {
  it("that one thread aborted is not blamed on the one that is selected", () => {
    const text = `Program terminated with signal SIGABRT, Aborted.\n[Current thread is 1 (LWP 5)]\n(gdb) thread apply all bt\n\nThread 2 (LWP 6):\n#0  0x1111 in raise () from /lib64/libc.so.6\n#1  0x1112 in abort () from /lib64/libc.so.6\n#2  0x1113 in foo () at a.c:3\n\nThread 1 (LWP 5):\n${poll}`;
    expect(traceOf(text).threads.map(({ crashed }) => crashed)).toEqual([false, true]);
    expect(reportOfText(text).documents[0]?.traces[0]?.crashFrame).toMatchObject({
      thread: 0,
      function: "foo",
    });
  });
});

describe("one stop that several commands showed", () => {
  it("is one finding, of the longest stack", () => {
    const text = `${stop}(gdb) bt 1\n#0  0x1111 in foo () at a.c:1\n(More stack frames follow...)\n(gdb) bt\n${foo}`;
    expect(reportOfText(text).documents[0]?.findings).toMatchObject([{ trace: 1, alsoIn: [0] }]);
  });

  it("is not the next one in another place", () => {
    const other = foo.replace("0x1111 in foo", "0x1115 in foo");
    expect(
      reportOfText(`${stop}(gdb) bt\n${foo}(gdb) c\n${stop}(gdb) bt\n${other}`).documents[0]?.findings,
    ).toHaveLength(2);
  });

  it("is one, too, where a sanitizer ended the program that gdb then shows", () => {
    const asan =
      "==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0\n    #0 0x1110 in foo /src/a.c:1:3\n    #1 0x2221 in main /src/a.c:2\n\n";
    const died =
      "#0  0x01 in raise () from /lib/libc.so.6\n#1  0x02 in abort () from /lib/libc.so.6\n#2  0x1111 in foo () at a.c:1\n#3  0x2222 in main () at a.c:2\n";
    const [finding, ...others] = reportOfText(`${asan}(gdb) bt\n${died}`).documents[0]?.findings ?? [];
    expect(finding).toMatchObject({ trace: 0, alsoIn: [1] });
    expect(others).toEqual([]);
    const elsewhere = died.replace("a.c:1", "a.c:8");
    expect(reportOfText(`${asan}(gdb) bt\n${elsewhere}`).documents[0]?.findings).toHaveLength(2);
  });
});
