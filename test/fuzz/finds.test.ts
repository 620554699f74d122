import { describe, expect, it } from "vitest";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";
import { parseValue } from "../../src/parse/value.js";
import { reportOfText } from "../samples/samples.js";

type Find = readonly [title: string, read: (text: string) => unknown, text: (times: number) => string];

/** What the fuzzer once found: a reader, and a text that grows, for which it took four times as long at twice the length. */
const finds: readonly Find[] = [
  ["quotes and open parentheses in a name", parseFrame, (times) => `#0  a${'\\"x (c='.repeat(times)}`],
  ["calls inside calls, each left open", parseValue, (times) => "f () (".repeat(times)],
  ["what begins like frames, all on one line", reportOfText, (times) => `x\n${"#1 0x".repeat(times)}`],
  [
    "numbers of frames, all on one line",
    reportOfText,
    (times) => `    #0 0x1 in f x.c:1\n    ${"#1".repeat(times)}`,
  ],
];

/** Milliseconds: far more than a linear reader needs for the longest of the texts, far less than the others took. */
const patience = 1500;

describe("what the fuzzer once found", () => {
  it.each(finds)("is read in linear time: %s", (_title, read, text) => {
    const before = process.cpuUsage();
    for (const times of [8, 16, 24, 32, 64, 20_000]) read(text(times));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(patience);
  });
});
