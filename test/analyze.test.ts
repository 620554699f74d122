import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../src/analyze.js";
import { plain } from "../src/format/palette.js";
import { formatText } from "../src/format/text.js";
import { packs } from "../src/generated/packs.js";
import type { Report } from "../src/model/report.js";
import { readPlain } from "../src/read/plain.js";
import type { Suppression } from "../src/rules/suppress.js";
import { samplesFolder } from "./samples/samples.js";

const tool = { name: "backtriage", version: "0.0.0" };

function reportOf(slugs: readonly string[], suppressions: readonly Suppression[] = []): Report {
  const inputs = slugs.map((slug) => {
    const path = join(samplesFolder, "qemu-memory", slug, "input.txt");
    return readPlain(readFileSync(path), { path: `${slug}.txt`, member: null, messageId: null });
  });
  return analyze(inputs, packs, tool, suppressions);
}

function textOf(report: Report): string {
  return formatText(report, { palette: plain, columns: 80, brief: false });
}

describe("a trace of sixty threads", () => {
  const report = reportOf(["sixty-threads"]);

  test("has five stacks, the guilty one first", () => {
    const [trace] = report.documents[0]?.traces ?? [];
    expect(trace?.stacks.map((stack) => stack.length)).toEqual([1, 48, 9, 1, 1]);
    expect(trace?.threads[trace.stacks[0]?.[0] ?? -1]?.crashed).toBe(true);
    expect(textOf(report)).toContain("\n60 threads, 5 stacks\n   1  thread 1 (crashed)");
  });

  test("tells the states of its finding in the words of the pack", () => {
    expect(report.states.map(({ pack, state, value }) => `${pack} ${state} ${value}`)).toEqual([
      "qemu-memory big-lock held",
      "qemu-memory rcu-read held",
      "qemu-memory memory-transaction open",
    ]);
  });
});

describe("a reader whose check fired for another thread's transaction", () => {
  test("is shown with both stacks", () => {
    const text = textOf(reportOf(["iothread-holder-between"]));
    expect(text).toMatch(/^Path of thread 2, outermost first$/m);
    expect(text).toMatch(/^Stack of thread 1 ".*", which holds it, innermost first$/m);
    expect(text).toMatch(/^ {2}#9 +pci_bridge_update_mappings .*<- holds it$/m);
  });
});

describe("the paths of several documents", () => {
  const slugs = ["vapic-bt-full", "virtio-load-mail", "hmp-left-open"];

  test("are one tree", () => {
    const report = reportOf(slugs);
    const outermost = report.paths.flatMap(({ nodes }) => nodes.filter(({ depth }) => depth === 0));
    expect(report.paths.map(({ rule }) => rule)).toEqual(["qemu-memory/flatview-in-transaction"]);
    expect(outermost.map(({ function: name, count }) => [name, count])).toEqual([
      ["qemu_loadvm_state_main", 2],
      ["hmp_physical_memory_dump", 1],
    ]);
    expect(textOf(report)).toContain("in 3 findings, outermost first\n  2  qemu_loadvm_state_main → ");
  });

  test("are those of the findings that count", () => {
    const known: Suppression = { function: "virtio_load", reason: "known", until: "2030-01-01" };
    const [tree] = reportOf(slugs, [known]).paths;
    const ends = tree?.nodes.flatMap(({ findings }) => findings.map(({ document }) => document)) ?? [];
    expect(ends.toSorted((one, other) => one - other)).toEqual([0, 2]);
  });
});
