import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import { type Report, reportSchema } from "../../src/model/report.js";
import { readText } from "../../src/read/plain.js";
import { heldOn, type Suppression } from "../../src/rules/suppress.js";

const crash = `Program received signal SIGSEGV, Segmentation fault.
#0  0x0000555555555131 in walk.part.0 (node=0x55500001) at list.c:12
#1  0x0000555555555160 in main () at list.c:30
`;

function reportWith(...suppressions: readonly Partial<Suppression>[]): Report {
  const input = readText(crash, { path: null, member: null, messageId: null });
  const whole = suppressions.map((one) => ({ reason: "known", until: "2027-01-01", ...one }));
  return analyze([input], packs, { name: "backtriage", version: "0.0.0" }, whole);
}

const [found] = reportWith().documents[0]?.findings ?? [];
if (found === undefined) throw new Error("nothing was found");
const { rule, fingerprint, severity } = found;
const counted = reportWith().summary.findings[severity];

describe("a suppression", () => {
  it.each<[string, Partial<Suppression>, boolean]>([
    ["its rule", { rule }, true],
    ["another rule", { rule: "crash/other" }, false],
    ["its fingerprint", { fingerprint }, true],
    ["another fingerprint", { fingerprint: "bt2:0000000000000000" }, false],
    ["the function that crashed, without the marks of a copy", { function: "walk" }, true],
    ["a pattern of it", { function: "w*k" }, true],
    ["another function", { function: "main" }, false],
    ["its rule and another function", { rule, function: "main" }, false],
    ["all three", { rule, fingerprint, function: "walk" }, true],
  ])("with %s: %j", (_, suppression, suppressed) => {
    const report = reportWith(suppression);
    expect(report.documents[0]?.findings[0]?.suppressed).toEqual(
      suppressed ? { reason: "known", until: "2027-01-01" } : null,
    );
    expect(report.summary.suppressed).toBe(suppressed ? 1 : 0);
    expect(report.summary.findings[severity]).toBe(suppressed ? counted - 1 : counted);
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it("leaves the finding as it is", () => {
    const [first] = reportWith({ rule }).documents[0]?.findings ?? [];
    expect({ ...first, suppressed: null }).toEqual(found);
  });

  it("gives its reason where it is the first of several", () => {
    const report = reportWith(
      { rule: "crash/other" },
      { rule, reason: "first" },
      { fingerprint, reason: "second" },
    );
    expect(report.documents[0]?.findings[0]?.suppressed?.reason).toBe("first");
  });

  it("holds until the end of its last day", () => {
    const one: Suppression = { rule, reason: "x", until: "2026-12-31" };
    expect(heldOn("2026-12-31", [one])).toEqual({ held: [one], expired: [] });
    expect(heldOn("2027-01-01", [one])).toEqual({ held: [], expired: [one] });
    expect(heldOn("2026-09-30", [one]).held).toEqual([one]);
  });
});

describe("the report", () => {
  it("names the packs that judged, with their versions", () => {
    expect(reportWith().packs).toEqual(packs.map(({ pack, version }) => ({ name: pack, version })));
  });

  it("names with a pack those that it extends", () => {
    const [runtime] = packs;
    if (runtime === undefined) throw new Error("no pack was built");
    const input = readText(crash, { path: null, member: null, messageId: null });
    const own = { ...runtime, version: 9, from: [{ name: "runtime", version: 2 }] };
    expect(analyze([input], [own], { name: "backtriage", version: "0.0.0" }).packs).toEqual([
      { name: "runtime", version: 9 },
      { name: "runtime", version: 2 },
    ]);
  });
});
