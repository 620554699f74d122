import { describe, expect, it } from "vitest";
import { exchanged, load, placeOf, smallPack } from "../small-pack.js";

describe("loading a pack", () => {
  it.each([
    ["an alias without its anchor", exchanged(smallPack, "title: glue", "title: *none")],
    [
      "a condition that holds itself",
      exchanged(smallPack, "when: { within: glue }", "when: &own { not: *own }"),
    ],
    ["a merge of what is no map", `%YAML 1.1\n---\n<<: 5\n${smallPack}`],
    [
      "aliases of aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`,
    ],
  ])("says of %s what is wrong, without an exception", (_, yaml) => {
    const { pack, problems } = load(yaml);
    expect(pack).toBeNull();
    for (const problem of problems) expect(problem).toMatch(/^pack\.yaml:[1-9]\d*:[1-9]\d*: \S/);
  });

  it("tells an unknown key and an unknown role at once", () => {
    const misspelt = exchanged(smallPack, "version: 1", "version: 1\nverison: 2");
    const yaml = exchanged(misspelt, "within: glue", "within: glu");
    const places = load(yaml).problems.map((problem) => problem.split(": ")[0]);
    expect(places).toEqual(
      expect.arrayContaining([placeOf(yaml, "verison: 2"), placeOf(yaml, "within: glu")]),
    );
  });

  it.each([
    ["advice", "let {blame} wait", "let {blam} wait"],
    ["the holder's message", "{frame} holds it open", "{fram} holds it open"],
    ["the candidate's message", "{frame} may hold it open", "{fram} may hold it open"],
    ["a clause's because", "{frame} holds the lock", "{fram} holds the lock"],
  ])("refuses a placeholder that nothing fills in %s", (_, from, to) => {
    expect(load(exchanged(smallPack, from, to)).problems).toEqual([
      expect.stringContaining("nothing fills the placeholder"),
    ]);
  });

  it("refuses a value that only JavaScript's objects have", () => {
    expect(load(exchanged(smallPack, "{ is: elsewhere,", "{ is: constructor,")).problems).toEqual([
      expect.stringContaining("the state `store` has no value `constructor`"),
    ]);
  });

  it("says what is wrong with a name", () => {
    expect(load(exchanged(smallPack, "  glue:\n", "  Glue:\n")).problems).toEqual([
      expect.stringContaining("a name is lower-case words joined by -"),
    ]);
  });

  it("says the place of a syntax error once", () => {
    expect(load(exchanged(smallPack, "[glue]", "[glue")).problems).toEqual([
      expect.not.stringMatching(/at line \d+|:$/),
    ]);
  });
});
