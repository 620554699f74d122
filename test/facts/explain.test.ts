import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainCondition } from "../../src/facts/explain.js";
import { knownValues } from "./known.js";
import { evaluate } from "./reference.js";

const explain = (condition: string, values: Readonly<Record<string, string>>) =>
  explainCondition(condition, knownValues(values));

describe("an explanation", () => {
  it("shows the condition with values, those values, and the part that is false", () => {
    const [end, addr] = knownValues({ end: "0x10", addr: "0x20" });
    expect(explain("end > addr", { end: "0x10", addr: "0x20", other: "1" })).toEqual({
      condition: "end > addr",
      withValues: "0x10 > 0x20",
      values: [end, addr],
      falsePart: "end > addr",
      contradicted: false,
      unknown: [],
    });
  });

  it.each([
    ["p && n >= 0", { p: "0x55", n: "-1" }, "n >= 0"],
    ["p && (a || b) && c", { p: "0x55", a: "0", b: "0" }, "a || b"],
    ["a && b", { b: "0" }, "b"],
    ["a || b && c", { a: "0", b: "0", c: "1" }, "a || b && c"],
    ["!a || b", { a: "true", b: "false" }, "!a || b"],
    ["!(a && b)", { a: "1", b: "1" }, "!(a && b)"],
    ["!!(a && b)", { a: "1", b: "0" }, "b"],
    ["likely(a && b)", { a: "1", b: "0" }, "b"],
    ["g_assert_false(a)", { a: "1" }, "g_assert_false(a)"],
    ["(bool)(a && b)", { a: "1", b: "0" }, "b"],
    ["n < 0 ? big == 0 : big > 5", { n: "-1 '\\377'", big: "6" }, "big == 0"],
    ['n && "never empty"', { n: "0" }, "n"],
  ])("of %s with %j blames the innermost part that is false: %s", (condition, values, part) => {
    expect(explain(condition, values)).toMatchObject({ falsePart: part, contradicted: false });
  });

  it.each([
    ["a == -b", { a: "1", b: "-5" }, "1 == -(-5)"],
    ["c == 'x'", { c: "121 'y'" }, "'y' == 'x'"],
    ["name[0] == '/'", { name: '0x55 "drive0"' }, "\"drive0\"[0] == '/'"],
    ["strcmp(a, b) == 0", { a: '0x55 "x"', b: '0x66 "y"' }, 'strcmp("x", "y") == 0'],
    ["check(n, m)", { n: "3" }, "check(3, m)"],
    ["v[i] == *p", { v: "{1, 2}", i: "1", p: "0x55" }, "2 == *p"],
    ["v[i] == n", { i: "1", n: "0" }, "v[1] == 0"],
    ["b->in.refs > 0", { "*b": "{in = {refs = -1}}", b: "0x55" }, "-1 > 0"],
    ["(uint8_t)n == 0", { n: "257" }, "(uint8_t)257 == 0"],
    ["state == RUN_STATE_RUNNING", { state: "RUN_STATE_PAUSED" }, "RUN_STATE_PAUSED == RUN_STATE_RUNNING"],
    ["p", { p: `0x55 "${"x".repeat(100)}"` }, `"${"x".repeat(58)}…`],
  ])("of %s with %j shows %s", (condition, values, withValues) => {
    expect(explain(condition, values)?.withValues).toBe(withValues);
  });

  it("names a part of a structure and its value, as gdb would print it", () => {
    const structure = "{p = 0x55 <f> \"s\", c = 120 'x', k = KIND, f = 1.5, t = (Foo *) 0x66}";
    const parts = ["s.p", "s.c", "s.k", "s.f", "s.t"];
    expect(
      explain(parts.join(" && "), { s: structure })?.values.map(({ name, value }) => [name, value]),
    ).toEqual([
      ["s.p", '0x55 <f> "s"'],
      ["s.c", "120 'x'"],
      ["s.k", "KIND"],
      ["s.f", "1.5"],
      ["s.t", "(Foo *) 0x66"],
    ]);
  });

  it("tells what the trace does not show, once each and without constants", () => {
    const found = explain(
      "n < MOST && *p && q->x && f(m) && f(m) && n <= INT_MAX && n-- && s == A_B && a[n]",
      {
        n: "3",
        s: "A_C",
      },
    );
    expect(found?.unknown).toEqual(["n", "MOST", "*p", "q->x", "f(m)", "m", "n--", "a[n]"]);
    expect(found?.values.map(({ name }) => name)).toEqual(["s"]);
  });

  it("says so where the values make the condition true", () => {
    expect(explain("n > 0 && n < 5", { n: "3" })).toMatchObject({ contradicted: true, falsePart: null });
    expect(explain("n > 0 && m", { n: "3" })).toMatchObject({ contradicted: false, falsePart: null });
  });

  it("takes the first value of a name that is shown", () => {
    const values = (...all: string[]) => all.flatMap((value) => knownValues({ n: value }));
    expect(explainCondition("n > 5", values("...", "2", "3"))?.withValues).toBe("2 > 5");
    // In the frame that has no value of it gdb would not have printed one.
    expect(explainCondition("n > 5", values("<optimized out>", "2"))).toBeNull();
  });

  it.each([
    ["n > 0", {}],
    ["n > 0", { m: "1" }],
    ["n > 0", { n: "<optimized out>" }],
    ["({ n; })", { n: "1" }],
    ["n > 0 &&...", { n: "1" }],
    ['!"reached"', { n: "1" }],
  ])("of %s with %j is none", (condition, values) => {
    expect(explain(condition, values)).toBeNull();
  });
});

const atom = fc.constantFrom("a", "b", "c", "0", "1", "2", "NULL", "true", "0x1", "(a)");
const comparison = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");

/** Conditions over a, b and c. */
function conditions(operators: readonly string[]): fc.Arbitrary<string> {
  return fc.letrec<{ condition: string }>((tie) => {
    const part = tie("condition");
    const joined = (operator: fc.Arbitrary<string>) =>
      fc.tuple(part, operator, part).map(([left, op, right]) => `(${left} ${op} ${right})`);
    return {
      condition: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        fc.tuple(atom, comparison, atom).map((words) => words.join(" ")),
        atom,
        part.map((one) => `!(${one})`),
        part.map((one) => `likely(${one})`),
        part.map((one) => `(bool)(${one})`),
        part.map((one) => `(${one} && "why")`),
        joined(fc.constantFrom("&&", "||")),
        joined(comparison),
        joined(fc.constantFrom(...operators)),
        fc.tuple(part, part, part).map(([test, one, other]) => `(${test} ? ${one} : ${other})`),
      ),
    };
  }).condition;
}

const small = (least: number) => {
  const value = fc.integer({ min: least, max: 3 });
  return fc.record({ a: value, b: value, c: value });
};

const asPrinted = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

describe("the explanation of any condition over ints", () => {
  it("agrees with C, and blames a part that is false", () => {
    fc.assert(
      fc.property(conditions(["+", "-", "*", "&", "|"]), small(-2), (condition, values) => {
        const found = explain(condition, asPrinted(values));
        if (found === null) return;
        const truth = evaluate(condition, values) !== 0;
        if (found.contradicted) expect(truth, condition).toBe(true);
        if (found.falsePart === null) return;
        expect(truth, condition).toBe(false);
        expect(evaluate(found.falsePart, values) !== 0, condition).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("knows the answer where no number is negative: then no type matters", () => {
    fc.assert(
      fc.property(conditions(["+", "*", "&", "|"]), small(0), (condition, values) => {
        const found = explain(condition, asPrinted(values));
        if (found === null) return;
        expect(found.contradicted, condition).toBe(evaluate(condition, values) !== 0);
        expect(found.falsePart === null, condition).toBe(found.contradicted);
      }),
      { numRuns: 1000 },
    );
  });

  it("shows with values a condition that is as true as the one that was written", () => {
    fc.assert(
      fc.property(conditions(["+", "-", "*"]), small(-2), (condition, values) => {
        const found = explain(condition, asPrinted(values));
        if (found === null) return;
        expect(evaluate(found.withValues, {}) === evaluate(condition, values), condition).toBe(true);
        expect(found.unknown).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what nobody wrote", () => {
  const words = fc.constantFrom(
    ..."a b * & -> . [ ] ( ) ! ~ - ++ -- ? : == < && || , 0 1 0xff 'x' \"s\" sizeof (int) (char*) strcmp 1.5 NULL".split(
      " ",
    ),
  );
  const garbage = fc.array(words, { maxLength: 30 }).map((all) => all.join(" "));
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("0x", "{", "{a = 1", "-", "1e", "(A |", "'\\", '0x1 "', "@0x1: "),
    garbage,
  );

  it("is explained or not, and never thrown at", () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.string()), value, value, (condition, a, b) => {
        explain(condition, { a, b, "*a": b, "a->b": a, [b]: a });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a chain of sums", `a${" + a".repeat(250)}`],
    ["a chain of members", `a${"->b".repeat(250)}`],
    ["nested indices", `${"a[".repeat(99)}a${"]".repeat(99)}`],
    ["nested conditionals", `${"(a ? ".repeat(45)}a${" : a)".repeat(45)}`],
    ["shifts that grow", `(a ${"<< a ".repeat(200)}) == 1`],
    ["many ands", Array.from({ length: 250 }, (_, index) => `a != ${index + 300}`).join(" && ")],
    ["many ors", `!(${"a == 7 || ".repeat(200)}a == 8)`],
  ])("takes little time: %s", (_, condition) => {
    const start = performance.now();
    for (const a of ["0xff", "3", "-5", `{${"{".repeat(500)}`]) explain(condition, { a, "*a": `{b = ${a}}` });
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
