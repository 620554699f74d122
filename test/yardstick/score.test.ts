import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { labelsIn } from "./folder.js";
import { check, type Label } from "./label.js";
import { printed } from "./print.js";
import { type Score, scoreOf } from "./score.js";

const counted = fileURLToPath(new URL("folders/counted", import.meta.url));
const judged = fileURLToPath(new URL("folders/judged", import.meta.url));

/** The labels of the counted folder, one of them changed. */
function relabelled(file: string, change: Partial<Label>): Label[] {
  return labelsIn(counted).map((label) => (label.file === file ? { ...label, ...change } : label));
}

describe("the score of a labelled folder", () => {
  it("is full where everything is read as the labels that count say; the ambiguous text is left out", () => {
    expect(scoreOf(counted, labelsIn(counted))).toMatchObject({
      texts: 2,
      ambiguous: 1,
      counts: { right: 2, of: 2 },
      fields: {
        traces: { right: 2, of: 2 },
        threads: { right: 2, of: 2 },
        frames: { right: 2, of: 2 },
        first: { right: 2, of: 2 },
        last: { right: 2, of: 2 },
        signal: { right: 2, of: 2 },
        assertion: { right: 2, of: 2 },
        kinds: { right: 2, of: 2 },
        "crash frame": { right: 1, of: 1 },
      },
      falseFrames: { frames: 0, texts: 1 },
      others: { lookalikes: 2 },
      failures: [],
      missed: [],
    });
  });

  it("is full where everything is read as the labels that judge say", () => {
    const { failures, missed, fields } = scoreOf(judged, labelsIn(judged));
    expect(failures).toEqual([]);
    expect(missed).toEqual([]);
    expect(Object.keys(fields)).toEqual([
      "traces",
      "frames",
      "functions",
      "assertion",
      "verdict",
      "touching frames",
      "blame",
      "site",
      "path",
    ]);
  });

  it("names the text whose count is wrong, its traits, and the mark that is missed", () => {
    const labels = relabelled("two-threads.txt", { counts: () => [check("frames", 5, 6)] });
    const score = scoreOf(counted, labels);
    expect(score.counts).toEqual({ right: 1, of: 2 });
    expect(score.traits).toEqual({
      threads: { right: 0, of: 1 },
      session: { right: 0, of: 1 },
      headings: { right: 1, of: 1 },
    });
    expect(score.failures).toEqual([
      { file: "two-threads.txt", counts: false, wrong: ["frames: 5 instead of 6"] },
    ]);
    expect(score.missed).toEqual([
      "traces, threads and frames: 50.0 % is below 95 %",
      "frames: 50.0 % is below 90 %",
    ]);
  });

  it("does not forgive a single frame in a text that holds none", () => {
    const score = scoreOf(counted, relabelled("two-threads.txt", { holdsNone: true }));
    expect(score.falseFrames).toEqual({ frames: 5, texts: 2 });
    expect(score.missed).toEqual(["5 frames in texts that hold none"]);
  });

  it("holds a wrong field against the text, but not against its counts", () => {
    const labels = relabelled("no-trace.txt", { fields: () => [check("signal", null, "SIGBUS")] });
    const score = scoreOf(counted, labels);
    expect(score.counts).toEqual({ right: 2, of: 2 });
    expect(score.failures).toEqual([
      { file: "no-trace.txt", counts: true, wrong: ['signal: null instead of "SIGBUS"'] },
    ]);
  });
});

describe("the printed score", () => {
  const score: Score = scoreOf(counted, labelsIn(counted));

  it("has a line for each field, and says that the marks are met", () => {
    const text = printed(score);
    expect(text).toContain("2 texts scored, 1 ambiguous ones left out\n");
    expect(text).toMatch(/^ {2}crash frame +1 of 1 +100\.0 %$/m);
    expect(text).toContain("0 frames in the 1 texts that hold none\n");
    expect(text.endsWith("\nevery mark is met\n")).toBe(true);
  });

  it("shows what failed, shortened, and what was missed", () => {
    const wrong = [`first: ${"x".repeat(300)}`];
    const failing = { ...score, failures: [{ file: "a.txt", counts: false, wrong }], missed: ["first: 1 %"] };
    const text = printed(failing);
    expect(text).toMatch(/^COUNTS {2}a\.txt\n {8}first: x{193}…$/m);
    expect(text.endsWith("\nMISSED  first: 1 %\n")).toBe(true);
  });
});

describe("the labels of a folder", () => {
  it("are refused where one has neither form, with its number and what it lacks", () => {
    const folder = mkdtempSync(join(tmpdir(), "backtriage-labels-"));
    try {
      writeFileSync(join(folder, "labels.json"), JSON.stringify([{ file: "x.txt", expect: {} }]));
      expect(() => labelsIn(folder)).toThrow(/label 1: .*traits/s);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are refused where there is no labels.json", () => {
    expect(() => labelsIn(join(counted, "nowhere"))).toThrow(/ENOENT/);
  });
});
