import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, Finding } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";
import {
  type Case,
  contexts,
  ends,
  type Form,
  forms,
  type Lock,
  phases,
  textOf,
  touches,
} from "./qemu-memory-stacks.js";

/** What a maintainer concludes who knows what each thread holds, and what a failed check proves. */
interface Judged {
  readonly verdict: "offending" | "foreign" | "safe-commit" | "safe" | "undecided";
  /** The rules of the pack that may speak: all of them, and no other. */
  readonly rules: readonly string[];
}

/** A commit asks for the big lock; then it calls its listeners or publishes views. */
function lockOf({ context, phase, end, touch }: Case): Lock {
  if (phase === "listener in a commit" || phase === "holder in a commit") return "held";
  if (phase === "commit alone" && touch.some((name) => name === "address_space_set_flatview")) return "held";
  return end === "whole" ? context.lock : "unknown";
}

/** What the failed check or a printed value tells of the depth. */
function depthOf(form: Form, lock: Lock): "above 0" | "0" | "unknown" {
  switch (form) {
    case "nothing":
      return "unknown";
    case "printed 0":
      return "0";
    // Without the big lock the check fails for that alone.
    case "compound":
      return lock === "held" ? "above 0" : "unknown";
    default:
      return "above 0";
  }
}

function verdictOf(one: Case): Judged["verdict"] {
  const lock = lockOf(one);
  const inCommit = one.phase !== "none" && one.phase !== "holder";
  const inHolder = one.phase === "holder" || one.phase === "holder in a commit";
  switch (depthOf(one.form, lock)) {
    case "above 0":
      if (inHolder || lock === "held") return "offending";
      return lock === "not-held" ? "foreign" : "undecided";
    case "0":
      return inCommit ? "safe-commit" : "safe";
    case "unknown":
      return inCommit && !inHolder ? "safe-commit" : "undecided";
  }
}

function judged(one: Case): Judged {
  const verdict = verdictOf(one);
  const lock = lockOf(one);
  if (verdict === "offending") return { verdict, rules: ["qemu-memory/flatview-in-transaction"] };
  if (verdict === "foreign") return { verdict, rules: ["qemu-memory/flatview-beside-transaction"] };
  if (one.form === "compound" && lock === "not-held")
    return { verdict, rules: ["qemu-memory/flatview-unprotected"] };
  const failed = one.form !== "nothing" && one.form !== "printed 0" && one.form !== "printed 1";
  const proved = failed && depthOf(one.form, lock) === "above 0";
  return { verdict, rules: proved ? ["qemu-memory/transaction-check"] : [] };
}

function documentOf(one: Case): Document {
  const [document] = reportOfText(textOf(one)).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

function verdictOfReader({ traces }: Document): string | null | undefined {
  return traces[0]?.threads[0]?.classification.find(({ roles }) => roles.includes("flatview-reader"))
    ?.verdict;
}

function lockOfReader({ traces }: Document): string | undefined {
  const reader = traces[0]?.threads[0]?.classification.find(({ roles }) => roles.includes("flatview-reader"));
  return reader?.states["big-lock"];
}

/** The findings of the pack, not those that any crash has. */
function ofPack({ findings }: Document): Finding[] {
  return findings.filter(({ rule }) => rule.startsWith("qemu-memory/"));
}

function namesOf({ path, blame, site }: Finding): (string | null)[] {
  return [blame?.function ?? null, site?.function ?? null, ...path.map((step) => step.function)];
}

function check(one: Case): void {
  const document = documentOf(one);
  const expected = judged(one);
  expect(verdictOfReader(document)).toBe(expected.verdict);
  const findings = ofPack(document);
  expect(findings.map(({ rule }) => rule)).toEqual(expected.rules);
  for (const finding of findings) {
    expect(finding.states["big-lock"]).toBe(
      finding.verdict === "undecided" ? finding.states["big-lock"] : lockOf(one),
    );
    if (finding.verdict !== "offending") continue;
    expect(finding.blame?.function).toMatch(/^(?!address_space|memory_region|flatview)/);
    expect(finding.evidence.some(({ kind, weight }) => weight === "for" && kind !== "frame")).toBe(true);
    if (one.context.coroutine === true) expect(namesOf(finding)).not.toContain("main_loop_wait");
  }
}

/** Every context with every way in which the crash may show the depth. */
const table = Object.entries(contexts).flatMap(([name, context]) =>
  forms.map(
    (form) => [form, name, { context, form, phase: "none", end: "whole", touch: touches[0] }] as const,
  ),
);

describe("a maintainer's judgement of a reader", () => {
  it.each(table)("that shows %s is the report's: %s", (_, __, one) => {
    check(one);
  });

  it.each(Object.entries(contexts))("knows whether the thread holds the big lock: %s", (_, context) => {
    const shown = documentOf({ context, form: "nothing", phase: "none", end: "whole", touch: touches[1] });
    expect(lockOfReader(shown)).toBe(context.lock);
    const cut = documentOf({ context, form: "nothing", phase: "none", end: "cut", touch: touches[1] });
    expect(lockOfReader(cut)).toBe("unknown");
  });

  it("is the report's, whatever stands between the device and its thread, and however the stack ends", () => {
    fc.assert(
      fc.property(
        fc.record({
          context: fc.constantFrom(...Object.values(contexts)),
          form: fc.constantFrom(...forms),
          phase: fc.constantFrom(...phases),
          end: fc.constantFrom(...ends),
          touch: fc.constantFrom(...touches),
        }),
        check,
      ),
      { numRuns: 400 },
    );
  });
});
