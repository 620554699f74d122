import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { readText } from "../../src/read/plain.js";
import { runtime } from "./small-pack.js";

/** The explanation of the first trace's assertion. */
function explanationOf(text: string) {
  const input = readText(text, { path: null, member: null, messageId: null });
  const report = analyze([input], [runtime], { name: "backtriage", version: "0.0.0" });
  return report.documents[0]?.traces[0]?.assertion?.explanation ?? null;
}

/** A stack on which this condition failed in `store_fill`. */
function failing(condition: string, frames: readonly string[], name = "store_fill"): string {
  const reporters = [
    "raise (sig=6) at raise.c:3",
    "abort () at abort.c:3",
    `__assert_fail (assertion=0x1 "${condition}", file=0x2 "store.c", line=7, function=0x3 "${name}") at assert.c:3`,
  ];
  const stack = [...reporters, ...frames].map(
    (frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`,
  );
  return stack.join("");
}

const main = "main (end=1, addr=1) at main.c:3";

describe("the values that explain a failed condition", () => {
  it("are the arguments of the frame in which it failed, with their places", () => {
    const text = failing("end > addr", ["store_fill (end=0x10, addr=0x20) at store.c:7", main]);
    const found = explanationOf(text);
    expect(found).toMatchObject({ withValues: "0x10 > 0x20", falsePart: "end > addr", contradicted: false });
    expect(found?.values.map(({ source, level }) => [source, level])).toEqual([
      ["argument", 3],
      ["argument", 3],
    ]);
    expect(found?.values.map(({ span }) => text.slice(span.start.offset, span.end.offset))).toEqual([
      "end=0x10",
      "addr=0x20",
    ]);
  });

  it("are its locals before its arguments, the innermost block's first", () => {
    const frame =
      "store_fill (n=1, m=2) at store.c:7\n        n = 5\n        n = 6\n        k = <optimized out>\n";
    const found = explanationOf(failing("n > m && n < 5 && k", [frame, `${main}\n        k = 3`]));
    expect(found).toMatchObject({ withValues: "5 > 2 && 5 < 5 && k", falsePart: "n < 5", unknown: ["k"] });
    expect(found?.values.map(({ source }) => source)).toEqual(["local", "argument"]);
  });

  it("are values at the function's entry only where no later ones are known", () => {
    const frame = "store_fill (n=<optimized out>, n@entry=-1, m=3, m@entry=4, k@entry=2) at store.c:7";
    const found = explanationOf(failing("n > 0 && m == 3 && k == 2", [frame, main]));
    expect(found).toMatchObject({ withValues: "-1 > 0 && 3 == 3 && 2 == 2", falsePart: "n > 0" });
    expect(found?.values.map(({ source }) => source)).toEqual(["entry", "argument", "entry"]);
  });

  it("are what was printed, where it was printed with one value", () => {
    const stack = failing("depth == 0 && s->used <= size", ["store_fill (s=0x55) at store.c:7", main]);
    const session = `(gdb) bt\n${stack}(gdb) p depth\n$1 = 2\n(gdb) p *s\n$2 = {used = 3, free = 4}\n(gdb) p size\n$3 = 1\n(gdb) p size\n$4 = 5\n`;
    const found = explanationOf(session);
    expect(found).toMatchObject({
      withValues: "2 == 0 && 3 <= size",
      falsePart: "depth == 0",
      unknown: ["size"],
    });
    expect(found?.values.map(({ name, source, level }) => [name, source, level])).toEqual([
      ["depth", "printed", null],
      ["s->used", "printed", null],
    ]);
  });

  it("are those of the assertion's function, which a reporter of the program's own may have been called from", () => {
    const frames = [
      "report_failure (n=7) at log.c:3",
      "ns::Store::store_fill (this=0x1, n=0) at store.c:7",
      main,
    ];
    expect(explanationOf(failing("n > 0", frames))?.withValues).toBe("0 > 0");
    const whole = "int ns::Store::store_fill(int) [with T = int]";
    expect(explanationOf(failing("n > 0", frames, whole))?.withValues).toBe("0 > 0");
  });

  it("are none of a frame that is another function's", () => {
    expect(explanationOf(failing("n > 0", ["other (n=0) at store.c:7", main]))).toBeNull();
  });

  it("are what GLib compared", () => {
    const expression = 'expr=0x4 "count (s) == limit"';
    const text = [
      "#0 0x0000000000001000 in raise (sig=6) at raise.c:3",
      "#1 0x0000000000001100 in abort () at abort.c:3",
      `#2 0x0000000000001200 in g_assertion_message_cmpnum (domain=0x0, file=0x2 "store.c", line=7, func=0x3 "store_fill", ${expression}, arg1=3, cmp=0x5 "==", arg2=4, numtype=105 'i') at gtestutils.c:3`,
      "#3 0x0000000000001300 in store_fill (limit=<optimized out>) at store.c:7",
    ].join("\n");
    expect(explanationOf(text)).toMatchObject({
      withValues: "3 == 4",
      falsePart: "count(s) == limit",
      unknown: [],
    });
  });

  it("are those at hand where they contradict the condition, which is said", () => {
    const text = failing("n > 0", ["store_fill (n=4) at store.c:7", main]);
    expect(explanationOf(text)).toMatchObject({ contradicted: true, falsePart: null });
  });

  it("are none for an assertion without a stack", () => {
    const text = "store: store.c:7: store_fill: Assertion `1 > 2' failed.\n(gdb) p n\n$1 = 2\n";
    expect(explanationOf(text)).toBeNull();
  });
});
