import { describe, expect, it } from "vitest";
import { propagate } from "../../src/facts/propagate.js";

const none = () => false;
const only =
  (...refuted: readonly string[]) =>
  (term: string) =>
    refuted.includes(term);

describe("unit propagation", () => {
  it("strikes what is refuted, and settles the rest", () => {
    expect(
      propagate(
        [["rcu_read_is_locked() == 0"], ["transaction_in_progress() != 0", "big_lock_held() == 0"]],
        only("big_lock_held() == 0"),
      ),
    ).toEqual([["rcu_read_is_locked() == 0"], ["transaction_in_progress() != 0"]]);
  });

  it("uses settled clauses against others, again and again", () => {
    expect(propagate([["b != 0", "c != 0"], ["a != 0", "b == 0"], ["a == 0"]], none)).toEqual([
      ["c != 0"],
      ["b == 0"],
      ["a == 0"],
    ]);
  });

  it("uses what a settled clause implies", () => {
    expect(propagate([["depth == 1"], ["depth == 0", "a != 0"], ["depth > 1", "b != 0"]], none)).toEqual([
      ["depth == 1"],
      ["a != 0"],
      ["b != 0"],
    ]);
  });

  it("keeps a clause of which nothing would be left, and concludes nothing from it", () => {
    expect(propagate([["a != 0", "b != 0"]], () => true)).toEqual([["a != 0", "b != 0"]]);
    expect(propagate([["a != 0"], ["a == 0", "b != 0"]], only("a != 0"))).toEqual([
      ["a != 0"],
      ["a == 0", "b != 0"],
    ]);
  });

  it("concludes nothing from clauses that contradict each other when they are settled", () => {
    const clauses = [
      ["a == 0", "b == 0"],
      ["b != 0", "c == 0"],
      ["b != 0", "d == 0"],
    ];
    expect(propagate(clauses, only("a == 0", "c == 0"))).toEqual(clauses);
    expect(propagate([...clauses, ["e != 0"], ["e == 0", "f != 0"]], only("a == 0", "c == 0"))).toEqual([
      ...clauses,
      ["e != 0"],
      ["f != 0"],
    ]);
  });

  it("takes text that is no term as it is", () => {
    expect(propagate([["({ x })", "a == 0"], ["a != 0"]], none)).toEqual([["({ x })"], ["a != 0"]]);
  });

  it("is quick where every clause waits for the one behind it", () => {
    const chain = Array.from({ length: 32 }, (_, index) => [
      `x${index} == 0`,
      `x${index + 1} != 0`,
      ...Array.from({ length: 14 }, (_, other) => `y${index}_${other} != 0`),
    ]);
    const left = propagate([...chain.toReversed(), ["x0 != 0"]], (term) => term.startsWith("y"));
    expect(left.every((clause) => clause.length === 1)).toBe(true);
  });
});
