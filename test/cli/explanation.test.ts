import { describe, expect, test } from "vitest";
import { explanation, ruleList } from "../../src/cli/explanation.js";
import { findRule, ruleBook } from "../../src/cli/rule-book.js";
import { plain } from "../../src/format/palette.js";
import { type Pack, packSchema } from "../../src/rules/language/pack.js";

const rule = {
  title: "A flatview is read inside an open transaction",
  severity: "error",
  grade: [{ when: { role: "reader" }, severity: "note" }],
  on: { verdict: "offending" },
  message: "{site} reads",
  why: "The view is old.\n\nIt is brought up to date when the outermost transaction ends, not before, and who reads it until then sees the old map.",
  exceptions: ["A bystander."],
  advice: ["Defer the access."],
  help: "https://www.qemu.org/docs/master/devel/memory.html",
  examples: {
    match: [{ title: "a device is loaded", input: "#0  f () at a.c:1\n#1  \u001b[31mg () at b.c:2\n" }],
    differ: [
      {
        title: "in the commit",
        input: Array.from({ length: 50 }, (_, level) => `#${level} f ()`).join("\n"),
      },
    ],
  },
};

function pack(name: string, parts: object = {}): Pack {
  return packSchema.parse({
    pack: name,
    version: 1,
    title: name,
    roles: { reader: { title: "r", functions: ["f"] } },
    verdicts: { offending: { says: "reads a flatview", when: { role: "reader" } } },
    rules: { "flatview-in-transaction": rule },
    ...parts,
  });
}

const book = ruleBook([
  pack("memory"),
  pack("runtime", {
    prefix: "crash",
    rules: {
      signal: { ...rule, on: { crash: "signal" }, grade: undefined, help: undefined, severity: "note" },
    },
  }),
]);

describe("the rule book", () => {
  test("has each rule under the id that findings show", () => {
    expect(book.map(({ id }) => id)).toEqual(["memory/flatview-in-transaction", "crash/signal"]);
  });

  test("finds a rule by its id, and by its name where there is one of it", () => {
    expect(findRule(book, "crash/signal")?.name).toBe("signal");
    expect(findRule(book, "signal")?.id).toBe("crash/signal");
    expect(findRule(book, "runtime/signal")).toBeUndefined();
    expect(findRule(ruleBook([pack("one"), pack("two")]), "flatview-in-transaction")).toBeUndefined();
  });
});

describe("an explanation", () => {
  const [first, second] = book;
  const text = first === undefined ? "" : explanation(first, plain, 80);

  test("names the rule, how bad it is and its verdict", () => {
    expect(text.split("\n").slice(0, 3)).toEqual([
      "memory/flatview-in-transaction: A flatview is read inside an open transaction",
      "  error (in some cases note), verdict offending (reads a flatview)",
      "",
    ]);
  });

  test("says why, keeps the paragraphs and wraps them", () => {
    expect(text).toContain(
      "Why\n  The view is old.\n\n  It is brought up to date when the outermost transaction ends, not before, and",
    );
  });

  test("shows an example of the input, safely, and one that is not meant", () => {
    expect(text).toContain(
      "Example: a device is loaded\n    #0  f () at a.c:1\n    #1  \\x1b[31mg () at b.c:2\n",
    );
    expect(text).toContain("Not this: in the commit\n    #0 f ()");
    expect(text).toContain("    … 10 more lines …");
  });

  test("lists exceptions, advice and help", () => {
    expect(text).toContain("Known exceptions\n  - A bystander.");
    expect(text).toContain("Advice\n  - Defer the access.");
    expect(text).toContain("Help\n  https://www.qemu.org/");
  });

  test("leaves out what the pack does not say", () => {
    const short = second === undefined ? "" : explanation(second, plain, 80);
    expect(short).toContain("\n  note\n");
    expect(short).not.toContain("Help");
  });
});

test("the list has every rule in a line", () => {
  expect(ruleList(book, 100)).toBe(
    "memory/flatview-in-transaction  error    A flatview is read inside an open transaction\n" +
      "crash/signal                    note     A flatview is read inside an open transaction\n",
  );
});
