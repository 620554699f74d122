import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";

const stack =
  "#0  0x0000000000001131 in walk () at list.c:12\n#1  0x0000000000001160 in main () at list.c:30\n";

/** So many of them that asking each about all others would take far longer. */
const texts: readonly (readonly [string, (index: number) => string])[] = [
  ["messages", (index) => `x: a.c:${index % 9999}: f${index}: Assertion \`a${index} > 0' failed.\n`],
  ["frames at which gdb stopped", (index) => `(gdb) #0  f${index} () at a.c:3\n`],
  ["threads", (index) => `Thread ${index + 1} (Thread 0x7f (LWP ${index})):\n${stack}\n`],
  [
    "traces with a message",
    (index) => `x: a.c:3: f${index}: Assertion \`a > 0' failed.\n#0  f${index} () at a.c:3\n${stack}`,
  ],
];

describe("a report on very many things", () => {
  it.each(texts)("takes time in proportion to them: %s", (_, textOf) => {
    const text = Array.from({ length: 12_000 }, (_unused, index) => textOf(index)).join("");
    const before = performance.now();
    expect(reportOfText(text).documents).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(15_000);
  });
});
