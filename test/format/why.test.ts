import { describe, expect, test } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { document, finding, report, spanAt } from "./reports.js";

const reasoned = finding({
  verdict: "bad",
  rule: "small/read",
  reasoning: {
    because: [
      { depth: 0, claim: "it is open", span: null },
      { depth: 1, claim: "the \u001b[2Jcheck failed", span: spanAt(3, 5) },
      { depth: 90, claim: "deep", span: null },
    ],
    changes: [
      { if: "nothing proved it", ways: [], verdict: null, outcome: "this rule would say nothing" },
      {
        if: "the lock were free",
        ways: ["a is proved", "b is proved"],
        verdict: "odd",
        outcome: "the verdict would be odd",
      },
    ],
  },
});

function text(why: boolean): string {
  const whole = report([document({ findings: [reasoned] })]);
  const rules = [
    {
      id: "small/read",
      title: "t",
      why: "w",
      help: null,
      exceptions: ["A reader\nthat waits."],
      severity: "error" as const,
    },
  ];
  return formatText({ ...whole, rules }, { palette: plain, columns: 80, brief: false, why });
}

describe("the reasoning in the text", () => {
  test("is a tree with places, changes with what they need, and the rule's exceptions", () => {
    expect(text(true)).toContain(`
Why: small/read, verdict bad
  - it is open
    - the \\x1b[2Jcheck failed (-:3:5)
                  - deep

What would change that
  - if nothing proved it, this rule would say nothing
  - if the lock were free, the verdict would be odd
      needs: a is proved
         or: b is proved

Known exceptions
  - A reader that waits.
`);
  });

  test("is left out where nobody asks for it", () => {
    expect(text(false)).not.toContain("Why:");
  });
});
