import { describe, expect, it } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import { width } from "../../src/format/width.js";
import type { Quality } from "../../src/model/trace.js";
import { document, finding, frame, report, thread, trace } from "./reports.js";

/** The lines of the text that speak of the quality of a trace with a finding, or without one. */
function qualityLines(quality: Quality, isFound = true): string[] {
  const traces = [trace([thread([frame(0, "pop", "queue.c", 41)])], { quality })];
  const text = formatText(report([document({ traces, findings: isFound ? [finding()] : [] })]), {
    palette: plain,
    columns: 80,
    brief: false,
  });
  return text.split("\n").filter((line) => line.startsWith("  backtrace "));
}

const poor: Quality = {
  rating: "poor",
  reasons: [
    { code: "missing-symbols", message: "2 of 3 functions have no known name." },
    { code: "one-frame", message: "Only one frame is shown." },
  ],
};

describe("the quality of a trace in the text", () => {
  it("is one line with its reasons", () => {
    const line = "  backtrace poor: 2 of 3 functions have no known name. Only one frame is shown.";
    expect(qualityLines(poor)).toEqual([line]);
    expect(qualityLines(poor, false)).toEqual([line]);
  });

  it("is not spoken of where nothing is missing", () => {
    expect(qualityLines({ rating: "full", reasons: [] })).toEqual([]);
  });

  it("is cut to the width", () => {
    const reasons = [...poor.reasons, ...poor.reasons, ...poor.reasons];
    const [line = "", ...others] = qualityLines({ ...poor, reasons });
    expect(others).toEqual([]);
    expect(width(line)).toBeLessThanOrEqual(80);
  });
});
