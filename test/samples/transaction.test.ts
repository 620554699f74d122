import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/model/report.js";
import { allSamples, inputOf, reportOf } from "./samples.js";
import { type TransactionCase, transactionCases } from "./transaction-cases.js";

function reportOfCase({ sample }: TransactionCase): Report {
  const found = allSamples().find(({ name }) => name === `qemu-memory/${sample}`);
  if (found === undefined) throw new Error(`no sample ${sample}`);
  return reportOf(inputOf(found));
}

/** What the pack of the memory API reports. */
function findingsOf(report: Report): Finding[] {
  return report.documents
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => rule.startsWith("qemu-memory/"));
}

function verdictsOf(report: Report): Set<string | null> {
  const threads = report.documents.flatMap(({ traces }) => traces.flatMap((trace) => trace.threads));
  return new Set(threads.flatMap(({ classification }) => classification.map(({ verdict }) => verdict)));
}

describe("what a maintainer would conclude from a stack of a real gdb", () => {
  it.each(transactionCases.map((one) => [one.sample, one] as const))("%s", (_, one) => {
    const report = reportOfCase(one);
    const [finding, ...others] = findingsOf(report);
    expect(others).toEqual([]);
    expect(finding?.rule ?? null).toBe(one.rule);
    if (one.verdict !== null) expect(verdictsOf(report)).toContain(one.verdict);
    if (one.never !== undefined) expect(verdictsOf(report)).not.toContain(one.never);
    if (one.blame !== null) expect(finding?.blame?.function).toBe(one.blame);
    if (one.site !== null) expect(finding?.site?.function).toBe(one.site);
    expect(finding?.holder?.function ?? null).toBe(one.holder);
    expect(finding?.states ?? {}).toMatchObject(one.states ?? {});
  });

  it("never accuses without a fact: an offender's states rest on a failed check or a printed value", () => {
    for (const one of transactionCases) {
      for (const { verdict, evidence } of findingsOf(reportOfCase(one))) {
        if (verdict !== "offending") continue;
        expect(evidence.some(({ kind }) => kind === "assertion" || kind === "value")).toBe(true);
      }
    }
  });
});
