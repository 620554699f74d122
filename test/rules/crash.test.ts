import { describe, expect, it } from "vitest";
import type { Document } from "../../src/model/report.js";
import type { Trace } from "../../src/model/trace.js";
import { reportOfText } from "../samples/samples.js";
import { runtime } from "./small-pack.js";

function documentOf(text: string): Document {
  const [document] = reportOfText(text, [runtime]).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

function traceOf(text: string): Trace {
  const [trace] = documentOf(text).traces;
  if (trace === undefined) throw new Error("no trace");
  return trace;
}

/** The rules that spoke. */
function spokenOf(text: string): string[] {
  return documentOf(text).findings.map(({ rule }) => rule);
}

/** Numbers frames from 0 and gives each an address of its own. */
function stack(...frames: readonly string[]): string {
  return frames
    .map((frame, level) => {
      const place = frame.startsWith("<")
        ? frame
        : `0x00000000000011${level}0 in ${frame} at list.c:${level + 1}`;
      return `#${level} ${place}\n`;
    })
    .join("");
}

const dying = ["__GI_raise (sig=sig@entry=6)", "__GI_abort ()"];
const failing = [
  ...dying,
  '__GI___assert_fail (assertion=0x55 "n > 0", file=0x56 "list.c", line=4, function=0x57 "handle")',
];
const report = "Program received signal SIGSEGV, Segmentation fault.\n";

/** The threads of a trace that crashed, by their index. */
function crashedIn(text: string): number[] {
  return traceOf(text).threads.flatMap(({ crashed, index }) => (crashed ? [index] : []));
}

describe("the frame of a crash", () => {
  it.each<[string, string, number | null, string | null, string]>([
    [
      "a signal, at the innermost frame",
      report + stack("walk (node=0x0)", "main ()"),
      0,
      "walk",
      "crash/signal",
    ],
    [
      "a signal in a function of the C library, at its caller",
      report + stack("__strlen_avx2 ()", "walk ()", "main ()"),
      1,
      "walk",
      "crash/signal",
    ],
    ["an abort, at its caller", stack(...dying, "walk ()", "main ()"), 2, "walk", "crash/abort"],
    [
      "a failed assertion, at the function that asked",
      stack(...failing, "walk ()", "main ()"),
      3,
      "walk",
      "crash/assertion",
    ],
    [
      "a signal with a handler, where the signal arrived and not in the handler",
      report + stack("on_signal (s=11)", "<signal handler called>", "walk ()", "main ()"),
      2,
      "walk",
      "crash/signal",
    ],
    [
      "a handler that aborts, where the signal arrived",
      stack(...dying, "on_signal (s=11)", "<signal handler called>", "walk ()", "main ()"),
      4,
      "walk",
      "crash/abort",
    ],
    [
      "an assertion that failed in a handler, in the handler",
      stack(...failing, "handle (s=11)", "<signal handler called>", "walk ()", "main ()"),
      3,
      "handle",
      "crash/assertion",
    ],
    [
      "a handler inside a handler, where the first signal arrived",
      report +
        stack(
          "second ()",
          "<signal handler called>",
          "first ()",
          "<signal handler called>",
          "walk ()",
          "main ()",
        ),
      4,
      "walk",
      "crash/signal",
    ],
    [
      "a signal in a function without a name, there",
      `${report}#0  0x00007f0000001234 in ?? ()\n#1  0x0000000000001140 in walk () at list.c:3\n`,
      0,
      null,
      "crash/signal",
    ],
    [
      "a handler that was called for a timer, in the handler",
      report + stack("strlen ()", "on_timer (sig=14)", "<signal handler called>", "walk ()", "main ()"),
      1,
      "on_timer",
      "crash/signal",
    ],
    [
      "a handler for a signal of the threads library, in the handler",
      report + stack("on_cancel (signum=33)", "<signal handler called>", "walk ()", "main ()"),
      0,
      "on_cancel",
      "crash/signal",
    ],
    [
      "a handler of an abort that raises it again, where it was raised first",
      stack(...dying, "on_abort (sig=6)", "<signal handler called>", ...failing, "walk ()", "main ()"),
      7,
      "walk",
      "crash/assertion",
    ],
    [
      "a trampoline that another tool names, where the signal arrived",
      report + stack("on_signal (s=11)", "__restore_rt ()", "walk ()", "main ()"),
      2,
      "walk",
      "crash/signal",
    ],
    [
      "an abort that somebody else sent, at the caller of the system",
      `Program received signal SIGABRT, Aborted.\n${stack("poll ()", "walk ()", "main ()")}`,
      1,
      "walk",
      "crash/signal",
    ],
  ])("is that of %s", (_, text, level, name, rule) => {
    expect(traceOf(text).crashFrame).toEqual({ thread: 0, level, function: name });
    expect(spokenOf(text)).toEqual([rule]);
  });

  it("is none where all frames are machinery, and the crash is still told", () => {
    const text = stack(...dying);
    expect(traceOf(text)).toMatchObject({ crashFrame: null, signal: { name: "SIGABRT" } });
    expect(spokenOf(text)).toEqual(["crash/abort"]);
    expect(documentOf(text).findings[0]?.evidence).toEqual([expect.objectContaining({ kind: "thread" })]);
  });

  it("is none for a process that only stopped", () => {
    const text = stack("poll ()", "main ()");
    expect(traceOf(text)).toMatchObject({ crashFrame: null, signal: null });
    expect(crashedIn(text)).toEqual([]);
    expect(spokenOf(text)).toEqual([]);
  });

  it.each([
    "SIGINT, Interrupt",
    "SIGTRAP, Trace/breakpoint trap",
    "SIGTERM, Terminated",
    "SIGUSR1, User defined signal 1",
    "0, Signal 0",
    "SIGCHLD, Child status changed",
    "SIG34, Real-time event 34",
  ])("is none where somebody stopped the process with %s", (signal) => {
    const text = `Program received signal ${signal}.\n${stack("poll ()", "main ()")}`;
    expect(spokenOf(text)).toEqual([]);
    expect(traceOf(text).crashFrame).toBeNull();
    expect(crashedIn(text)).toEqual([]);
  });

  it("is not known where the innermost frames of a fault are missing", () => {
    const text = `${report}#3  0x0000000000001140 in walk () at list.c:3\n#4  0x0000000000001150 in main () at list.c:9\n`;
    expect(traceOf(text).crashFrame).toBeNull();
    expect(traceOf(text).threads[0]?.crashed).toBe(true);
  });

  it("goes by gdb's own levels where the machinery of the death is left", () => {
    const text = `#3  0x0000000000001140 in abort () from /lib/libc.so.6\n#4  0x0000000000001150 in walk () at list.c:9\n`;
    expect(traceOf(text).crashFrame).toMatchObject({ level: 4, function: "walk" });
  });

  it("is not looked for behind `abort` further out: a function of the program called it back", () => {
    const text = report + stack("walk ()", "abort ()", "main ()");
    expect(traceOf(text).crashFrame).toMatchObject({ level: 0, function: "walk" });
    expect(spokenOf(text)).toEqual(["crash/signal"]);
  });
});

describe("the thread of a crash", () => {
  const idle = stack("poll ()", "loop ()");
  const thread = (number: number, lwp: number, frames: string): string =>
    `Thread ${number} (Thread 0x7f0${number} (LWP ${lwp})):\n${frames}\n`;

  it.each<[string, string, number[]]>([
    [
      "its frames show",
      thread(3, 13, idle) + thread(2, 12, stack(...dying, "walk ()")) + thread(1, 11, idle),
      [1],
    ],
    [
      "the signal's report names by its number",
      `Thread 2 "io" received signal SIGSEGV, Segmentation fault.\n(gdb) thread apply all bt\n\n${thread(2, 12, idle)}${thread(1, 11, idle)}`,
      [0],
    ],
    [
      "a core's report names by its LWP",
      `Program terminated with signal SIGSEGV, Segmentation fault.\n[Current thread is 1 (Thread 0x7f01 (LWP 11))]\n(gdb) thread apply all bt\n\n${thread(2, 12, idle)}${thread(1, 11, idle)}`,
      [1],
    ],
    ["nothing tells", thread(2, 12, idle) + thread(1, 11, idle), []],
    [
      "two threads claim to be",
      thread(2, 12, stack(...dying, "walk ()")) + thread(1, 11, stack(...dying, "walk ()")),
      [],
    ],
    [
      "two threads claim to be, of which an assertion failed in one",
      thread(2, 12, stack(...dying, "walk ()")) + thread(1, 11, stack(...failing, "walk ()")),
      [1],
    ],
    [
      "sends the signal while the other waits for the lock",
      thread(3, 13, stack("__lll_lock_wait_private ()", "__GI_abort ()", "walk ()")) +
        thread(2, 12, stack(...dying, "walk ()")) +
        thread(1, 11, stack("__lll_lock_wait_private ()", "__GI_abort ()", "walk ()")),
      [1],
    ],
    [
      "comes first in a core, of two that claim to be",
      `Core was generated by \`walker'.\n(gdb) thread apply all bt\n\n${
        thread(2, 12, stack(...dying, "walk ()")) + thread(1, 11, stack(...dying, "run ()"))
      }`,
      [1],
    ],
    [
      "called a null pointer",
      `${thread(2, 12, idle)}Thread 1 (Thread 0x7f01 (LWP 11)):\n#0  0x0000000000000000 in ?? ()\n#1  0x01 in walk () at list.c:3\n`,
      [1],
    ],
    [
      "a garbage collector has stopped, as all others",
      [3, 2, 1]
        .map((number) =>
          thread(number, number, stack("suspend (s=99)", "<signal handler called>", "walk ()")),
        )
        .join(""),
      [],
    ],
  ])("is the one that %s", (_, text, crashed) => {
    expect(traceOf(text).threads).toHaveLength(text.match(/^Thread \d \(/gm)?.length ?? 0);
    expect(crashedIn(text)).toEqual(crashed);
  });

  it("is not told of two that end the process, but both are noted as possible", () => {
    const text =
      thread(3, 13, idle) +
      thread(2, 12, stack(...dying, "walk ()")) +
      thread(1, 11, stack(...dying, "run ()"));
    const { findings, traces } = documentOf(text);
    expect(traces[0]?.crashFrame).toBeNull();
    expect(
      findings.map(({ rule, confidence, thread: index, message }) => [rule, confidence, index, message]),
    ).toEqual([
      ["crash/abort", "possible", 1, "the process ended itself in walk"],
      ["crash/abort", "possible", 2, "the process ended itself in run"],
    ]);
  });

  it("holds the failed assertion, of two that end the process", () => {
    const other = failing.map((frame) => frame.replace("n > 0", "n < 9"));
    const text = thread(2, 12, stack(...failing, "walk ()")) + thread(1, 11, stack(...other, "run ()"));
    const { findings } = documentOf(text);
    expect(findings.map(({ thread: index, message }) => [index, message])).toEqual([
      [0, "the assertion `n > 0` failed in walk"],
      [1, "the assertion `a condition that is not shown` failed in run"],
    ]);
  });

  it("is the only thread of a trace that shows a crash", () => {
    expect(crashedIn(stack(...dying, "walk ()"))).toEqual([0]);
    expect(crashedIn(report + stack("walk ()", "main ()"))).toEqual([0]);
  });

  it("is no other thread whose stack is printed after the crashed one's", () => {
    const text = `Thread 2 "io" received signal SIGSEGV, Segmentation fault.\n(gdb) bt\n${stack("walk ()", "main ()")}(gdb) thread 1\n[Switching to thread 1 (Thread 0x7f01 (LWP 11))]\n(gdb) bt\n${idle}`;
    const crashed = documentOf(text).traces.map(({ threads }) => threads.map((one) => one.crashed));
    expect(crashed).toEqual([[true], [false]]);
    expect(spokenOf(text)).toEqual(["crash/signal"]);
  });
});

describe("the signal of a crash", () => {
  it.each<[string, string, string | null]>([
    ["the report's", report + stack("walk ()", "main ()"), "SIGSEGV"],
    ["the argument of raise", stack(...dying, "walk ()"), "SIGABRT"],
    [
      "the argument of the innermost of several",
      stack("pthread_kill (threadid=1, signo=6)", "raise (sig=6)", "abort ()", "walk ()"),
      "SIGABRT",
    ],
    ["the value at raise's entry", stack("raise (sig@entry=6)", "abort ()", "walk ()"), "SIGABRT"],
    [
      "a number in an old report",
      `Program terminated with signal 11, Segmentation fault.\n${stack("walk ()", "main ()")}`,
      "SIGSEGV",
    ],
    [
      "that of the handler, where nothing else tells",
      stack("on_signal (signum=11)", "<signal handler called>", "walk ()", "main ()"),
      "SIGSEGV",
    ],
    ["unknown without symbols", stack("raise ()", "abort ()", "walk ()"), null],
  ])("is %s", (_, text, name) => {
    expect(traceOf(text).signal?.name ?? null).toBe(name);
  });

  it("keeps the report's own words", () => {
    expect(traceOf(report + stack("walk ()", "main ()")).signal).toEqual({
      name: "SIGSEGV",
      description: "Segmentation fault",
    });
    expect(traceOf(stack(...dying, "walk ()")).signal).toEqual({ name: "SIGABRT", description: null });
  });

  it("is said in the note on the crash", () => {
    const [finding] = documentOf(report + stack("walk ()", "main ()")).findings;
    expect(finding).toMatchObject({
      message: "SIGSEGV in walk",
      severity: "note",
      evidence: [{ kind: "frame", level: 0 }],
    });
  });
});
