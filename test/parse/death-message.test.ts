import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDeathLine } from "../../src/parse/death-line.js";
import type { DeathKind } from "../../src/parse/death-nodes.js";
import { readingOf, wordsOf } from "./reading.js";

const messages: readonly (readonly [DeathKind, string])[] = [
  ["malloc", "free(): invalid pointer"],
  ["malloc", "free(): invalid size"],
  ["malloc", "free(): invalid next size (fast)"],
  ["malloc", "free(): double free detected in tcache 2"],
  ["malloc", "free(): unaligned chunk detected in tcache 2"],
  ["malloc", "free(): too many chunks detected in tcache"],
  ["malloc", "free(): corrupted unsorted chunks"],
  ["malloc", "malloc(): corrupted top size"],
  ["malloc", "malloc(): memory corruption"],
  ["malloc", "malloc(): invalid size (unsorted)"],
  ["malloc", "malloc(): mismatching next->prev_size (unsorted)"],
  ["malloc", "malloc(): invalid next->prev_inuse (unsorted)"],
  ["malloc", "malloc(): largebin double linked list corrupted (nextsize)"],
  ["malloc", "malloc(): unaligned fastbin chunk detected 3"],
  ["malloc", "realloc(): invalid old size"],
  ["malloc", "malloc_consolidate(): invalid chunk size"],
  ["malloc", "munmap_chunk(): invalid pointer"],
  ["malloc", "tcache_thread_shutdown(): unaligned tcache chunk detected"],
  ["malloc", "double free or corruption (!prev)"],
  ["malloc", "corrupted size vs. prev_size"],
  ["malloc", "corrupted size vs. prev_size while consolidating"],
  ["malloc", "corrupted double-linked list (not small)"],
  ["malloc", "*** Error in `./reader': free(): invalid pointer: 0x0000000001b2e010 ***"],
  ["malloc", "*** Error in `/opt/my tools/reader': corrupted double-linked list: 0x0804b008 ***"],
  ["malloc", "*** glibc detected *** ./reader: double free or corruption (fasttop): 0x0804b008 ***"],
  ["detected", "*** stack smashing detected ***: terminated"],
  ["detected", "*** stack smashing detected ***: <unknown> terminated"],
  ["detected", "*** buffer overflow detected ***: /opt/my tools/reader terminated"],
  ["detected", "*** longjmp causes uninitialized stack frame ***: terminated"],
  ["detected", "*** invalid openat64 call: O_CREAT or O_TMPFILE without mode ***: terminated"],
  ["detected", "*** %n in writable segment detected ***"],
  ["detected", "*** invalid %N$ use detected ***"],
  ["libc", "Fatal glibc error: array index 3 not less than array length 2"],
  ["libc", "Fatal error: glibc detected an invalid stdio handle"],
  ["libc", "The futex facility returned an unexpected error code."],
  ["libc", "Unexpected error 9 on netlink descriptor 7."],
  ["libc", "FATAL: exception not rethrown"],
  ["libc", "libgcc_s.so.1 must be installed for pthread_cancel to work"],
  ["terminate", "terminate called after throwing an instance of 'std::out_of_range'"],
  ["terminate", "terminate called after throwing an instance of 'Tagged<'x'>'"],
  ["terminate", "terminate called without an active exception"],
  ["terminate", "terminate called recursively"],
  ["terminate", "pure virtual method called"],
  ["terminate", "libc++abi: terminating due to uncaught exception of type app::Error: no such file"],
  ["terminate", "libc++abi.dylib: terminating with uncaught exception of type int"],
  ["terminate", "libc++abi: Pure virtual function called!"],
  [
    "glib-thread",
    "GLib (gthread-posix.c): Unexpected error from C library during 'pthread_mutex_lock': Invalid argument.  Aborting.",
  ],
  ["glib-error", "(reader:4711): GLib-ERROR **: 12:00:00.000: gmem.c:106: failed to allocate 16 bytes"],
  ["glib-error", "** (process:4711): ERROR **: 12:00:00.000: no such device"],
  ["glib-error", "** ERROR **: no such device"],
  ["glib-error", "GLib-GIO-ERROR (recursed) **: no such device"],
  ["glib-log", "((null):4711): Spice-CRITICAL **: memslot.c:69: out of range"],
  ["glib-log", "GLib-GObject-CRITICAL **: g_object_unref: assertion 'G_IS_OBJECT (object)' failed"],
  ["rust-abort", "thread 'main' has overflowed its stack"],
  ["rust-abort", "thread 'it's' (4711) has overflowed its stack"],
  ["rust-abort", "fatal runtime error: stack overflow, aborting"],
  ["rust-abort", "memory allocation of 17179869184 bytes failed"],
  ["rust-abort", "thread caused non-unwinding panic. aborting."],
  ["rust-panic", "thread 'main' panicked at src/main.rs:3:5:"],
  ["rust-panic", "thread 'main' panicked at 'the store is gone', src/main.rs:3:5"],
  ["coroutine", "Co-routine re-entered recursively"],
  ["coroutine", "aio_co_schedule: Co-routine was already scheduled in 'bdrv_drain_bh_cb'"],
];

const mentions: readonly string[] = [
  "",
  "free()",
  "free(): invalid pointer in my program",
  "I get free(): invalid pointer",
  '"free(): invalid pointer"',
  "`free(): invalid pointer`",
  "* free(): invalid pointer",
  "| free(): invalid pointer",
  '+    malloc_printerr ("malloc(): corrupted top size");',
  "malloc(): the function that gets memory",
  "double free or corruption",
  "a double free or corruption (out)",
  "error: double free or corruption (out)",
  "*** stack smashing detected ***",
  "With this option the program says *** stack smashing detected ***: terminated",
  "*** buffer overflow detected ***: the program was terminated by it.",
  "*** Aborted at 1700000000 (unix time) ***",
  "Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: old_size == 0",
  "The futex facility returned an unexpected error code. Why?",
  "terminate called",
  "terminate called after throwing an instance of std::bad_alloc",
  "What does terminate called without an active exception mean?",
  "the pure virtual method called update",
  "libc++abi: version 14",
  "ERROR **: no such device",
  "ERROR:queue.c:41:pop: assertion failed: (n > 0)",
  "-ERROR **: no such device",
  "thread 'main' panicked at 'assertion failed: n > 0', src/main.rs:3:5",
  "the thread 'main' has overflowed its stack",
  "src/list.c:7:12: runtime error: signed integer overflow",
  "memory allocation of the cache failed",
  "Co-routine",
];

describe("a line is the message of a dying program", () => {
  it.each(messages)("of the kind %s: %s", (kind, line) => {
    expect(parseDeathLine(line)).toEqual({ kind, start: 0, end: line.length });
  });

  it.each(messages)("%s, with blanks around it: %s", (kind, line) => {
    expect(parseDeathLine(`  ${line}\t `)).toMatchObject({ kind, start: 2, end: line.length + 2 });
  });

  it.each(["reader[4711]: ", "error: internal error: qemu unexpectedly closed the monitor: "])(
    "behind %j",
    (lead) => {
      const line = "free(): invalid pointer";
      expect(parseDeathLine(lead + line)).toEqual({
        kind: "malloc",
        start: lead.length,
        end: lead.length + line.length,
      });
    },
  );
});

describe("a line is no message of a dying program", () => {
  it.each(mentions)("%j", (line) => {
    expect(parseDeathLine(line)).toBeNull();
  });

  it("whatever stands behind a message on its line", () => {
    const words = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.constantFrom(...messages), words, ([kind, line], word) => {
        fc.pre(
          !/GLib|ERROR|CRITICAL|Fatal glibc|libc\+\+abi: term|libc\+\+abi.dylib|fatal runtime/.test(line),
        );
        expect([kind, parseDeathLine(`${line} ${word}`)]).toEqual([kind, null]);
      }),
    );
  });

  it("whatever somebody says in front of it", () => {
    const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...messages), words, ([, line], word) => {
        expect(parseDeathLine(`${word} ${line}`)).toBeNull();
        expect(parseDeathLine(`${word}: ${line}`)?.kind ?? "none").toMatch(/^none$/);
      }),
    );
  });

  it("however long it is, at once", () => {
    for (const part of [
      "*** ",
      "terminate called after throwing an instance of '",
      "thread '",
      "GLib-",
      "(a:1",
      "': ",
    ]) {
      const start = performance.now();
      parseDeathLine(part.repeat(100_000));
      parseDeathLine(`GLib-ERROR **: ${part.repeat(800)}`);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});

/** What is read of a text: the words, joined, and those that the span covers. */
function readOf(text: string): [string, string][] {
  return readingOf(text).messages.map((message) => [message.text, wordsOf(text, message.span)]);
}

describe("a message goes on in the line below", () => {
  it.each([
    [
      "what an exception says",
      "terminate called after throwing an instance of 'app::Error'\n  what():  no such file\nAborted\n",
      "terminate called after throwing an instance of 'app::Error' what():  no such file",
      "terminate called after throwing an instance of 'app::Error'\n  what():  no such file",
    ],
    [
      "what a panic says",
      "thread 'main' panicked at src/main.rs:3:5:\nthe store is gone\nnote: run with `RUST_BACKTRACE=1`\n",
      "thread 'main' panicked at src/main.rs:3:5: the store is gone",
      "thread 'main' panicked at src/main.rs:3:5:\nthe store is gone",
    ],
  ])("%s", (_, text, joined, words) => {
    expect(readOf(text)).toEqual([[joined, words]]);
  });

  it("not where that says something else", () => {
    const line = "terminate called after throwing an instance of 'app::Error'";
    expect(readOf(`${line}\nAborted\n`)).toEqual([[line, line]]);
    const panic = "thread 'main' panicked at src/main.rs:3:5:";
    expect(readOf(`${panic}\n\n`)).toEqual([[panic, panic]]);
    expect(readOf(panic)).toEqual([[panic, panic]]);
  });

  it("and is none where that is a failed assertion", () => {
    const text = "thread 'main' panicked at src/main.rs:3:5:\nassertion failed: n > 0\n";
    expect(readOf(text)).toEqual([]);
    expect(readingOf(text).assertions).toHaveLength(1);
  });
});

describe("messages in a text", () => {
  it("are all read, in order, and quoted ones too", () => {
    const lines = ["free(): invalid pointer", "pure virtual method called", "** ERROR **: no such device"];
    const text = lines.map((line) => `> ${line}\n> some words between\n`).join("");
    expect(readOf(text).map(([words]) => words)).toEqual(lines);
  });

  it("are none where a patch describes them", () => {
    const message = "free(): invalid pointer\n";
    const patch = `Subject: [PATCH] queue: do not free twice\n\nIt died with\n\n${message}\n--- a/queue.c\n+++ b/queue.c\n`;
    expect(readOf(patch)).toEqual([]);
    expect(readOf(`${patch}${message}`)).toHaveLength(1);
  });

  it.each([
    "terminate called after throwing an\ninstance of 'std::out_of_range'",
    "*** Error in `./reader': double free or corruption\n(!prev): 0x0000000001b2e010 ***",
    "*** buffer overflow detected\n***: ./reader terminated",
    "*** stack smashing detected ***:\nterminated",
    "thread 'main' (4711) panicked at\nsrc/main.rs:3:5:",
  ])("are one where a mailer broke them: %j", (text) => {
    expect(readOf(`\n${text}\n\nand more words\n`).map(([words]) => words)).toEqual([
      text.replace("\n", " "),
    ]);
  });
});
