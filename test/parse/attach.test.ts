import { describe, expect, it } from "vitest";
import { attachedOf, wordsOf } from "./reading.js";

/** A stack that died of a failed assertion; `reporter` is the frame that tells of it. */
function dead(reporter: string, ...frames: readonly string[]): string {
  return ["raise (sig=6) at raise.c:50", "abort () at abort.c:79", reporter, ...frames]
    .map((frame, level) => `#${level}  0x000000000000110${level} in ${frame}\n`)
    .join("");
}

const glibc =
  '__GI___assert_fail (assertion=0x1 "queue->n > 0", file=0x2 "queue.c", line=41, function=0x3 "pop")';
const pop = "pop (queue=0x5) at queue.c:41";
const main = "main () at main.c:9";
const message = "server: queue.c:41: pop: Assertion `queue->n > 0' failed.\n";
const same = { expression: "queue->n > 0", file: "queue.c", line: 41, function: "pop" };

describe("a message and a trace of one failure", () => {
  it.each([
    ["before the trace", message + dead(glibc, pop, main)],
    ["behind the trace", dead(glibc, pop, main) + message],
  ])("are one assertion of both, with the message's place: %s", (_, text) => {
    const { traces, loose } = attachedOf(text);
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([{ ...same, origin: "both" }]);
    expect(traces.map((one) => (one === null ? "" : wordsOf(text, one.span)))).toEqual([message.trimEnd()]);
  });

  it("are one where the message says more", () => {
    const cut = `__assert_fail (assertion=0x1 "${"queue->n > 0 && ".repeat(12)}"..., file=0x2 "queue.c", line=41, function=0x3 "pop")`;
    const whole = `server: queue.c:41: pop: Assertion \`${"queue->n > 0 && ".repeat(12)}queue->m' failed.\n`;
    const { traces, loose } = attachedOf(whole + dead(cut, pop, main));
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([
      { expression: `${"queue->n > 0 && ".repeat(12)}queue->m`, origin: "both" },
    ]);
  });

  it("are one where the frames escape what the message does not", () => {
    const escaped = String.raw`__assert_fail (assertion=0x1 "strcmp(q->name, \"a\\\"b\") != 0", file=0x2 "queue.c", line=41, function=0x3 "pop")`;
    const said = String.raw`server: queue.c:41: pop: Assertion ${"`"}strcmp(q->name, "a\"b") != 0' failed.`;
    expect(attachedOf(`${said}\n${dead(escaped, pop, main)}`).loose).toEqual([]);
  });

  it("are one for every trace of the failure", () => {
    const { traces, loose } = attachedOf(
      `${message}(gdb) bt\n${dead(glibc, pop, main)}(gdb) bt full\n${dead(glibc, pop, main)}`,
    );
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([{ origin: "both" }, { origin: "both" }]);
  });

  it("are one where the C library has no symbols, and the function that the message names is on the stack", () => {
    const bare = `#0  0x01 in raise () from /lib/libc.so.6\n#1  0x02 in abort () from /lib/libc.so.6\n#2  0x03 in ?? () from /lib/libc.so.6\n#3  0x04 in pop (queue=0x5) at queue.c:41\n#4  0x05 in main () at main.c:9\n`;
    const { traces, loose } = attachedOf(message + bare);
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([{ ...same, origin: "stderr" }]);
  });

  it("are one where the frames hide what failed", () => {
    expect(
      attachedOf(
        message + dead("__assert_fail (assertion=..., file=..., line=..., function=...)", pop, main),
      ),
    ).toMatchObject({
      traces: [{ ...same, origin: "both" }],
      loose: [],
    });
  });
});

describe("GLib's message and its twin", () => {
  const line = "ERROR:queue.c:41:pop: assertion failed: (queue->n > 0)";
  const twins = `**\n${line}\nBail out! ${line}\n`;
  const frames = dead(
    'g_assertion_message (domain=0x0, file=0x2 "queue.c", line=41, func=0x3 "pop", message=0x4 "assertion failed: (queue->n > 0)")',
    'g_assertion_message_expr (domain=0x0, file=0x2 "queue.c", line=41, func=0x3 "pop", expr=0x4 "queue->n > 0")',
    pop,
    main,
  );

  it("are one assertion", () => {
    expect(attachedOf(twins)).toMatchObject({ traces: [], loose: [{ ...same, origin: "stderr" }] });
    expect(attachedOf(twins).loose.map(({ span }) => wordsOf(twins, span))).toEqual([line]);
  });

  it("are one assertion with the frames of the same failure", () => {
    expect(attachedOf(twins + frames)).toMatchObject({ traces: [{ ...same, origin: "both" }], loose: [] });
  });

  it("are one where only the twin is left", () => {
    expect(attachedOf(`Bail out! ${line}\n${frames}`)).toMatchObject({
      traces: [{ origin: "both" }],
      loose: [],
    });
  });
});

describe("two different failures", () => {
  const other = "server: queue.c:88: push: Assertion `queue->n < queue->max' failed.\n";

  it.each([
    ["another function", other],
    ["another line of the same function", "server: queue.c:44: pop: Assertion `queue->n > 0' failed.\n"],
    ["another condition on the same line", "server: queue.c:41: pop: Assertion `queue' failed.\n"],
  ])("stay two: %s", (_, text) => {
    const { traces, loose } = attachedOf(text + dead(glibc, pop, main));
    expect(traces).toMatchObject([{ ...same, origin: "frame" }]);
    expect(loose).toHaveLength(1);
  });

  it("stay two messages, in the order of the text", () => {
    const { loose } = attachedOf(other + message + message);
    expect(loose.map(({ expression }) => expression)).toEqual(["queue->n < queue->max", "queue->n > 0"]);
  });

  it("stay with the trace of each", () => {
    const pushing = dead(
      '__assert_fail (assertion=0x1 "queue->n < queue->max", file=0x2 "queue.c", line=88, function=0x3 "push")',
      "push (queue=0x5) at queue.c:88",
    );
    const { traces, loose } = attachedOf(`${message}${dead(glibc, pop, main)}\n${other}${pushing}`);
    expect(loose).toEqual([]);
    expect(traces).toMatchObject([
      { ...same, origin: "both" },
      { function: "push", line: 88, origin: "both" },
    ]);
  });

  it("stay two where a signal ended the process that the trace shows", () => {
    const fault = `Program received signal SIGSEGV, Segmentation fault.\n#0  0x01 in pop (queue=0x5) at queue.c:41\n#1  0x02 in main () at main.c:9\n`;
    const { traces, loose } = attachedOf(message + fault);
    expect(traces).toEqual([null]);
    expect(loose).toHaveLength(1);
  });
});

describe("the assertion of frames alone", () => {
  it("has the place of its argument, in the outermost frame that shows it", () => {
    const text = dead(
      `__assert_fail_base (fmt=0x9 "%s", assertion=0x1 "queue->n > 0", file=0x2 "queue.c", line=41, function=0x3 "pop")`,
      glibc,
      pop,
    );
    const [assertion] = attachedOf(text).traces;
    expect(assertion).toMatchObject({ ...same, origin: "frame", span: { start: { line: 4 } } });
    expect(assertion == null ? "" : wordsOf(text, assertion.span)).toBe('assertion=0x1 "queue->n > 0"');
  });

  it.each([
    ["musl", '__assert_fail (expr=0x1 "queue->n > 0", file=0x2 "queue.c", line=41, func=0x3 "pop")', "expr="],
    ["macOS", '__assert_rtn (func=0x3 "pop", file=0x2 "queue.c", line=41, expr=0x1 "queue->n > 0")', "expr="],
    [
      "FreeBSD",
      '__assert (func=0x3 "pop", file=0x2 "queue.c", line=41, failedexpr=0x1 "queue->n > 0")',
      "failedexpr=",
    ],
    [
      "bionic",
      '__assert2 (file=0x2 "queue.c", line=41, function=0x3 "pop", failed_expression=0x1 "queue->n > 0")',
      "failed_expression=",
    ],
    [
      "GLib",
      'g_assertion_message_expr (domain=0x0, file=0x2 "queue.c", line=41, func=0x3 "pop", expr=0x1 "queue->n > 0")',
      "expr=",
    ],
  ])("is read from the arguments of %s", (_, reporter, start) => {
    const text = dead(reporter, pop, main);
    const [assertion] = attachedOf(text).traces;
    expect(assertion).toMatchObject({ ...same, origin: "frame" });
    expect(assertion == null ? "" : wordsOf(text, assertion.span)).toBe(`${start}0x1 "queue->n > 0"`);
  });

  it("is one without a condition where the frame shows none", () => {
    const { traces } = attachedOf(dead("__assert_fail (...)", pop, main));
    expect(traces).toMatchObject([
      { expression: null, file: null, line: null, function: null, origin: "frame" },
    ]);
  });

  it("is that of the crashed thread where the report says which one it is", () => {
    const header = (number: number): string => `Thread ${number} (Thread 0x7f0${number} (LWP 1${number})):\n`;
    const text = `Thread 1 "a" received signal SIGABRT, Aborted.\n(gdb) thread apply all bt\n\n${header(2)}${dead(glibc.replaceAll("queue", "other"), main)}\n${header(1)}${dead(glibc, pop)}`;
    expect(attachedOf(text).traces).toMatchObject([same]);
  });

  it("is none for a stack without a reporter", () => {
    expect(
      attachedOf("#0  0x01 in pop (queue=0x5) at queue.c:41\n#1  0x02 in main () at main.c:9\n").traces,
    ).toEqual([null]);
  });
});
