import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";

const report = "Program received signal SIGSEGV, Segmentation fault.\n";
const stack = (...names: readonly string[]): string =>
  names.map((name, level) => `#${level}  0x000000000000110${level} in ${name} () at list.c:3\n`).join("");

function findingPrint(text: string): string | undefined {
  return reportOfText(text).documents[0]?.findings[0]?.fingerprint;
}

describe("the fingerprint of a finding without a path", () => {
  it("does not see that the crash is in a copy of the function", () => {
    expect(findingPrint(report + stack("walk.constprop.0.isra.1", "main"))).toBe(
      findingPrint(report + stack("walk", "main")),
    );
  });

  it("is another one for another stack", () => {
    expect(findingPrint(report + stack("walk", "load", "main"))).not.toBe(
      findingPrint(report + stack("walk", "save", "main")),
    );
    const unnamed = (caller: string): string =>
      `${report}#0  0x01 in ?? ()\n#1  0x02 in ${caller} () at list.c:3\n`;
    expect(findingPrint(unnamed("load"))).not.toBe(findingPrint(unnamed("save")));
  });
});
