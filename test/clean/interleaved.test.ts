import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { reportOfText } from "../samples/samples.js";
import { doubtsOf } from "./cleaned.js";

const frames = [
  "#0  0x0000555555555131 in foo (p=0x0) at a.c:3",
  "#1  0x0000555555555150 in bar (n=2) at a.c:9",
  "#2  0x0000555555555170 in main () at a.c:12",
];

/** Two programs that write their traces line by line. */
function woven(first: string, second: string): string {
  return frames.map((frame) => `${first}${frame}\n${second}${frame}\n`).join("");
}

describe("two programs that write into one log line by line", () => {
  it.each([
    ["names", "qemu-a | ", "qemu-b | "],
    ["the names of containers", "qemu-1  | ", "qemu-2  | "],
    ["a journal's names", "May 01 10:00:00 host qemu[123]: ", "May 01 10:00:00 host qemu[124]: "],
    [
      "names behind times",
      "2024-05-01 10:00:00,123 - a - ERROR - ",
      "2024-05-01 10:00:01,123 - b - ERROR - ",
    ],
  ])("leave a doubt that tells %s", (_, first, second) => {
    expect(doubtsOf(woven(first, second))).toEqual([["interleaved", first]]);
  });

  it("are named in the report", () => {
    const { diagnostics } = reportOfText(woven("qemu-a | ", "qemu-b | ")).documents[0] ?? {};
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: "interleaved",
        message: expect.stringMatching(/"qemu-b \|".*"qemu-a \|"/),
      }),
    );
  });

  it("may begin at different times, and their lines have numbers", () => {
    const [zero = "", one = "", two = ""] = frames;
    const log = [`a| ${zero}`, `a| ${one}`, `b| ${zero}`, `a| ${two}`, `b| ${one}`, `b| ${two}`];
    const numbered = log.map((line, index) => `${index + 8}: ${line}\n`).join("");
    expect(doubtsOf(numbered).map(([code]) => code)).toEqual(["interleaved"]);
  });
});

describe("one trace", () => {
  it.each([
    ["with one name and many times", frames.map((frame, index) => `[ 12.00${index}] qemu: ${frame}\n`)],
    ["with counters", frames.map((frame, index) => `qemu:${index}: ${frame}\n`)],
    [
      "whose lines have different words in front",
      frames.map((frame, index) => `${index % 2 ? "warn" : "err"}: ${frame}\n`),
    ],
    ["after another", ["a", "b"].flatMap((name) => frames.map((frame) => `${name}: ${frame}\n`))],
    ["without names", frames.flatMap((frame) => [`> ${frame}\n`, `>> ${frame}\n`])],
  ])("leaves none: %s", (_, lines) => {
    expect(doubtsOf(lines.join("")).filter(([code]) => code === "interleaved")).toEqual([]);
  });

  it("is looked for in time proportional to the text", () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `p${index % 50}: ${frames[index % 3]}\n`).join(
      "",
    );
    const started = performance.now();
    clean(long);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
