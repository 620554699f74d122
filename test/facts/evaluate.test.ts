import { describe, expect, it } from "vitest";
import { holdsWith } from "../../src/facts/evaluate.js";
import { KnownValues } from "../../src/facts/known-values.js";
import { readCondition } from "../../src/facts/read.js";
import { knownValues } from "./known.js";

/** Whether a condition holds with values as gdb prints them. */
function holds(condition: string, values: Readonly<Record<string, string>>): boolean | null {
  const expression = readCondition(condition);
  if (expression === null) throw new Error(`cannot be read: ${condition}`);
  return holdsWith(expression, new KnownValues(knownValues(values), expression));
}

describe("a condition over integers", () => {
  it.each([
    ["end > addr", { end: "0x10", addr: "0x20" }, false],
    ["end > addr", { end: "32", addr: "16" }, true],
    ["n >= 0", { n: "-1" }, false],
    ["offset + size <= total", { offset: "10", size: "91", total: "100" }, false],
    ["n % 4 == 0 && n >> 1 == 4", { n: "8" }, true],
    ["(n & 3) == 1", { n: "8" }, false],
    ["!(n & 8)", { n: "8" }, false],
    ["-(int)n == -3 && +n == 3", { n: "3" }, true],
    ["~n == -1", { n: "0" }, true],
    ["!!n == 1", { n: "7" }, true],
    ["n ? m : 0", { n: "1", m: "0" }, false],
    ["likely(n == 1)", { n: "2" }, false],
    ["g_assert_false(n)", { n: "0" }, true],
    ["n <= INT_MAX && n < SIZE_MAX && INT16_MIN < (int)n", { n: "5" }, true],
    ["n >= sizeof(uint32_t)", { n: "3" }, false],
    ["n == sizeof(struct foo)", { n: "3" }, null],
  ] as const)("%s with %j: %s", (condition, values, expected) => {
    expect(holds(condition, values)).toBe(expected);
  });

  it("has no answer where the types, which gdb does not show, would change it", () => {
    // False for size_t, true for int.
    expect(holds("a - b < 100", { a: "1", b: "3" })).toBeNull();
    expect(holds("a >= b", { a: "-1", b: "1" })).toBeNull();
    expect(holds("a >= 0", { a: "-1" })).toBe(false);
    expect(holds("x == -1", { x: "0xffffffff" })).toBeNull();
    expect(holds("x > 0", { x: "0xff" })).toBeNull();
    expect(holds("x > 0", { x: "0x7f" })).toBe(true);
    // An int overflows, a size_t does not.
    expect(holds("a + b > a", { a: "2147483647", b: "1" })).toBeNull();
    // A double is not divided as an int is.
    expect(holds("len / 2 == 2", { len: "5" })).toBeNull();
    expect(holds("len / 2 == 2", { len: "4" })).toBe(true);
  });

  it("takes the types that the condition and the value do tell", () => {
    expect(holds("(int)a - (int)b < 100", { a: "1", b: "3" })).toBe(true);
    expect(holds("(unsigned)a - (unsigned)b < 100", { a: "1", b: "3" })).toBe(false);
    expect(holds("c < 1u", { c: "-1 '\\377'" })).toBe(false);
    expect(holds("(uint8_t)n == k", { n: "257", k: "2 '\\002'" })).toBe(false);
    expect(holds("(uint8_t)n == k", { n: "257", k: "1 '\\001'" })).toBe(true);
    expect(holds("(n ? -1 : 0xffffffff) < 0", { n: "1" })).toBe(false);
    expect(holds("(n ? -1 : m) < 0", { n: "1" })).toBeNull();
    expect(holds("(bool)n == true", { n: "2" })).toBe(true);
    expect(holds("(some_t)n == 300", { n: "300" })).toBeNull();
  });

  it("has no answer where C has none", () => {
    expect(holds("a / b == 0", { a: "1", b: "0" })).toBeNull();
    expect(holds("1 << a", { a: "99" })).toBeNull();
    expect(holds("a == a", { a: "99999999999999999999999999" })).toBeNull();
  });

  it("is decided by one side of && and || where the other is not known", () => {
    expect(holds("a && b", { a: "0" })).toBe(false);
    expect(holds("b && a", { a: "0" })).toBe(false);
    expect(holds("b || a", { a: "1" })).toBe(true);
    expect(holds("a || b", { a: "0" })).toBeNull();
    expect(holds("b ? a : a", { a: "0" })).toBe(false);
  });
});

describe("a condition over other values", () => {
  it.each([
    ["p", { p: "0x0" }, false],
    ["p != NULL", { p: "0x55d0c8a31b40" }, true],
    ["!p", { p: "(Foo *) 0x55d0c8a31b40" }, false],
    ["a == b", { a: "0x10 <x>", b: "0x20 <y>" }, false],
    ["a == b", { a: "0xffffffff81000000 <x>", b: "0xffffffff81000000 <x>" }, true],
    ["p + 1 > p", { p: "0x10 <x>" }, null],
    ["((uintptr_t)p & 7) == 0", { p: "0x555555558041 <b+1>" }, false],
    ["(char *)p == NULL", { p: "0x0" }, true],
    ["ok", { ok: "false" }, false],
    ["!ok || n", { ok: "true", n: "0" }, false],
    ["c == 'x'", { c: "121 'y'" }, false],
    ["c == '\\n'", { c: "10 '\\n'" }, true],
    ["d < 1.0", { d: "2.5" }, false],
    ["d < 3", { d: "2.5" }, true],
    ["d == 0", { d: "-nan(0x8000000000000)" }, false],
    ["d == 0.1", { d: "0.100000001" }, null],
    ["d == 0.0 && d < 0.5", { d: "0" }, true],
    ["d != 2", { d: "2.5" }, true],
    ["d > 1e300", { d: "inf" }, true],
    ["v", { v: "@0x7ffe1c: 0" }, false],
    ["flags", { flags: "(FLAG_A | unknown: 0x8)" }, true],
    ["flags == 0", { flags: "(FLAG_A | FLAG_B)" }, false],
    ["x", { x: "<optimized out>" }, null],
    ["x", { x: "..." }, null],
    ["x", { x: "{...}" }, null],
    ["x == 101", { x: "0101" }, null],
    ["&x", {}, true],
  ] as const)("%s with %j: %s", (condition, values, expected) => {
    expect(holds(condition, values)).toBe(expected);
  });

  it("compares enumerators by their names, and only those of one family", () => {
    const values = { state: "RUN_STATE_PAUSED", kind: "ns::Kind::Leaf", old: "RUN_STATE_MAX" };
    expect(holds("state == RUN_STATE_RUNNING", values)).toBe(false);
    expect(holds("RUN_STATE_PAUSED == state", values)).toBe(true);
    expect(holds("state != RUN_STATE_RUNNING", values)).toBe(true);
    expect(holds("kind == Kind::Leaf", values)).toBe(true);
    expect(holds("kind == Kind::Node", values)).toBe(false);
    expect(holds("state == old", values)).toBe(false);
    // Another enumerator may have the number of the last one; a name of another kind may be a variable.
    expect(holds("state != RUN_STATE_MAX", values)).toBeNull();
    expect(holds("state != expected", values)).toBeNull();
    expect(holds("state != INITIAL", values)).toBeNull();
    expect(holds("state", values)).toBeNull();
    expect(holds("state < RUN_STATE_RUNNING", values)).toBeNull();
  });

  it("reads strings that were printed whole", () => {
    const values = { a: '0x55 "drive0"', b: '0x66 "drive1"', far: '0x77 "abc"...', empty: '0x88 ""' };
    expect(holds("a[0] == '/'", values)).toBe(false);
    expect(holds("*a == 'd' && a[6] == '\\0'", values)).toBe(true);
    expect(holds("a[7]", values)).toBeNull();
    expect(holds("far[0] == 'a'", values)).toBeNull();
    expect(holds("!*empty", values)).toBe(true);
    expect(holds("strcmp(a, b) == 0", values)).toBe(false);
    expect(holds("!strcmp(a, b)", values)).toBe(false);
    expect(holds('!g_strcmp0(a, "drive0")', values)).toBe(true);
    expect(holds("strcmp(a, b) < 0", values)).toBeNull();
    expect(holds("strlen(a) < 7", values)).toBe(true);
    expect(holds("strlen(far) < 7", values)).toBeNull();
  });

  it("says nothing of pointers to equal strings that GLib compares as strings", () => {
    expect(holds("a != b", { a: '0x55 "x"', b: '0x66 "x"' })).toBeNull();
    expect(holds("a != b", { a: '0x55 "x"', b: "0x0" })).toBe(true);
  });
});

describe("parts of printed structures", () => {
  const block =
    "{refcnt = -1, in = {w = 3, c = 121 'y'}, {u = 7}, <Base> = {b = 1}, v = {1, 0 <repeats 3 times>, 4}}";

  it.each([
    ["s.refcnt > 0", { s: block }, false],
    ["p->refcnt > 0", { "*p": block }, false],
    ["(*p).in.c == 'y'", { "*p": block }, true],
    ["q->p->in.w == 3", { "*q->p": block }, true],
    ["s.u == 7 && s.b == 1", { s: block }, true],
    ["s.v[4] == 4 && s.v[i] == 0", { s: block, i: "3" }, true],
    ["s.v[5]", { s: block }, null],
    ["s.w", { s: block }, null],
    ["s.in", { s: block }, null],
    ["refcnt > 0", { "*this": block, this: "0x55" }, false],
    ["refcnt > 0", { "*this": block }, null],
    ["refcnt > 0", { "*this": block, this: "0x55", refcnt: "<optimized out>" }, null],
    ["p->refcnt > 0", { p: "0x55" }, null],
    ["p->refcnt > 0", { "p -> refcnt": "2", "*p": block }, true],
    ["count(p) == 2", { "count( p )": "2" }, true],
    ["depth == 0", { "'memory.c'::depth": "1" }, false],
    ["v[1] == 8", { v: "std::vector of length 2, capacity 2 = {7, 8}" }, true],
  ] as const)("%s with %j: %s", (condition, values, expected) => {
    expect(holds(condition, values)).toBe(expected);
  });

  it("leaves unknown what the condition itself changes", () => {
    expect(holds("n-- > 0 && n < 5", { n: "0" })).toBeNull();
    expect(holds("--n == 0", { n: "0" })).toBeNull();
  });
});
