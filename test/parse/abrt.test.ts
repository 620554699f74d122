import { describe, expect, it } from "vitest";
import { frameWordsOf, nested, printOf, shapeOf } from "./foreign-reading.js";
import { diagnosedOf, namesOf, threadOf, traceOf, wordsOf } from "./reading.js";

const report = `cmdline:        /usr/bin/lampd --once
reason:         lampd was killed by SIGSEGV
type:           CCpp

Truncated backtrace:
Thread no. 1 (5 frames)
 #0 lamp_off at board.c:31
 #1 ??
 #3 lamp::Board::slot(int, char const*) at ../src/board.cc:7
 #4 gtk_main at /usr/lib64/libgtk-3.so.0
 #5 main at main.c:9
`;

describe("a stack in a report of ABRT", () => {
  it("is a trace of gdb, of the thread that crashed", () => {
    expect(traceOf(report)).toMatchObject({
      dialect: "gdb",
      program: "/usr/bin/lampd --once",
      signal: { name: "SIGSEGV" },
      threads: [{ number: "1", crashed: true, end: null }],
    });
    expect(diagnosedOf(report)).toEqual([]);
  });

  it("has frames with names and places", () => {
    const nothing = { address: null, function: null, place: null, library: null, offset: null };
    expect(threadOf(report).frames.map(printOf)).toEqual([
      { ...nothing, level: 0, function: "lamp_off", place: "board.c:31" },
      { ...nothing, level: 1 },
      { ...nothing, level: 3, function: "lamp::Board::slot(int, char const*)", place: "../src/board.cc:7" },
      { ...nothing, level: 4, function: "gtk_main", library: "/usr/lib64/libgtk-3.so.0" },
      { ...nothing, level: 5, function: "main", place: "main.c:9" },
    ]);
  });

  it("has spans from the heading to the last frame", () => {
    expect(wordsOf(report, traceOf(report).span)).toMatch(/^Thread no\. 1 .*main\.c:9$/s);
    expect(frameWordsOf(report)[1]).toBe("#1 ??");
    expect(nested(report)).toBe(true);
  });

  it("shows where the signal was delivered", () => {
    const text = "Thread no. 2 (2 frames)\n #1 <signal handler called>\n #2 main at a.c:9\n";
    expect(threadOf(text).frames.map(({ kind, function: name }) => [kind, name])).toEqual([
      ["signal-handler", null],
      ["normal", "main"],
    ]);
  });

  it("ends where something else stands, and gdb's own frames below it are gdb's", () => {
    const gdb = "#0  0x0000000000001131 in walk (node=0x0) at list.c:12\n#1  main () at list.c:30\n";
    expect(shapeOf(`${report}\n${gdb}`)).toEqual(["gdb 5", "gdb 2"]);
    expect(
      namesOf(threadOf(`Thread no. 1 (2 frames)\n #0 foo at a.c:3\nregards\n #1 main at a.c:9\n`)),
    ).toEqual(["0 foo"]);
  });

  it("is nothing without its heading", () => {
    expect(shapeOf(" #0 foo at a.c:3\n #1 main at a.c:9\n")).toEqual([]);
  });
});
