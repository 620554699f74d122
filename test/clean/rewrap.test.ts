import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { breakAt, wrapWords } from "../wrapping.js";

const mail = readFileSync(
  new URL("../../samples/qemu-memory/virtio-load-mail/input.txt", import.meta.url),
  "utf8",
);

/** The frame lines of a text, blanks folded. */
function framesOf(text: string): string[] {
  const lines = clean(text).view.text.split("\n");
  return lines.filter((line) => /^#\d/.test(line)).map((line) => line.replace(/\s+/g, " ").trim());
}

describe("rejoining", () => {
  it.each([
    ["before an argument", "#0  f (a=1, \n    b=2) at x.c:1", "#0  f (a=1, b=2) at x.c:1"],
    ["before the first argument", "#0  f (\n    a=1) at x.c:1", "#0  f (a=1) at x.c:1"],
    [
      "before the argument list",
      "#0  0x01 in longname\n    (a=1) at x.c:1",
      "#0  0x01 in longname (a=1) at x.c:1",
    ],
    ["before at", "#0  f (a=1)\n    at x.c:1", "#0  f (a=1) at x.c:1"],
    ["before from", "#0  0x01 in ?? ()\n   from /lib/libc.so.6", "#0  0x01 in ?? () from /lib/libc.so.6"],
  ])("undoes gdb's own break %s", (_, wrapped, whole) => {
    expect(clean(wrapped).view.text).toBe(whole);
  });

  it.each([
    ["inside a string", '#0  f (s=0x1 "a ==\n0") at x.c:1', '#0  f (s=0x1 "a == 0") at x.c:1'],
    ["inside <…>", "#0  f (s=<optimized\nout>) at x.c:1", "#0  f (s=<optimized out>) at x.c:1"],
    ["behind at", "#0  f () at\n/usr/src/x.c:1", "#0  f () at /usr/src/x.c:1"],
    [
      "behind the address",
      "#3  0x0000555555555131\nin f () at x.c:1",
      "#3  0x0000555555555131 in f () at x.c:1",
    ],
    [
      "behind the number",
      "#3\n0x0000555555555131 in f () at x.c:1",
      "#3 0x0000555555555131 in f () at x.c:1",
    ],
    ["at an empty quoted line", "#0  f (a=1,\n\nb=2) at x.c:1", "#0  f (a=1, b=2) at x.c:1"],
  ])("undoes a mailer's break %s", (_, wrapped, whole) => {
    expect(clean(wrapped).view.text).toBe(whole);
  });

  it("puts nothing into a word that a terminal broke at its margin", () => {
    const line =
      '#2  0x00007ffff7e5eeec in report_failure (what=0x555555556004 "memory is low", n=6) at ./src/report.c:44';
    expect(clean(breakAt(line, 40).join("\n")).view.text).toBe(line);
  });

  it.each([
    ["prose", "#0  f (a=1) at x.c:1\nThis is where it dies (see below)."],
    ["a local", "#0  f (a=1)\n        at = 5\n#1  g () at x.c:2"],
    ["a header", "#0  f (a=1\nThread 2 (LWP 3):\n#0  g () at x.c:2"],
    ["the next frame, where a string was cut", '#0  f (s=0x1 "abc\n#1  0x01 in g () at x.c:2'],
    ["prose after a cut frame", "#0  f (a=1, b=0x55\nIt dies here = bad news (really)\nmore"],
  ])("does not join %s", (_, text) => {
    expect(clean(text).view.text).toBe(text);
  });

  it("gives the same frames at every width from 40 to 200, quoted before or after, with any line ends", () => {
    const logical = clean(mail).view.text;
    const whole = framesOf(mail);
    expect(whole).toHaveLength(20);
    for (let width = 40; width <= 200; width++) {
      const wrap = (line: string): string[] => wrapWords(line, width);
      const wrapped = logical.split("\n").flatMap(wrap);
      expect(framesOf(wrapped.join("\n")), `width ${width}`).toEqual(whole);
      expect(framesOf(wrapped.join("\r\n")), `width ${width}, CRLF`).toEqual(whole);
      expect(
        framesOf(wrapped.map((line) => `> > ${line}`).join("\n")),
        `width ${width}, quoted after`,
      ).toEqual(whole);
      const before = logical.split("\n").flatMap((line) => wrap(`> > ${line}`));
      expect(framesOf(before.join("\n")), `width ${width}, quoted before`).toEqual(whole);
      const again = mail.split("\n").flatMap((line) => wrap(line.trimEnd()));
      expect(framesOf(again.join("\n")), `width ${width}, wrapped again`).toEqual(whole);
    }
  });

  it("leaves a frame that never closes alone, however long the text is that it would swallow", () => {
    const lines = `${"    b=(((\n".repeat(200_000)}#1  0x01 in g () at x.c:2`;
    expect(clean(`#0  f (a=1\n${lines}`).view.text.endsWith("\n#1  0x01 in g () at x.c:2")).toBe(true);
  });
});
