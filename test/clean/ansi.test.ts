import { describe, expect, it } from "vitest";
import { cleaned } from "./cleaned.js";

const frame = '#0  0x0000000000401136 in f (s=0x5 "\\033[1m") at x.c:3\n';

describe("what terminals are told", () => {
  it.each([
    ["colours", frame.replace("0x0000000000401136", "\x1b[34m0x0000000000401136\x1b[m")],
    ["colours of 8-bit controls", frame.replace(" f ", " \x9b33mf\x9b0m ")],
    ["character sets and modes", `\x1b(B\x1b=\x0f${frame}\x1b(0`],
    ["window titles and bells", `\x1b]0;gdb\x07${frame}\x1b]8;;http://x\x1b\\`],
    ["bracketed paste", `\x1b[200~${frame}\x1b[201~`],
    ["bracketed paste without its escape", `[200~${frame}[201~`],
    ["cursor movements for blanks", frame.replace("  ", "\x1b[2C")],
    [
      "colours that lost their escape",
      frame.replace("0x0000000000401136 in f", "[34m0x0000000000401136[m in [33mf[m"),
    ],
    ["colours in carets", frame.replace(" f ", " ^[[33mf^[[m ")],
    ["colours written out for C", frame.replace(" f ", " \\033[33mf\\033[m ")],
    ["colours written out for JSON", frame.replace(" f ", " \\u001b[1;33mf\\u001b[0m ")],
    ["overstrikes", frame.replace("in f", "in _\bf\bf")],
  ])("is taken out: %s", (_, raw) => {
    expect(cleaned(raw)).toBe(frame);
  });

  it.each([
    frame,
    '#1  puts (s=0x5 "[31mred[m") at x.c:3\n',
    "#2  T::operator[] (this=0x1) at x.c:3\n",
    "Print `\\x1b[31m` to make text red, `[0m` to end it.\n",
  ])("is not seen in %j", (raw) => {
    expect(cleaned(raw)).toBe(raw);
  });
});
