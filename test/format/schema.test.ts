import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { formatJson, jsonPieces } from "../../src/format/json.js";
import { reportJsonSchema } from "../../src/format/schema.js";
import { loadDocument, offending, report } from "./reports.js";

// The form of a date is no business of this validator; that the schema names it as one is.
const formats = { date: true } as const;
const validate = new Ajv2020({ strict: true, strictTuples: false, allErrors: true, formats }).compile(
  reportJsonSchema(),
);
const good = () => report([loadDocument()]);

/** A report whose one finding is not as it should be. */
function withFinding(parts: object): object {
  return { ...good(), documents: [{ ...loadDocument(), findings: [{ ...offending, ...parts }] }] };
}

describe("the JSON Schema", () => {
  test("is of the draft that it says it is of, with the contract's names", () => {
    const text = JSON.stringify(reportJsonSchema());
    expect(text).toContain("https://json-schema.org/draft/2020-12/schema");
    for (const name of ["Document", "Trace", "Frame", "Finding", "Evidence", "Span"]) {
      expect(text).toContain(`"#/$defs/${name}"`);
    }
    expect(text).not.toContain("__schema");
  });

  test("accepts a report, as it is and after it was printed", () => {
    expect(validate(good()), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(JSON.parse(formatJson(good())))).toBe(true);
  });

  test.each([
    ["an unknown key", { ...good(), extra: 1 }],
    ["a missing key", { ...good(), summary: undefined }],
    ["another version", { ...good(), schemaVersion: 2 }],
    ["a finding without evidence", withFinding({ evidence: [] })],
    ["a severity that there is not", withFinding({ severity: "fatal" })],
    ["a negative level", withFinding({ frames: [-1] })],
  ])("refuses %s", (_, broken) => {
    expect(validate(JSON.parse(JSON.stringify(broken)))).toBe(false);
  });
});

describe("the JSON format", () => {
  test("is the report, indented by two blanks, with a line end", () => {
    const text = formatJson(good());
    expect(text.endsWith("}\n")).toBe(true);
    expect(text.split("\n")[1]).toBe('  "schemaVersion": 1,');
    expect(text).toBe(`${JSON.stringify(good(), null, 2)}\n`);
  });

  test("comes in pieces, so that no report is too long for a string", () => {
    const long = { ...good(), documents: Array.from({ length: 200 }, () => good().documents).flat() };
    const pieces = [...jsonPieces(long)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1 << 18);
    expect(pieces.join("")).toBe(`${JSON.stringify(long, null, 2)}\n`);
  });
});
