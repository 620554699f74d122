import { describe, expect, it } from "vitest";
import { namesOf, threadOf } from "../parse/reading.js";
import { cleaned } from "./cleaned.js";

const lines = [
  "#0  0x0000555555555131 in foo (p=0x0) at a.c:3",
  '        s = "a\\n"',
  "#1  0x0000555555555150 in main () at a.c:9",
];

describe("what is left of line ends behind the lines", () => {
  it.each(["_x000D_", "_x000d_ ", "\\n", "\\r\\n", "\\r", "^M", "\0"])("is taken off: %j", (junk) => {
    expect(cleaned(lines.map((line) => `${line}${junk}\n`).join(""))).toBe(`${lines.join("\n")}\n`);
  });

  it("is taken off the lines of other tools", () => {
    const text =
      "PID 5 - process\\n\nTID 5:\\n\n#0  0x00007f1234567890 raise\\n\n#1  0x00007f12345678aa main\\n\n";
    expect(namesOf(threadOf(text))).toEqual(["0 raise", "1 main"]);
  });

  it.each([
    ["no frame has it", "printf a\\n\n#0  0x0000555555555131 in foo () at a.c:3\n"],
    ["it is a string's that was broken", '#0  f (s=0x55 "a\\n\n    b") at a.c:3\n'],
    ["the backslash is escaped", "#0  0x0000555555555131 in foo () at C:\\\\n\n"],
  ])("stays where %s", (_, text) => {
    expect(cleaned(text)).toMatch(/\\n/);
  });
});

describe("two frames without a line end between them", () => {
  it.each([
    [
      "a place",
      "#0  0x0000555555555131 in foo (p=0x0) at a.c:2",
      "#1  0x0000555555555150 in main () at a.c:9",
    ],
    ["a library", "#0  0x00007ffff7e5eeec in raise () from /lib/libc.so.6", "#1  main (n=1) at a.c:9"],
    ["no locals", "#0  foo () at a.c:2\nNo locals.", "#1  <signal handler called>"],
    ["a local", "#0  foo () at a.c:2\n        x = 12", "#1  0x0000555555555150 in main () at a.c:9"],
    ["a frame behind a prefix", "[qemu] #0  foo () at a.c:2", "#1  0x0000555555555150 in main () at a.c:9"],
  ])("are parted behind %s", (_, first, second) => {
    expect(cleaned(`${first}${second}\n`)).toBe(cleaned(`${first}\n${second}\n`));
  });

  it("are parted many times on one line", () => {
    const text = "#0  foo () at a.c:2#1  bar () at a.c:3#2  0x0000555555555150 in main () at a.c:9\n";
    expect(namesOf(threadOf(text))).toEqual(["0 foo", "1 bar", "2 main"]);
  });

  it.each([
    ["a string", '#0  foo (s=0x55 "a.c:2#1  0x0000555555555150 in main ()") at a.c:2\n'],
    ["another level", "#0  foo () at a.c:2#7  0x0000555555555150 in main () at a.c:9\n"],
    ["no frame", "#0  foo () at a.c:2#1 of many\n"],
  ])("are not seen in %s", (_, text) => {
    expect(cleaned(text)).toBe(text);
  });
});
