import { describe, expect, it } from "vitest";
import { cleaned } from "./cleaned.js";

const frames = "#0  f (a=1) at x.c:3\n#1  main () at x.c:9\n";

describe("Markdown", () => {
  it.each([
    ["a fence in the line", "```#0  f (a=1) at x.c:3\n#1  main () at x.c:9```\n"],
    ["tildes in the line", "~~~#0  f (a=1) at x.c:3\n#1  main () at x.c:9~~~\n"],
    ["code spans", "`#0  f (a=1) at x.c:3`\n`#1  main () at x.c:9`\n"],
    ["bold lines", "**#0  f (a=1) at x.c:3**\n**#1  main () at x.c:9**\n"],
    ["bold names", "#0  **f** (a=1) at x.c:3\n#1  **main** () at x.c:9\n"],
    ["numbered items", "1. #0  f (a=1) at x.c:3\n2. #1  main () at x.c:9\n"],
    ["round bullets", "• #0  f (a=1) at x.c:3\n• #1  main () at x.c:9\n"],
    ["rows of a table", "| #0  f (a=1) at x.c:3 |\n| #1  main () at x.c:9 |\n"],
    ["escaped levels", "\\#0  f (a=1) at x.c:3\n\\#1  main () at x.c:9\n"],
    ["linked levels", "[#0](https://x.org/0)  f (a=1) at x.c:3\n[#1][1]  main () at x.c:9\n"],
    ["linked files", "#0  f (a=1) at <http://x.c|x.c>:3\n#1  main () at [x.c](http://x.c):9\n"],
  ])("is undone: %s", (_, raw) => {
    expect(cleaned(raw)).toBe(frames);
  });

  it("parts a frame from the words around its fence", () => {
    expect(cleaned("It says ```#0  main () at x.c:9``` here\n")).toBe(
      "It says \n#0  main () at x.c:9\n here\n",
    );
  });

  it("takes the backslashes of escapes, not those of strings, characters and Windows", () => {
    expect(
      cleaned("#0  do\\_it (a=\\<optimized out\\>, s=0x5 \"a\\_b\", c=92 '\\\\') at C:\\\\_x\\y.c:3\n"),
    ).toBe("#0  do_it (a=<optimized out>, s=0x5 \"a\\_b\", c=92 '\\\\') at C:\\\\_x\\y.c:3\n");
  });

  it("takes out a fence that a tracker put into a frame", () => {
    expect(cleaned("#0  0x00001136 in f (\n\n```\na=1, b=2) at x.c:3\n```\n")).toBe(
      "#0  0x00001136 in f (a=1, b=2) at x.c:3\n```\n",
    );
  });

  it.each([
    "* [#12](https://x.org/12) net: fix race in write() before connect() (somebody)\n",
    "1. #12 is done\n2. #13 (the other one) is not\n",
    "| **#3** | `#4` | f (x) |\n",
    "Use `#0` for the innermost frame, and **bold** for (a=1).\n",
    "\\#define f\\_x (a)\n",
  ])("is left in %j", (raw) => {
    expect(cleaned(raw)).toBe(raw);
  });
});
