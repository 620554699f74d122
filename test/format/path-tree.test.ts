import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { width } from "../../src/format/width.js";
import { pathTree } from "../../src/group/path-tree.js";
import type { Document, Report } from "../../src/model/report.js";
import { document, finding, loadTrace, report, step } from "./reports.js";

const rule = "qemu-memory/flatview-in-transaction";

/** A document with one finding; `a b c` are the functions of its path, `b+` is one of which frames were folded. */
function found(path: string, index = 0): Document {
  const steps = path
    .split(" ")
    .map((name, level) => step(name.endsWith("+") ? [level + 1, level] : [level], name.replace("+", "")));
  return document({
    traces: [loadTrace],
    findings: [finding({ rule, verdict: "offending", path: steps, fingerprint: `f${index}` })],
  });
}

function reportOf(...paths: string[]): Report {
  const documents = paths.map(found);
  return report(documents, { paths: pathTree(documents) });
}

function tree(of: Report, columns = 80): string[] {
  const lines = formatText(of, { palette: plain, columns, brief: false }).trimEnd().split("\n");
  const start = lines.findIndex((line) => line.startsWith("Paths to "));
  return start === -1 ? [] : lines.slice(start);
}

describe("the tree of all paths", () => {
  test("joins what paths share, with counts in front and the findings' numbers behind", () => {
    expect(tree(reportOf("load step virtio read", "load step vapic find read", "reset virtio read"))).toEqual(
      [
        `Paths to ${rule}, in 3 findings, outermost first`,
        "  2  load → step",
        "  1  ├─ vapic → find → read  (2)",
        "  1  └─ virtio → read  (1)",
        "  1  reset → virtio → read  (3)",
      ],
    );
  });

  test("is drawn with bars beside branches of branches", () => {
    const paths = ["m a x p", "m a x q", "m a y", "m a y", "m a y", "m b", "m b", "m b", "m b", "m b", "m b"];
    expect(tree(reportOf(...paths)).slice(1)).toEqual([
      "  11  m",
      "   6  ├─ b  (6-11)",
      "   5  └─ a",
      "   3     ├─ y  (3-5)",
      "   2     └─ x",
      "   1        ├─ p  (1)",
      "   1        └─ q  (2)",
    ]);
    expect(tree(reportOf("m a x", "m a y", "m b")).slice(1)).toEqual([
      "  3  m",
      "  2  ├─ a",
      "  1  │  ├─ x  (1)",
      "  1  │  └─ y  (2)",
      "  1  └─ b  (3)",
    ]);
  });

  test("shows where a path ends on the way of another", () => {
    expect(tree(reportOf("m a", "m a b")).slice(1)).toEqual(["  2  m → a  (1)", "  1  └─ b  (2)"]);
  });

  test("is not shown where all findings have one path", () => {
    expect(tree(reportOf("m a"))).toEqual([]);
    expect(tree(reportOf("m a", "m a"))).toEqual([]);
    expect(tree(report([document({ traces: [loadTrace], findings: [finding(), finding()] })]))).toEqual([]);
  });

  test("marks what was folded, and says what the mark means", () => {
    expect(tree(reportOf("m a+ b", "m c")).slice(1)).toEqual([
      "  2  m",
      "  1  ├─ a* → b  (1)",
      "  1  └─ c  (2)",
      "  * calls itself, or repeats in a cycle: folded",
    ]);
  });

  test("shows of a long row its first steps and its last", () => {
    const long = (from: string) =>
      Array.from({ length: 30 }, (_, index) => `${from}_function_${index}`).join(" ");
    const [, first = ""] = tree(reportOf(long("a"), long("b")));
    expect(first).toBe("  1  a_function_0 → a_function_1 → a_function_2 → … 26 … → a_function_29  (1)");
    expect(width(first)).toBeLessThanOrEqual(80);
  });

  test("of very many and very deep branches is short, and drawn in linear time", () => {
    const comb = Array.from({ length: 3000 }, (_, depth) => {
      const way = Array.from({ length: depth % 300 }, (__, index) => `c${index}`);
      return ["m", ...way, `end${depth}`].join(" ");
    });
    const of = reportOf(...comb);
    const started = performance.now();
    const lines = tree(of);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(lines.length).toBeLessThan(50);
    expect(lines.some((line) => / … \d+ more branches …$/.test(line))).toBe(true);
  });

  test("stays within the columns, whatever functions are called", () => {
    const name = fc
      .string({ unit: "binary", minLength: 1, maxLength: 300 })
      .map((text) => text.replace(/ /g, "_"));
    fc.assert(
      fc.property(fc.array(fc.array(name, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), (paths) => {
        const lines = tree(reportOf(...paths.map((path) => path.join(" "))));
        for (const line of lines.slice(1)) {
          expect(width(line)).toBeLessThanOrEqual(80);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        }
      }),
      { numRuns: 50 },
    );
  });
});
