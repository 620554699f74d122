import { describe, expect, it } from "vitest";
import { analyze } from "../../../src/analyze.js";
import type { Finding } from "../../../src/model/report.js";
import { readText } from "../../../src/read/plain.js";
import { exchanged, load, runtime, smallPack } from "../small-pack.js";

function findingOf(text: string, yaml = smallPack): Finding {
  const { pack, problems } = load(yaml);
  if (pack === null) throw new Error(problems.join("\n"));
  const input = readText(text, { path: null, member: null, messageId: null });
  const { documents } = analyze([input], [runtime, pack], { name: "backtriage", version: "0.0.0" });
  const [finding] = documents.flatMap(({ findings }) => findings);
  if (finding === undefined) throw new Error("nothing was found");
  return finding;
}

function stack(...frames: readonly string[]): string {
  return frames.map((frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`).join("");
}

const death = [
  "raise (sig=6) at raise.c:3",
  "abort () at abort.c:3",
  '__assert_fail (assertion=0x1 "depth == 0", file=0x2 "store.c", line=7, function=0x3 "read_it") at assert.c:3',
];
const loading = stack(
  ...death,
  "read_it (s=0x1) at store.c:7",
  "cache () at cache.c:9",
  "load_all () at load.c:3",
);

describe("the reasoning of a finding", () => {
  it("leads from the verdict over states and facts to the words of the input", () => {
    const { because } = findingOf(loading).reasoning;
    expect(because.map(({ depth, claim, span }) => [depth, claim, span?.start.line ?? null])).toEqual([
      [0, "#3 read_it has the role reader (reads)", 4],
      [0, "store is open: it is open", null],
      [1, "proved: open (it is open)", null],
      [2, "the assertion `depth == 0` failed, which proves depth != 0", 3],
      [1, "lock is held: #5 load_all holds the lock", null],
      [2, "caller #5 load_all has the role loader (loads)", 6],
    ]);
  });

  it("is the evidence where a rule asks for no condition", () => {
    const { because, changes } = findingOf(
      stack("raise (sig=6) at raise.c:3", "abort () at abort.c:3", "f ()"),
    ).reasoning;
    expect(because).toMatchObject([{ depth: 0, claim: "the innermost frame that is not machinery" }]);
    expect(changes).toEqual([]);
  });

  it("is bounded", () => {
    const long = stack(...death, `read_${"x".repeat(9000)} (s=0x1) at store.c:7`, "load_all () at load.c:3");
    const { because } = findingOf(long).reasoning;
    expect(because.length).toBeLessThanOrEqual(40);
    expect(Math.max(...because.map(({ claim }) => claim.length))).toBeLessThanOrEqual(601);
  });
});

describe("what would change a finding", () => {
  it("is what the pack says without a fact, and with another value of a state", () => {
    expect(findingOf(loading).reasoning.changes).toEqual([
      {
        if: "nothing proved open (it is open)",
        ways: [],
        verdict: null,
        outcome: "this rule would say nothing",
      },
      {
        if: "lock were free (it is free)",
        ways: ["free (it is free) is proved"],
        verdict: "odd",
        outcome: "the verdict would be odd: reads a store that somebody has open",
      },
    ]);
  });

  it("names what stands in the way of another value", () => {
    const later = exchanged(
      smallPack,
      "        confidence: likely\n      - { is: unknown }",
      "        confidence: likely\n      - { is: free, when: { within: writer } }\n      - { is: unknown }",
    );
    expect(findingOf(loading, later).reasoning.changes.at(-1)?.ways).toEqual([
      "free (it is free) is proved",
      "this frame or a caller has the role writer (writes), without what makes it held now",
    ]);
  });

  it("tells that a finding would count otherwise", () => {
    const graded = exchanged(
      smallPack,
      "when: { within: glue }, severity",
      "when: { fact: locked }, severity",
    );
    const text = `(gdb) p locked()\n$1 = 1\n(gdb) bt\n${loading}`;
    expect(findingOf(text, graded)).toMatchObject({ severity: "warning" });
    expect(findingOf(text, graded).reasoning.changes).toContainEqual({
      if: "nothing proved locked (it is locked)",
      ways: [],
      verdict: "bad",
      outcome: "it would count as an error",
    });
  });

  it("is the fact, of a rule that speaks of one", () => {
    const { rule, reasoning } = findingOf(stack(...death, "poll_it ()"));
    expect(rule).toBe("small/checked");
    expect(reasoning.changes).toEqual([
      {
        if: "nothing proved open (it is open)",
        ways: [],
        verdict: null,
        outcome: "this rule would say nothing",
      },
    ]);
  });
});
