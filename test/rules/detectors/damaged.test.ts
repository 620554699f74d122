import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allSamples, inputOf, reportOfText } from "../../samples/samples.js";

const sessions = allSamples()
  .filter(({ name }) => name.startsWith("deadlock/"))
  .map((sample) => new TextDecoder().decode(inputOf(sample)).split("\n"));

/** A session with some of its lines gone, and others cut. */
const damaged = fc
  .tuple(fc.constantFrom(...sessions), fc.infiniteStream(fc.integer({ min: 0, max: 60 })))
  .map(([lines, dice]) =>
    lines
      .flatMap((line) => {
        const { value } = dice.next();
        if (value === 0) return [];
        return value === 1 ? [line.slice(0, line.length / 2)] : [line];
      })
      .join("\n"),
  );

describe("a damaged session of threads that wait", () => {
  it("never breaks the detectors, and names only threads and levels that are there", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        for (const { traces, findings } of reportOfText(text).documents) {
          const evidence = findings
            .filter(({ rule }) => rule.startsWith("deadlock/"))
            .flatMap((finding) => finding.evidence);
          for (const { trace, thread, level } of evidence) {
            const frames = traces[trace ?? -1]?.threads[thread ?? 0]?.frames;
            if (level !== null) expect(frames?.map((frame) => frame.level)).toContain(level);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
