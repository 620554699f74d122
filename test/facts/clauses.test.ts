import { describe, expect, it } from "vitest";
import { clausesOf, clausesOfFailure } from "../../src/facts/clauses.js";

const types = { unsigned: new Set(["depth", "s->count"]) };
const failure = (condition: string) => clausesOfFailure(condition, types);
const success = (condition: string) => clausesOf(condition, types);

describe("what a failed condition proves", () => {
  it.each([
    ["memory_region_transaction_depth == 0", [["memory_region_transaction_depth != 0"]]],
    ["a || b", [["a == 0"], ["b == 0"]]],
    ["a && b", [["a == 0", "b == 0"]]],
    ["!(a && b)", [["a != 0"], ["b != 0"]]],
    [
      "a && (b || c)",
      [
        ["a == 0", "b == 0"],
        ["a == 0", "c == 0"],
      ],
    ],
    ["end > addr", [["end <= addr"]]],
    ["list_empty(&x->list)", [["list_empty(&x->list) == 0"]]],
    ['a && "the reason"', [["a == 0"]]],
    ["addr < cache->len && 2 <= cache->len - addr", [["cache->len <= addr", "cache->len - addr < 2"]]],
    ["g_assert_cmpint(a, ==, b)", [["a != b"]]],
    ['g_assert_cmpstr(a, ==, "x")', [['g_strcmp0(a, "x") != 0']]],
    [
      "a ? b : c",
      [
        ["a == 0", "b == 0"],
        ["a != 0", "c == 0"],
      ],
    ],
    ["a ? b : 0", [["a == 0", "b == 0"]]],
    [
      "!a == !b",
      [
        ["a == 0", "b == 0"],
        ["a != 0", "b != 0"],
      ],
    ],
    [
      "!(!a == !b)",
      [
        ["a != 0", "b == 0"],
        ["a == 0", "b != 0"],
      ],
    ],
    [
      "(!transaction_in_progress() && big_lock_held()) || rcu_read_is_locked()",
      [["rcu_read_is_locked() == 0"], ["transaction_in_progress() != 0", "big_lock_held() == 0"]],
    ],
  ])("%s", (condition, clauses) => {
    expect(failure(condition)).toEqual(clauses);
  });
});

describe("spellings of one condition have one form", () => {
  const zeroOfUnsigned = [
    "!depth",
    "0 == depth",
    "depth == 0",
    "depth < 1",
    "1 > depth",
    "depth <= 0",
    "!(depth > 0)",
    "!(depth != 0)",
    "!(depth >= 1)",
    "depth == 0u",
    "depth < 1UL",
    "depth < (unsigned)1",
    "(depth) == (0)",
    "NULL == depth",
    "depth == false",
    "depth == '\\0'",
    "depth == (unsigned)0",
    "!!depth == 0",
    "!depth != 0",
    "!depth == true",
    "!depth >= 1",
    "(depth != 0) < 1",
    "!(bool)depth",
    "depth ? 0 : 1",
    "likely(!depth)",
    "!unlikely(depth)",
    "likely(depth) == 0",
    "__builtin_expect(!!(!depth), 1)",
    "G_LIKELY(depth == 0)",
    "assert(depth == 0)",
    "g_assert_false(depth)",
    "g_assert_null(depth)",
    'depth == 0 && "reason"',
    "depth == 0 || depth == 0",
    "depth == 0 && (depth == 0 || b)",
  ];
  it.each(zeroOfUnsigned)("%s says of an unsigned depth that it is 0", (condition) => {
    expect(failure(condition)).toEqual([["depth != 0"]]);
    expect(success(condition)).toEqual([["depth == 0"]]);
  });

  it.each([
    ["x > y", "y < x"],
    ["!(x <= y)", "y < x"],
    ["y == x", "x == y"],
    ["!(y != x)", "x == y"],
    ["RUN_STATE_X == state", "state == RUN_STATE_X"],
    ["sizeof(x) <= len", "len >= sizeof(x)"],
    ["-1 == ret", "ret == -1"],
    ["x == 0x10", "x == 16"],
    ["x == 010", "x == 8"],
    ["x == 16UL", "x == 16"],
    ["x == (uint8_t)16", "x == 16"],
    ["x == true", "x == 1"],
    ["x != TRUE", "x != 1"],
    ["p != nullptr", "p != 0"],
    ["p", "p != 0"],
    ["!(flags & 0xf)", "(flags & 15) == 0"],
    ["(4 & x) != 0", "(x & 4) != 0"],
    ["1 + x < y", "x + 1 < y"],
    ["f( !a,b )", "f(a == 0, b) != 0"],
    ["x < 10L", "x < 10"],
    ["c == 'x'", "c == 'x'"],
    ["(hwaddr)(x+1) == y", "(hwaddr)(x + 1) == y"],
  ])("%s is %s", (condition, term) => {
    expect(success(condition)).toEqual([[term]]);
    expect(success(term)).toEqual([[term]]);
  });
});

describe("what C's types leave open stays as it is written", () => {
  it.each([
    ["a signed x below 1 may be negative", "x < 1", "x < 1"],
    ["a signed x that is not above 0 too", "!(x > 0)", "x <= 0"],
    ["an int -1 is above 10u", "x < 10u", "x < 10U"],
    ["and above a size_t", "x < (size_t)10", "x < (size_t)10"],
    ["a cast may change the number", "x == (uint8_t)300", "x == (uint8_t)300"],
    ["and the width of a shift", "x & (uint64_t)1 << n", "(x & (uint64_t)1 << n) != 0"],
    ["a suffix too", "x & 1ULL << n", "(x & 1ULL << n) != 0"],
    ["0xffffffff is unsigned", "x == 0xffffffff", "x == 4294967295U"],
    ["-1 and an unsigned number depend on the width", "-1 == 0xffffffff", "-1 == 4294967295U"],
    ["a number that is not below 1.5 may be a NaN", "!(x < 1.5)", "(x < 1.5) == 0"],
    ["true is 1, and 2 is not", "x == true", "x == 1"],
    ["likely(x) is 0 or 1", "likely(x) == 2", "(x != 0) == 2"],
  ])("%s", (_why, condition, term) => {
    expect(success(condition)).toEqual([[term]]);
  });
});

describe("conditions that prove nothing when they fail", () => {
  it.each(['0 && "never"', "false", '!"reached"', "depth < 0", "a && !a", "(uint8_t)1 == 0"])(
    "%s fails always",
    (condition) => {
      expect(failure(condition)).toEqual([]);
      expect(success(condition)).toBeNull();
    },
  );

  it.each([
    '"text"',
    "1",
    "a || !a",
    "depth >= 0",
    '"text" != NULL',
    "1 + 0 == 1 || true",
    "a == b || b != a",
  ])("%s cannot fail", (condition) => {
    expect(failure(condition)).toBeNull();
    expect(success(condition)).toEqual([]);
  });

  it.each([
    "({ int x = f(); x; })",
    "IS_TYPE(x, struct foo *)",
    "[](int x) { return x; }(1)",
    "",
    "a == ",
    "(".repeat(100_000),
    "!".repeat(100_000),
  ])("what cannot be read (%#)", (condition) => {
    expect(failure(condition)).toBeNull();
  });

  it.each(["x++ < 5", "x == 7 || f(--x)"])("%s, which changes what it reads", (condition) => {
    expect(failure(condition)).toBeNull();
  });

  it("what grows too large", () => {
    const pairs = Array.from({ length: 8 }, (_, index) => `(a${index} || b${index})`);
    expect(failure(pairs.join(" && "))).toBeNull();
    expect(success(pairs.join(" && "))).toHaveLength(8);
    const names = Array.from({ length: 17 }, (_, index) => `a${index}`);
    expect(failure(names.join(" && "))).toBeNull();
    expect(failure(names.slice(1).join(" && "))).toHaveLength(1);
    expect(failure(names.map((name) => `!${name}`).join(" == "))).toBeNull();
  });
});
