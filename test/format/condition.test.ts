import { describe, expect, it } from "vitest";
import { conditionLines } from "../../src/format/condition.js";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { width } from "../../src/format/width.js";
import type { Explanation, KnownValue } from "../../src/model/trace.js";
import { depthAssertion, document, finding, report, spanAt, thread, trace } from "./reports.js";

function known(name: string, value: string, parts: Partial<KnownValue> = {}): KnownValue {
  return { name, value, source: "argument", level: 4, span: spanAt(3), ...parts };
}

function explanation(parts: Partial<Explanation> = {}): Explanation {
  return {
    condition: "end > addr",
    withValues: "0x10 > 0x20",
    values: [known("end", "0x10"), known("addr", "0x20")],
    falsePart: "end > addr",
    contradicted: false,
    unknown: [],
    ...parts,
  };
}

describe("a condition with values", () => {
  it("is shown with the part that is false, the values and where they are from", () => {
    expect(conditionLines(explanation(), 80)).toEqual([
      "  0x10 > 0x20",
      "  false      end > addr",
      "  values     end = 0x10, addr = 0x20 (#4, argument)",
    ]);
  });

  it("groups the values by their source, and tells which were so when the function was called", () => {
    const values = [
      known("n", "5", { source: "entry" }),
      known("x", "1", { source: "local" }),
      known("depth", "2", { source: "printed", level: null }),
      known("y", "3", { source: "local" }),
    ];
    expect(conditionLines(explanation({ values }), 200)[2]).toBe(
      "  values     n = 5 (#4, argument, as it was at the call); x = 1, y = 3 (#4, local); depth = 2 (printed)",
    );
  });

  it("says what is not shown, and nothing of a false part where none is known", () => {
    const lines = conditionLines(explanation({ falsePart: null, unknown: ["s->used", "f(x)"] }), 80);
    expect(lines.at(-1)).toBe("  not shown  s->used, f(x)");
    expect(lines.join("\n")).not.toContain("false");
  });

  it("says with care that the values contradict it", () => {
    const lines = conditionLines(explanation({ falsePart: null, contradicted: true }), 200);
    expect(lines.at(-1)).toMatch(/^ {2}but {8}it failed, but with these values it holds: .*optimised/);
  });

  it("is nothing without an explanation", () => {
    expect(conditionLines(null, 80)).toEqual([]);
  });

  it("lets nothing of the input through that a terminal obeys, nor a value that fills it", () => {
    const hostile = `\u001b[31m\n\u202e${"x".repeat(5000)}`;
    const lines = conditionLines(
      explanation({
        withValues: hostile,
        falsePart: hostile,
        unknown: [hostile],
        values: [known(hostile, hostile)],
      }),
      80,
    );
    expect(Array.from(lines.join("")).filter((one) => one < " " || one === "\u202e")).toEqual([]);
    expect(Math.max(...lines.map(width))).toBeLessThan(330);
  });

  it("stands below the failed assertion in the details of a finding, and is left out where there is none", () => {
    const text = (found: Explanation | null) => {
      const crashed = trace([thread([])], { assertion: { ...depthAssertion, explanation: found } });
      const all = report([document({ traces: [crashed], findings: [finding()] })]);
      return formatText(all, { palette: plain, columns: 80, brief: false });
    };
    expect(text(explanation())).toMatch(
      /\nFailed assertion .*\n(?: .*\n)+\nCondition with values\n {2}0x10 > 0x20\n {2}false {6}end > addr\n/,
    );
    expect(text(null)).not.toContain("Condition with values");
  });
});
