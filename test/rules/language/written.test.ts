import { describe, expect, it } from "vitest";
import { readYaml } from "../../../src/rules/language/written.js";

const read = (text: string) => readYaml(text, "a.yaml", "a pack");

describe("reading YAML that a user wrote", () => {
  it("gives plain data and the place of each part", () => {
    const { written } = read("a: 1\nb:\n  - x\n  - c: y\n");
    expect(written?.data).toEqual({ a: 1, b: ["x", { c: "y" }] });
    expect(written?.placeOf(["b", 1, "c"])).toBe("a.yaml:4:5");
    expect(written?.placeOf(["b", 1, "d", "e"])).toBe("a.yaml:4:5");
    expect(written?.placeOf(["b", 7])).toBe("a.yaml:2:1");
    expect(written?.has(["b", 1, "c"])).toBe(true);
    expect(written?.has(["b", 7])).toBe(false);
  });

  it.each([
    ["a key that stands twice", "a: 1\nb: 2\na: 3\n", "a.yaml:3:1: the key `a` is there already"],
    ["an alias", "a: &x 1\nb: *x\n", "a.yaml:2:4: a pack has no aliases"],
    ["a merge of an alias", "a: &x { b: 1 }\nc:\n  <<: *x\n", "a.yaml:3:7: a pack has no aliases"],
  ])("refuses %s at its place", (_, text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  /** Each is more than the YAML library reads in linear time, or at all. */
  const hostile: readonly (readonly [string, string])[] = [
    ["a bomb of aliases", `a: &a [x,x]\n${"b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n".repeat(2000)}`],
    ["a megabyte", "# x\n".repeat(1 << 18)],
    ["tabs for indentation", `a:\n${"\tb: 1\n".repeat(30_000)}`],
    ["the same key again and again", "a: 1\n".repeat(60_000)],
    ["explicit keys in each other", "? ".repeat(50_000)],
    [
      "explicit keys over many lines",
      Array.from({ length: 390 }, (_, n) => `${" ".repeat(n)}?\n`)
        .join("")
        .repeat(3),
    ],
    ["explicit keys in lists in each other", `${"[? ".repeat(4000)}x${"]".repeat(4000)}`],
    ["a line that begins far to the right", `a:\n${" ".repeat(200_000)}- |\n${" ".repeat(200_001)}x\n`],
    ["lists in one line", "- ".repeat(50_000)],
    ["brackets that never close", "[".repeat(200_000)],
    ["brackets the wrong way round", "}{".repeat(100_000)],
    ["lists that are not closed, on many lines", "x: [1,\n".repeat(50_000)],
    ["deep maps", `${"{ a: ".repeat(5000)}x${" }".repeat(5000)}`],
    ["deep maps that are no more than a pack could have", `${"{ a: ".repeat(80)}x${" }".repeat(80)}`],
  ];

  it.each(hostile)("refuses %s soon, with a place", (_, text) => {
    const start = performance.now();
    const { written, problems } = read(text);
    expect(written).toBeNull();
    expect(problems[0]).toMatch(/^a\.yaml:[1-9]\d*:[1-9]\d*: \S/);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("reads many different keys in a time that does not grow with their square", () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `key${index}: 1\n`).join("");
    const start = performance.now();
    expect(read(text).problems).toEqual([]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("takes unknown functions and separators in the text of an example", () => {
    const text = `a: |\n  #0  0x1 in ?? () from /lib/x.so\n  ${"-".repeat(80)}\n`.repeat(1).concat("b: 1\n");
    expect(read(text).problems).toEqual([]);
    const many = `a: |\n${"  #0  0x1 in ?? () from /lib/x.so\n".repeat(500)}`;
    expect(read(many).problems).toEqual([]);
  });
});
