import { describe, expect, it } from "vitest";
import { threadOf } from "../parse/reading.js";
import { cleaned } from "./cleaned.js";

const full = [
  "(gdb) bt full",
  "#0  0x0000000000401136 in f (a=1, b=2) at x.c:3",
  "        ret = 5",
  "        s = {",
  "          x = 1",
  "        }",
  "#1  0x0000000000401137 in main () at x.c:9",
  "No locals.",
  "",
].join("\n");

const indented = (text: string, indent: string): string => text.replace(/^(?=.)/gm, indent);

describe("indentation of a whole trace", () => {
  it.each([
    ["two blanks", "  "],
    ["three blanks", "   "],
    ["four blanks", "    "],
    ["56 blanks", " ".repeat(56)],
    ["a tab", "\t"],
    ["two tabs", "\t\t"],
  ])("is taken away, and locals keep their distance: %s", (_, indent) => {
    expect(cleaned(indented(full, indent))).toBe(full);
  });

  it("is taken away from a frame that gdb broke", () => {
    expect(cleaned("   #0  f (a=1,\n       b=2) at x.c:3\n   #1  main () at x.c:4\n")).toBe(
      "#0  f (a=1, b=2) at x.c:3\n#1  main () at x.c:4\n",
    );
  });

  it("is no reason to move what a frame filter indents", () => {
    const filtered = "#0  f () at x.c:3\n#1  g () at x.c:5\n    #2  h () at x.c:6\n#3  main () at x.c:9\n";
    expect(cleaned(filtered)).toBe(filtered);
    expect(cleaned(indented(filtered, "  "))).toBe(filtered);
  });

  it("gives every trace of a text its own margin", () => {
    expect(cleaned("    #0  f () at x.c:3\n\nand\n\n  #0  g () at x.c:3\n")).toBe(
      "#0  f () at x.c:3\n\nand\n\n#0  g () at x.c:3\n",
    );
  });

  it.each(["  #12 is done\n    #13 is not\n", "    #1 SMP Debian 6.1\n", "  * #4: fix f (x)\n"])(
    "is left in %j",
    (raw) => {
      expect(cleaned(raw)).toBe(raw);
    },
  );
});

describe("tabs", () => {
  it("stand for eight blanks in front of locals, and for one inside a frame", () => {
    const { frames } = threadOf(
      "#0\tf\t(a=1)\tat x.c:3\n\tret = 5\n\ts = {\n\t  x = 1\n\t}\n#1\tmain () at x.c:9\n",
    );
    expect(frames.map(({ location }) => location?.line)).toEqual([3, 9]);
    expect(frames[0]?.locals?.map(({ name, value }) => [name, value])).toEqual([
      ["ret", "5"],
      ["s", "{ x = 1 }"],
    ]);
  });

  it("are left in source lines that gdb echoes", () => {
    const raw = "#0  f () at x.c:3\n3\t  g\t();\n";
    expect(cleaned(raw)).toBe(raw);
  });
});
