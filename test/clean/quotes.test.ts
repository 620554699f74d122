import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";

const cleaned = (raw: string): string => clean(raw).view.text;

describe("quote marks", () => {
  it.each([
    ["one mark fewer", ">> #4 f (a=1,\n> b=2) at x.c:3"],
    ["one mark more", "> #4 f (a=1,\n>> b=2) at x.c:3"],
    ["none", "> #4 f (a=1,\nb=2) at x.c:3"],
    ["empty quoted lines", "> #4 f (a=1,\n>\n> b=2)\n>\n> at x.c:3"],
    ["marks in the middle of the line", ">> #4 f (a=1, > b=2) > at x.c:3"],
    ["tabs behind the marks", ">\t#4 f (a=1,\n>\tb=2) at x.c:3"],
    ["nothing behind the marks", ">#4 f (a=1,\n>    b=2) at x.c:3"],
  ])("are taken off a frame whose lines have %s", (_, quoted) => {
    expect(cleaned(quoted)).toBe("#4 f (a=1, b=2) at x.c:3");
  });

  it("leave the blanks that gdb puts in front of locals where nothing stands behind them", () => {
    expect(cleaned(">#0  f () at x.c:1\n>        n = 3\n>#1  g () at x.c:2")).toBe(
      "#0  f () at x.c:1\n        n = 3\n#1  g () at x.c:2",
    );
  });

  it.each([
    ["a marker", "> #0  f (a=<optimized out\n>, b=1) at x.c:1", "#0  f (a=<optimized out>, b=1) at x.c:1"],
    [
      "a symbol",
      '> #0  f (a=0x1 <table\n> "text", b=1) at x.c:1',
      '#0  f (a=0x1 <table> "text", b=1) at x.c:1',
    ],
    [
      "a symbol, alone on its line",
      '#0  f (a=0x1 <table\n> \n"text", b=1) at x.c:1',
      '#0  f (a=0x1 <table> "text", b=1) at x.c:1',
    ],
  ])("are told from the `>` of %s that a terminal put first in a line", (_, text, whole) => {
    expect(cleaned(text)).toBe(whole);
  });

  it("are told from a comparison in a message that nobody quoted", () => {
    expect(cleaned("see\nx: a.c:1: f: Assertion `n\n> 0' failed.\n")).toBe(
      "see\nx: a.c:1: f: Assertion `n > 0' failed.\n",
    );
  });

  it("are not taken out of a value", () => {
    const frame = "#5 g (s=1 > 2, t=0) at x.c:3";
    expect(cleaned(frame)).toBe(frame);
  });
});

describe("empty lines", () => {
  it("between all lines are taken out, inside frames too", () => {
    const lines = [
      "#0  f (a=1,",
      "b=2, c=<optimized",
      "out>)",
      "at x.c:1",
      "#1  0x0000 in g ()",
      "at y.c:3",
      "#2  main ()",
    ];
    expect(cleaned(lines.join("\n\n"))).toBe(
      "#0  f (a=1, b=2, c=<optimized out>) at x.c:1\n#1  0x0000 in g () at y.c:3\n#2  main ()",
    );
  });

  it("between whole frames stay", () => {
    const text = "#0  f () at x.c:1\n\n#1  g () at x.c:2\n\n#2  h () at x.c:3\n\n#3  main () at x.c:4\n";
    expect(cleaned(text)).toBe(text);
  });
});
