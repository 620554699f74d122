import { describe, expect, it } from "vitest";
import { clausesOf, clausesOfFailure, propagate } from "../../src/facts/clauses.js";

const types = { unsigned: new Set(["depth", "s->count"]) };
const failure = (condition: string) => clausesOfFailure(condition, types);

describe("what a failed condition proves", () => {
  it.each([
    ["memory_region_transaction_depth == 0", [["memory_region_transaction_depth != 0"]]],
    ["a || b", [["a == 0"], ["b == 0"]]],
    ["a && b", [["a == 0", "b == 0"]]],
    ["!a", [["a != 0"]]],
    ["!!a", [["a == 0"]]],
    ["a", [["a == 0"]]],
    ["!(a && b)", [["a != 0"], ["b != 0"]]],
    [
      "a && (b || c)",
      [
        ["a == 0", "b == 0"],
        ["a == 0", "c == 0"],
      ],
    ],
    ["a == b", [["a != b"]]],
    ["end > addr", [["end <= addr"]]],
    ["p == NULL", [["p != 0"]]],
    ["p != nullptr", [["p == 0"]]],
    ["list_empty(&x->list)", [["list_empty(&x->list) == 0"]]],
    ['a && "the reason"', [["a == 0"]]],
    ["likely(a > 0)", [["a <= 0"]]],
    ["__builtin_expect(!!(a), 1)", [["a == 0"]]],
    [
      "a ? b : c",
      [
        ["a == 0", "b == 0"],
        ["a != 0", "c == 0"],
      ],
    ],
    ["(a == b) == 0", [["a == b"]]],
    [
      "(!transaction_in_progress() && big_lock_held()) || rcu_read_is_locked()",
      [["transaction_in_progress() != 0", "big_lock_held() == 0"], ["rcu_read_is_locked() == 0"]],
    ],
  ])("%s", (condition, clauses) => {
    expect(
      failure(condition)
        ?.map((clause) => clause.toSorted())
        .toSorted(),
    ).toEqual(clauses.map((clause) => clause.toSorted()).toSorted());
  });

  it.each([
    "!depth",
    "0 == depth",
    "depth == 0",
    "depth < 1",
    "1 > depth",
    "depth <= 0",
    "!(depth > 0)",
    "!(depth != 0)",
    "depth == 0u",
    "(depth) == (0)",
    "!(depth >= 1)",
    "NULL == depth",
    "depth == false",
    "depth == (unsigned)0",
  ])("%s says of an unsigned depth that it is 0", (condition) => {
    expect(failure(condition)).toEqual([["depth != 0"]]);
    expect(clausesOf(condition, types)).toEqual([["depth == 0"]]);
  });

  it.each(["x < 1", "x <= 0"])("%s says no such thing of a signed x", (condition) => {
    expect(failure(condition)).not.toEqual([["x != 0"]]);
  });

  it.each(['0 && "never"', "false", '!"reached"', "a || !a", "depth >= 0"])(
    "%s proves nothing",
    (condition) => {
      expect(failure(condition)).toEqual([]);
    },
  );

  it.each([
    "({ int x = f(); x; })",
    "a =",
    "IS_TYPE(x, struct foo *)",
    "[](int x) { return x; }(1)",
    "",
    "a == ",
    "(".repeat(100_000),
    "!".repeat(100_000),
  ])("a condition that cannot be read gives no clause (%#)", (condition) => {
    expect(failure(condition)).toBeNull();
  });

  it("gives up where the normal form grows too large", () => {
    const conjuncts = Array.from({ length: 8 }, (_, index) => `(a${index} || b${index})`);
    expect(failure(conjuncts.join(" && "))).toBeNull();
    expect(failure("a ? b ? c ? d ? e ? f : g : h : i : j : k")).toBeNull();
  });
});

describe("unit propagation", () => {
  it("strikes what is refuted, and settles the rest", () => {
    const clauses = failure("!transaction_in_progress() && big_lock_held()") ?? [];
    expect(propagate(clauses, (term) => term === "big_lock_held() == 0")).toEqual([
      ["transaction_in_progress() != 0"],
    ]);
  });

  it("uses settled clauses against others, again and again", () => {
    expect(propagate([["a == 0"], ["a != 0", "b == 0"], ["b != 0", "c != 0"]], () => false)).toEqual([
      ["a == 0"],
      ["b == 0"],
      ["c != 0"],
    ]);
  });

  it("concludes nothing from a clause that everything contradicts", () => {
    expect(propagate([["a != 0", "b != 0"]], () => true)).toEqual([["a != 0", "b != 0"]]);
  });
});
