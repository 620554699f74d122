import { describe, expect, it } from "vitest";
import { canonicalName } from "../../src/text/names.js";
import { reportOfText } from "../samples/samples.js";

const stack =
  "#0  0x0000000000001131 in walk () at list.c:12\n#1  0x0000000000001160 in main () at list.c:30\n";

describe("time in proportion to the text", () => {
  it.each([
    ["copies of copies", `f${".part.0".repeat(40_000)}`],
    ["blanks in a name", `f${" ".repeat(200_000)}x`],
  ])("is taken for a name with very many %s", (_, name) => {
    expect(() => canonicalName(name)).not.toThrow();
    expect(() => reportOfText(`#0  0x01 in ${name} () at a.c:3\n${stack}`)).not.toThrow();
  });

  it("is taken for a subject with very many brackets", () => {
    expect(() => reportOfText(`Subject: ${"[".repeat(200_000)}\n${stack}`)).not.toThrow();
  });
});
