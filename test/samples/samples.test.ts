import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reportSchema } from "../../src/model/report.js";
import { allSamples, expectationPath, inputOf, reportOf } from "./samples.js";

describe("the samples", () => {
  it("are there", () => {
    expect(allSamples().length).toBeGreaterThanOrEqual(12);
  });

  it.each(allSamples().map((sample) => [sample.name, sample] as const))(
    "%s holds an input, an expectation and notes, and nothing else",
    (_, sample) => {
      expect(sample.files).toEqual(["expected.json", expect.stringMatching(/^input\.\w+$/), "notes.md"]);
    },
  );

  it.each(allSamples().map((sample) => [sample.name, sample] as const))(
    "%s gives the report that is expected",
    (_, sample) => {
      expect(reportOf(inputOf(sample))).toEqual(JSON.parse(readFileSync(expectationPath(sample), "utf8")));
    },
  );

  it.each(allSamples().map((sample) => [sample.name, sample] as const))(
    "%s gives a report that keeps to the schema",
    (_, sample) => {
      expect(reportSchema.safeParse(reportOf(inputOf(sample))).error).toBeUndefined();
    },
  );
});
