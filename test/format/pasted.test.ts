import { describe, expect, it } from "vitest";
import { plain } from "../../src/format/palette.js";
import { formatText } from "../../src/format/text.js";
import type { Report } from "../../src/model/report.js";
import { allSamples, inputOf, reportOf, reportOfText } from "../samples/samples.js";

/** What a report says was read; that something looked like a trace and is none is no false alarm. */
function readOf(report: Report): unknown {
  return report.documents.map(({ traces, assertions, messages, diagnostics }) => ({
    traces: traces.map(({ dialect, span }) => [dialect, span.start.line]),
    assertions: assertions.length,
    messages: messages.map(({ text }) => text),
    doubts: diagnostics.map(({ code }) => code).filter((code) => code !== "not-a-trace"),
  }));
}

const nothing = [{ traces: [], assertions: 0, messages: [], doubts: [] }];

describe("our own text output, pasted back", () => {
  const reports = allSamples().map((sample) => [sample.name, reportOf(inputOf(sample))] as const);

  it.each(reports)("holds no trace, no assertion and no message: %s", (_, report) => {
    for (const brief of [false, true]) {
      for (const columns of [60, 80, 132]) {
        const text = formatText(report, { palette: plain, columns, brief });
        expect(readOf(reportOfText(text)), text).toEqual(nothing);
        expect(readOf(reportOfText(text.replace(/^/gm, "> "))), `quoted: ${text}`).toEqual(nothing);
      }
    }
  });
});
