import { describe, expect, it } from "vitest";
import { attachAssertions } from "../../src/parse/attach.js";
import { attachMessages } from "../../src/parse/attach-messages.js";
import { readingOf } from "./reading.js";

/** The texts that each trace was given, and those that none was, one list for each death. */
function attachedOf(text: string): { traces: string[][]; loose: string[][] } {
  const reading = readingOf(text);
  const { traces, loose } = attachMessages(attachAssertions([reading]).traces, reading.messages);
  const textsOf = (messages: readonly { text: string }[]): string[] => messages.map((one) => one.text);
  return { traces: traces.map(({ messages }) => textsOf(messages)), loose: loose.map(textsOf) };
}

/** A stack that died by abort; `frames` called it. */
function dead(...frames: readonly string[]): string {
  return ["raise (sig=6) at raise.c:50", "abort () at abort.c:79", ...frames]
    .map((frame, level) => `#${level}  0x000000000000110${level} in ${frame}\n`)
    .join("");
}

const main = "main () at main.c:9";
const freed = "free(): invalid pointer";
const inMalloc = dead(
  `malloc_printerr (str=0x1 "${freed}") at malloc.c:9`,
  "_int_free () at malloc.c:8",
  main,
);
const inMallocMute = dead(
  "malloc_printerr (str=<optimized out>) at malloc.c:9",
  "_int_free () at malloc.c:8",
  main,
);
const inTerminate = dead("std::terminate () at eh.cc:9", "__cxa_throw () at eh.cc:8", main);

describe("a message belongs to a trace", () => {
  it.each([
    ["whose frames hold its text", freed, inMalloc],
    ["whose frames hide its text", freed, inMallocMute],
    [
      "of the stack protector",
      "*** stack smashing detected ***: terminated",
      dead(
        '__fortify_fail (msg=0x1 "stack smashing detected") at f.c:9',
        "__stack_chk_fail () at s.c:8",
        main,
      ),
    ],
    ["of std::terminate", "terminate called without an active exception", inTerminate],
    [
      "of a panic",
      "thread 'main' panicked at src/main.rs:3:5: no",
      dead("std::process::abort () at process.rs:9", "std::panicking::rust_panic () at panicking.rs:8", main),
    ],
    [
      "of a coroutine",
      "Co-routine re-entered recursively",
      dead("qemu_aio_coroutine_enter () at coroutine.c:9", main),
    ],
    [
      "of GLib's locks",
      "GLib (gthread-posix.c): Unexpected error from C library during 'pthread_mutex_lock': Invalid argument.  Aborting.",
      dead("g_thread_abort () at gthread-posix.c:9", main),
    ],
    [
      "without symbols",
      freed,
      "#0  0x01 in raise () from /lib/libc.so.6\n#1  0x02 in abort () from /lib/libc.so.6\n#2  0x03 in ?? () from /lib/libc.so.6\n#3  0x04 in main () at main.c:9\n",
    ],
  ])("%s", (_, message, stack) => {
    const text = message.replace(": no", ":\nno");
    expect(attachedOf(`${text}\n${stack}`)).toEqual({ traces: [[message]], loose: [] });
  });

  it("that stands in front of it, where it is the only one", () => {
    expect(attachedOf(`${inMalloc}${freed}\n`)).toEqual({ traces: [[freed]], loose: [] });
  });

  it("that a debugger got hold of by a trap", () => {
    const stop = "Program received signal SIGTRAP, Trace/breakpoint trap.\n";
    const stack = "#0  0x01 in g_logv () from /lib/libglib-2.0.so.0\n#1  0x02 in main () at main.c:9\n";
    for (const level of ["ERROR", "CRITICAL", "WARNING"]) {
      const message = `(app:4711): Gtk-${level} **: no display`;
      expect(attachedOf(`${message}\n${stop}${stack}`)).toEqual({ traces: [[message]], loose: [] });
    }
  });

  it("however often its stack is printed", () => {
    const text = `${freed}\n(gdb) bt\n${inMalloc}(gdb) bt 3\n${inMalloc.split("\n").slice(0, 3).join("\n")}\n`;
    expect(attachedOf(text)).toEqual({ traces: [[freed], [freed]], loose: [] });
  });

  it("with what was said behind it", () => {
    const said = ["pure virtual method called", "terminate called without an active exception"];
    const stack = dead("std::terminate () at eh.cc:9", "__cxa_pure_virtual () at eh.cc:8", main);
    expect(attachedOf(`${said.join("\n")}\n${stack}`)).toEqual({ traces: [said], loose: [] });
  });

  it("of its own, where a text tells of two", () => {
    const other = "free(): invalid size";
    const second = inMalloc.replace(freed, other).replaceAll("0x00000000000011", "0x00000000000022");
    const text = `${freed}\n${inMalloc}(gdb) run\n${other}\n${second}`;
    expect(attachedOf(text)).toEqual({ traces: [[freed], [other]], loose: [] });
  });

  it("that Rust prints its own message with", () => {
    const panic = "thread 'main' panicked at src/main.rs:3:5:\nno\n";
    const stack =
      "stack backtrace:\n   0: rust_begin_unwind\n             at /rustc/1/panicking.rs:9:5\n   1: core::panicking::panic_fmt\n             at /rustc/1/panicking.rs:8:5\n   2: app::main\n             at ./src/main.rs:3:5\n";
    expect(attachedOf(panic + stack).traces).toEqual([["thread 'main' panicked at src/main.rs:3:5: no"]]);
  });
});

describe("a message does not belong to a trace", () => {
  it.each([
    ["that shows another text", "free(): invalid size", inMalloc],
    ["that ended itself otherwise", freed, inTerminate],
    ["that shows who called abort", freed, dead(main)],
    ["that only stopped", freed, "#0  0x01 in walk () at walk.c:9\n#1  0x02 in main () at main.c:9\n"],
    [
      "that got another signal",
      freed,
      `Program received signal SIGSEGV, Segmentation fault.\n${inMallocMute}`,
    ],
  ])("%s", (_, message, stack) => {
    expect(attachedOf(`${message}\n${stack}`)).toEqual({ traces: [[]], loose: [[message]] });
  });

  it("of a failed assertion", () => {
    const stack = dead(
      '__assert_fail (assertion=0x1 "n > 0", file=0x2 "q.c", line=4, function=0x3 "pop") at assert.c:9',
      main,
    );
    expect(attachedOf(`${freed}\n${stack}`)).toEqual({ traces: [[]], loose: [[freed]] });
  });

  it("of another death that has one", () => {
    const second = inMallocMute.replaceAll("0x00000000000011", "0x00000000000022");
    expect(attachedOf(`${freed}\n${inMalloc}(gdb) run\n${second}`)).toEqual({
      traces: [[freed], []],
      loose: [],
    });
  });

  it("in front of it, where there are several", () => {
    const others = [freed, "munmap_chunk(): invalid pointer"];
    expect(attachedOf(`${inMallocMute}${others.join("\n")}\n`)).toEqual({
      traces: [[]],
      loose: others.map((one) => [one]),
    });
  });
});

describe("messages of which no trace shows the death", () => {
  it("are told once, though they were said again", () => {
    expect(attachedOf(`${freed}\nwords\n${freed}\n`).loose).toEqual([[freed]]);
  });

  it("are none where the program went on", () => {
    expect(
      attachedOf("(app:4711): Gtk-CRITICAL **: no display\n(app:4711): Gtk-WARNING **: no display\n").loose,
    ).toEqual([]);
  });

  it("are one death where the second goes on with the first, and two where they are far apart", () => {
    const said = ["pure virtual method called", "terminate called without an active exception"];
    expect(attachedOf(`${said.join("\n")}\n`).loose).toEqual([said]);
    expect(attachedOf(`${said.join(`\n${"words\n".repeat(9)}`)}\n`).loose).toEqual(said.map((one) => [one]));
  });

  it("take time that grows as the text does", () => {
    const text = (count: number): string => `${freed}\n${inMallocMute}\n(gdb) run\n`.repeat(count);
    const timeOf = (count: number): number => {
      const reading = readingOf(text(count));
      const start = performance.now();
      attachMessages(reading.traces, reading.messages);
      return performance.now() - start;
    };
    timeOf(100);
    expect(timeOf(1600)).toBeLessThan(60 * Math.max(1, timeOf(100)));
  });
});
