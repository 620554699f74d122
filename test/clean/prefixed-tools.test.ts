import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";
import { cleaned } from "./cleaned.js";

/** What tools other than gdb's command line print. */
const printed: Readonly<Record<string, string>> = {
  gdb: `#0  0x0000555555555131 in foo (p=0x0) at /src/a.c:3
        x = 1
#1  0x0000555555555150 in bar (n=2) at /src/a.c:9
#2  0x0000555555555170 in main () at /src/a.c:12`,
  coredumpctl: `Process 123 (a.out) of user 0 dumped core.

Stack trace of thread 123:
#0  0x00007f1234567890 raise (libc.so.6 + 0x3d)
#1  0x00007f1234567990 abort (libc.so.6 + 0x4d)
#2  0x0000555555555170 main (a.out + 0x1170)`,
  "eu-stack": `PID 5 - process
TID 5:
#0  0x00007f1234567890 raise
#1  0x00007f1234567990 abort
#2  0x0000555555555170 main`,
  Rust: `thread 'main' panicked at src/main.rs:2:5:
boom
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:647:5
   1: core::panicking::panic_fmt
             at /rustc/abc/library/core/src/panicking.rs:72:14
   2: demo::main
             at ./src/main.rs:2:5`,
  ThreadSanitizer: `==================
WARNING: ThreadSanitizer: data race (pid=11)
  Write of size 4 at 0x55d0 by thread T1:
    #0 work /src/a.c:3 (a.out+0x1234)
    #1 start /src/a.c:9 (a.out+0x1334)

  Previous write of size 4 at 0x55d0 by main thread:
    #0 work /src/a.c:3 (a.out+0x1234)
    #1 main /src/a.c:19 (a.out+0x1434)

SUMMARY: ThreadSanitizer: data race /src/a.c:3 in work`,
  AddressSanitizer: `==11==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x5570 bp 0x7ffd sp 0x7ffc T0)
    #0 0x55d0c0ffee00 in work /src/a.c:3
    #1 0x55d0c0ffee10 in main /src/a.c:9:12

SUMMARY: AddressSanitizer: SEGV /src/a.c:3 in work`,
  lldb: `* thread #1, name = 'a.out', stop reason = signal SIGSEGV: invalid address (fault address: 0x0)
  * frame #0: 0x0000555555555131 a.out\`foo(p=0x0000000000000000) at a.c:3:6
    frame #1: 0x0000555555555150 a.out\`bar(n=2) at a.c:9:3
    frame #2: 0x0000555555555170 a.out\`main at a.c:12:3`,
  "gdb/MI": String.raw`~"#0  0x0000555555555131 in foo (p=0x0) at a.c:3\n"
~"#1  0x0000555555555150 in bar (n=2) at a.c:9\n"
~"#2  0x0000555555555170 in main () at a.c:12\n"`,
};

/** What stands in front of line number `index`. */
const prefixes: Readonly<Record<string, (index: number) => string>> = {
  "a comment of TAP": () => "# ",
  "a bar": () => "| ",
  "a program's name": () => "[qemu] ",
  "a container's stamp": (index) =>
    `2024-05-01T10:00:00.${String(index * 1001 + 1).padStart(9, "0")}Z stderr F `,
  "a logger's stamp": (index) => `2024-05-01 10:00:00,${123 + index} - root - ERROR - `,
  "a line number": (index) => `${String(index + 8).padStart(4)} `,
  "a line number and a tab": (index) => `${String(index + 8).padStart(6)}\t`,
  "grep's line number": (index) => `${index + 12}:`,
  "grep's file and line number": (index) => `log.txt:${index + 12}:`,
};

/** What was read, but for where it stands. */
function readOf(text: string): unknown {
  const traces = reportOfText(`${text}\n`).documents.flatMap(({ traces }) => traces);
  return JSON.parse(
    JSON.stringify(traces, (key, value: unknown) =>
      ["span", "document", "path", "id"].includes(key) ? null : value,
    ),
  );
}

function behind(prefix: (index: number) => string, text: string): string {
  return text
    .split("\n")
    .map((line, index) => prefix(index) + line)
    .join("\n");
}

describe.each(Object.entries(printed))("a stack of %s", (_, text) => {
  it.each(Object.entries(prefixes))("is read behind %s", (_, prefix) => {
    expect(readOf(text)).not.toEqual([]);
    expect(readOf(behind(prefix, text))).toEqual(readOf(text));
  });
});

describe("the margin of a text", () => {
  it.each(["Rust", "ThreadSanitizer", "lldb"])("stays behind the prefix: %s", (tool) => {
    const text = `${printed[tool]}\n`;
    expect(cleaned(behind((index) => `[qemu:${index}] `, text.trimEnd()))).toBe(text.trimEnd());
  });
});

describe("a line of a container that was cut for its length", () => {
  it("goes on with the next one of the same stream", () => {
    const stamp = "2024-05-01T10:00:00.000000001Z stderr ";
    expect(cleaned(`${stamp}P #0  main (a=1,\n${stamp}F  b=2) at a.c:3\n${stamp}F done\n`)).toBe(
      "#0  main (a=1, b=2) at a.c:3\ndone\n",
    );
  });
});

describe("words in front of a number", () => {
  it.each(["Fixes #2 the leak at a.c:3\nFixes #3 the race at b.c:4\n", "see  1: one\nsee  2: two\n"])(
    "are no prefix of frames: %j",
    (text) => {
      expect(cleaned(text)).toBe(text);
    },
  );
});
