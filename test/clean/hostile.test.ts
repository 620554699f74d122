import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { type Obstacle, obstacles } from "../../src/clean/obstacles.js";
import { View } from "../../src/text/view.js";

/** So long that an obstacle with quadratic cost takes 10 s for each of a few triggers, one with linear cost 1 s for all. */
const long = 150_000;

function filled(unit: string, length = long): string {
  return unit.repeat(Math.ceil(length / unit.length));
}

/** What each obstacle looks for, over and over; what opens something never closes it. */
const triggers: readonly string[] = [
  "#1#2#3",
  "#0  f (",
  "#0  f (a=1,\n    b=2,\n",
  "#0  f ()\n\n",
  "#1\n",
  "(a=",
  '"',
  '\\"',
  '~"#0  f',
  'frame={a=\\"',
  "&amp;lt;",
  "<a href=",
  "=3D",
  "=\n",
  "\x1b]0;",
  "\x1b[1;",
  "[34m#1 ",
  "\r",
  "a\b",
  "#012",
  "Ã‚Â ï¼ƒ0",
  "\u00a0\u200b",
  "(a=“",
  "＞ #0",
  "2024-05-01T10:00:00.123456Z 00O+",
  "[ 1.2] ",
  "> > ",
  "> #0  f (a=<b\n",
  "JD> #1  f ()\nJD> #2  g ()\n",
  "@@ -1,9 +1,9 @@\n ",
  "--Type <RET> for more, q to quit",
  "\\#1 [#1](`*|",
  "\t#0 \t",
  "   #1  f (a=1)\n",
  "0  0x0000aaaa in f ()\n1 0x0000aaaa in g ()\n",
  "x=x at entry=",
  " #0  f () at x.c:1",
  "(a=0x2 ,",
  "Assertion `",
  "a: b.c:1: f: Assertion `a &&\n",
  "assertion failed\n",
  "Unexpected error in \n",
  "Thread 1 (Thread 0x1\n",
  ") at x/ y.c: ",
  " ",
  "\n",
];

describe("hostile text", () => {
  const named = obstacles.filter((obstacle, index) => obstacles.indexOf(obstacle) === index);

  it.each(named.map((obstacle): [string, Obstacle] => [obstacle.name, obstacle]))(
    "costs %s no more than its length",
    (_, obstacle) => {
      for (const trigger of triggers) {
        const text = filled(trigger);
        expect(obstacle(View.of(text)).length).toBeLessThanOrEqual(text.length);
        expect(obstacle(View.of(`#0  f (a=1, ${text}`)).length).toBeLessThanOrEqual(text.length + 20);
      }
    },
    20_000,
  );

  it("leaves the way back whole, whatever is repeated", () => {
    for (const trigger of triggers) {
      const raw = filled(trigger, 40_000);
      const { view } = clean(raw);
      for (const { view: at, length, raw: from, verbatim } of view.pieces)
        if (verbatim) expect(view.text.startsWith(raw.slice(from, from + length), at), trigger).toBe(true);
    }
  });

  it("may have more wrapped frames than a call takes arguments", () => {
    const frames = 150_000;
    const { view } = clean("#0  f (a=1,\n    b=2) at x.c:1\n".repeat(frames));
    expect(view.text).toBe("#0  f (a=1, b=2) at x.c:1\n".repeat(frames));
  });

  it("may have intact stretches between damaged frames, as many as it likes", () => {
    const intact = "#1  0x0000aaaabbbbcccc in g (n=3) at src/x.c:12\n".repeat(30);
    const text = `${intact}> #2  h (b=2) at y.c:1\n\n`.repeat(800);
    expect(clean(text).view.text).toBe(text.replaceAll("> #2", "#2"));
  });
});
