import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Obstacle, obstacles } from "../../src/clean/obstacles.js";
import { View } from "../../src/text/view.js";
import { lineOf, printedFrames } from "../parse/printed-traces.js";

function editedBy(text: string): string[] {
  const view = View.of(text);
  return obstacles.filter((obstacle: Obstacle) => obstacle(view).length > 0).map(({ name }) => name);
}

const python = `Traceback (most recent call last):
  File "x.py", line 3, in <module>
    f(a=1, b="<br>")  # 0 is enough
ValueError: #3 is not allowed (see f())
`;
const yaml = `# 0 and 1 are reserved
jobs:
  - name: "#1 build (x=3D)"
    run: echo "\\033[31m#0\\033[m" &amp;&amp; f (a=1)
  * #2
`;
const markdown = `# Release notes

* [#12](https://x.org/12) fix \`f()\` in **g** (somebody)
1. #13 is done (a=1)

| # | what |
| - | --- |
| #0 | \\_nothing\\_ |

> quoted &lt; text
`;

describe("a text that nothing happened to", () => {
  it.each([
    ["a Python traceback", python],
    ["YAML", yaml],
    ["a package file", readFileSync(new URL("../../package.json", import.meta.url), "utf8")],
    ["a configuration", readFileSync(new URL("../../biome.json", import.meta.url), "utf8")],
    ["a module", readFileSync(new URL("../../src/clean/markdown.ts", import.meta.url), "utf8")],
  ])("is not edited: %s", (_, text) => {
    expect(editedBy(text)).toEqual([]);
  });

  it("loses nothing but its quote marks: Markdown", () => {
    expect(new Set(editedBy(markdown))).toEqual(new Set(["quote"]));
  });

  it("is not edited: a trace as gdb prints it", () => {
    fc.assert(
      fc.property(printedFrames, (frames) => {
        expect(editedBy(frames.map((frame) => `${lineOf(frame)}\n`).join(""))).toEqual([]);
      }),
    );
  });
});
