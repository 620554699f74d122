import { describe, expect, it } from "vitest";
import { phrases, probeLength } from "../../src/read/needles.js";
import { scan } from "../../src/read/scan.js";

/** What must follow the phrases that are common words without it. */
const continuations: ReadonlyMap<string, string> = new Map([
  ["Thread ", "12 (LWP 3)"],
  ["frame #", "12: 0x1"],
  ["ssertion", " "],
  ["memory allocation of ", "16"],
  [")[0x", "7f3"],
  [") [0x", "aaaa"],
  ...["1  0x00", "1  0x08", "1  0xb7", "1  0xf7"].map((text) => [text, "00555555 in f"] as const),
]);

const filling = "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(4);

describe("a scan", () => {
  it.each(phrases.map(({ text }) => text))("finds %j wherever it lies in memory", (text) => {
    const line = text + (continuations.get(text) ?? "");
    for (let shift = 0; shift < 8; shift += 1) {
      for (const before of ["", filling]) {
        const bytes = Buffer.from("x".repeat(shift) + before + line + filling).subarray(shift);
        const at = before.length;
        expect(scan(bytes, 0, bytes.length).map((hit) => hit.at - at)).toContain(
          Math.max(0, text.indexOf("#")),
        );
        expect(scan(bytes, 0, at)).toEqual([]);
        expect(scan(bytes, at + line.length, bytes.length)).toEqual([]);
      }
    }
  });

  it("tells the level of a frame and the number of a thread", () => {
    const text =
      "#12 0x0000555555555151 in f ()\nThread 3 (LWP 7):\nThread 1.12 (LWP 7):\n# 3  0x0000555555555151 in f ()\n";
    const bytes = Buffer.from(text);
    expect(scan(bytes, 0, bytes.length).map(({ level, thread }) => [level, thread])).toEqual([
      [12, null],
      [null, 3],
      [null, 12],
      [3, null],
    ]);
  });
});

describe("what a phrase is found by", () => {
  const withProbes = phrases.flatMap(({ text, probes = [] }) => probes.map((probe) => ({ text, probe })));

  it.each(withProbes)("in $text is long enough, and a part of it or all of it: $probe", ({ text, probe }) => {
    expect(probe).toHaveLength(probeLength);
    expect(text.includes(probe) || probe.startsWith(text)).toBe(true);
  });

  it("is long enough in every other phrase without a #", () => {
    const others = phrases.filter(({ text, probes }) => probes === undefined && !text.includes("#"));
    expect(others.filter(({ text }) => text.length < probeLength)).toEqual([]);
  });
});
