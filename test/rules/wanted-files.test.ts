import { describe, expect, it } from "vitest";
import { wantedFiles } from "../../src/rules/wanted-files.js";
import {
  depthAssertion as assertion,
  document,
  finding,
  frame,
  report,
  thread,
  trace,
} from "../format/reports.js";

const frames = [frame(0, "f", "a.c", 1), frame(1, "g", "/b/b.h", 2), frame(2, "f", "a.c", 3)];

function wanted(...documents: readonly ReturnType<typeof document>[]): string[] {
  return wantedFiles(report([...documents]));
}

describe("the files that a report asks a source tree for", () => {
  it("are those of all threads of a trace on which a rule spoke, each once", () => {
    const traces = [trace([thread(frames), thread([frame(0, "h", "c.c", 1)])])];
    expect(wanted(document({ traces, findings: [finding({ rule: "qemu-memory/x", trace: 0 })] }))).toEqual([
      "a.c",
      "/b/b.h",
      "c.c",
    ]);
  });

  it("are those of a trace with a failed assertion, whatever was found", () => {
    const traces = [trace([thread(frames)], { assertion })];
    expect(wanted(document({ traces }))).toEqual(["a.c", "/b/b.h"]);
  });

  it("are none where only the crash is told, or of traces of which nothing is", () => {
    const traces = [trace([thread(frames)]), trace([thread([frame(0, "h", "c.c", 1)])])];
    expect(wanted(document({ traces, findings: [finding({ rule: "crash/signal", trace: 0 })] }))).toEqual([]);
    const findings = [
      finding({ rule: "qemu-memory/x", trace: null }),
      finding({ rule: "glibc/y", trace: 1 }),
    ];
    expect(wanted(document({ traces, findings }))).toEqual(["c.c"]);
    expect(
      wanted(document({ traces, findings: [finding({ rule: "glibc/y", trace: null, alsoIn: [0] })] })),
    ).toEqual(["a.c", "/b/b.h"]);
  });

  it("are C files of frames with a line", () => {
    const odd = [
      frame(0, "f", "a.rs", 1),
      { ...frame(1, "g", "b.c", 1), location: { file: "b.c", line: null } },
      { ...frame(2, "h", "d.c", 1), location: null },
      frame(3, "i", "e.c", 1),
    ];
    expect(wanted(document({ traces: [trace([thread(odd)], { assertion })] }))).toEqual(["e.c"]);
  });

  it("are no more than 200, out of no more than 2,000 frames", () => {
    const many = Array.from({ length: 3000 }, (_, level) => frame(level, "f", `${level}.c`, 1));
    expect(wanted(document({ traces: [trace([thread(many)], { assertion })] }))).toHaveLength(200);
    const deep = Array.from({ length: 3000 }, (_, level) =>
      frame(level, "f", level < 2500 ? "a.c" : "b.c", 1),
    );
    expect(wanted(document({ traces: [trace([thread(deep)], { assertion })] }))).toEqual(["a.c"]);
  });
});
