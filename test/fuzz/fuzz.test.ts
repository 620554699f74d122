import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Coverage } from "./coverage.js";
import { Deadline } from "./deadline.js";
import { Fuzzer } from "./fuzzer.js";
import { growthOf, pumped, pumpOf } from "./growth.js";
import { minimized } from "./minimize.js";
import { mutated } from "./mutate.js";
import { Random } from "./random.js";

const coverage = new Coverage((url) => url.endsWith("/fuzz/canary.ts"));
const { hangsAtSemicolon, throwsDeepInside } = await import("./canary.js");

const lengths = { first: 4096, last: 4096 };

describe("the fuzzer", () => {
  it("follows new code to a throw that blind mutations do not meet, and makes the input small", () => {
    const target = { name: "canary", seeds: "lines", lengths, run: throwsDeepInside } as const;
    const { findings, corpus } = new Fuzzer(target, coverage, new Random(1)).fuzz(["1  main ()"], 3000);
    expect(findings).toMatchObject([{ kind: "throws", input: "#9 {" }]);
    expect(corpus).toBeGreaterThan(1);
  });

  it("is stopped by no input that never ends", () => {
    const deadline = new Deadline();
    expect(deadline.ends(100, () => hangsAtSemicolon("a"))).toBe(true);
    expect(deadline.ends(100, () => hangsAtSemicolon(";"))).toBe(false);
  });

  it("makes the same mutations of the same seed", () => {
    const mutants = (seed: number): string[] => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => mutated("#1  f (a=1) at x.c:3", "Thread 1", 100, random));
    };
    expect(mutants(7)).toEqual(mutants(7));
    expect(mutants(7)).not.toEqual(mutants(8));
    expect(mutants(7).every((mutant) => mutant.length <= 100)).toBe(true);
  });

  it("leaves of an input only what matters", () => {
    expect(minimized("some (text) with a [bracket] in it", (text) => text.includes("["))).toBe("[");
  });

  it("repeats the middle of a pump up to a length", () => {
    expect(pumped({ before: "<", middle: "ab", after: ">" }, 8)).toBe("<ababab>");
    const { before, middle, after } = pumpOf("abcdefgh", new Random(3));
    expect(middle).not.toBe("");
    expect(before + after).not.toContain(middle);
  });

  it("tells what takes more than linear time from what takes its time", () => {
    const pump = { before: "<", middle: "ab", after: ">" };
    expect(growthOf(pump, lengths, () => 0)).toBeNull();
    expect(growthOf(pump, lengths, (text) => text.length / 64)).toBeNull();
    expect(growthOf(pump, lengths, (text) => (text.length / 512) ** 2)).toMatch(/^\d+ units take /);
    expect(growthOf(pump, lengths, () => Number.POSITIVE_INFINITY)).not.toBeNull();
  });
});

describe("every reader", () => {
  it("neither throws nor takes more than linear time, for the half minute that each run of the tests tries it", () => {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", main, "--total", "30", "--seed", "1"],
      { encoding: "utf8", timeout: 170_000 },
    );
    process.stdout.write(stdout);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^seed 1, /);
    expect(status, stdout).toBe(0);
  }, 180_000);
});
