import { describe, expect, it } from "vitest";
import { fill, placeholdersOf } from "../../src/rules/message.js";

describe("a message", () => {
  it("is filled from the data", () => {
    expect(fill("{site} calls {touch}, {rcu-read}", { site: "f", touch: "g", "rcu-read": "locked" })).toBe(
      "f calls g, locked",
    );
  });

  it("puts text of the input in as it is, whatever it looks like", () => {
    const data = { site: "{touch}", touch: "$& $1 $$", expression: "a `b' {site}" };
    expect(fill("{site} {touch} {expression}", data)).toBe("{touch} $& $1 $$ a `b' {site}");
  });

  it("speaks in general words of what is not known", () => {
    expect(fill("{crash}: {expression}, {signal}", {})).toBe(
      "a function that is not named: a condition that is not shown, a signal",
    );
  });

  it("keeps braces that are no placeholder", () => {
    expect(fill("{ site } {} {Site} {{site}}", { site: "f" })).toBe("{ site } {} {Site} {f}");
  });

  it("tells which placeholders it has", () => {
    expect(placeholdersOf("{site} calls {rcu-read} {not this} {site}")).toEqual(["site", "rcu-read", "site"]);
  });
});
