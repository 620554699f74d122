import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePack } from "../../../src/rules/compile.js";
import { compileCondition } from "../../../src/rules/condition.js";
import { Conditions } from "../../../src/rules/conditions.js";
import { type Judgement, judge } from "../../../src/rules/judge.js";
import type { Condition } from "../../../src/rules/language/when.js";
import { toldNothing } from "../../../src/rules/proof.js";
import { type Account, accountOf } from "../../../src/rules/why/account.js";
import { framesOf, variableOf } from "../frames.js";
import { load, smallPack } from "../small-pack.js";

const place = { trace: 0, thread: 0, excerpt: () => "" };

function judged(names: readonly (string | null)[], printed: readonly [string, string][] = []): Judgement {
  const { pack, problems } = load(smallPack);
  if (pack === null) throw new Error(problems.join("\n"));
  const prints = printed.map(([name, value]) => variableOf(name, value));
  const conditions = new Conditions({ unsigned: new Set(["depth"]) });
  return judge(
    compilePack(pack),
    framesOf(names),
    0,
    { ...toldNothing, prints },
    conditions,
    () => [],
    place,
  );
}

function account(condition: Condition, judgement: Judgement, index = 0): Account {
  return accountOf(condition, judgement, index, place);
}

function size({ parts }: Account): number {
  return parts.reduce((sum, part) => sum + size(part), 1);
}

describe("the account of a condition", () => {
  const thread = judged(["read_it", "glue", "load_all"], [["depth", "1"]]);

  it.each<[Condition, boolean, string]>([
    [{ role: "reader" }, true, "#0 read_it has the role reader (reads)"],
    [{ role: ["core", "reader"] }, true, "#0 read_it has the role core (the core) and reader (reads)"],
    [{ role: "writer" }, false, "#0 read_it lacks the role writer (writes)"],
    [{ role: ["writer", "glue"] }, false, "#0 read_it lacks the role writer (writes) or glue (glue)"],
    [{ within: "loader" }, true, "caller #2 load_all has the role loader (loads)"],
    [{ within: "reader" }, true, "#0 read_it has the role reader (reads)"],
    [{ within: "writer" }, false, "neither #0 read_it nor a caller has the role writer (writes)"],
    [{ calls: "reader" }, false, "no callee of #0 read_it has the role reader (reads)"],
    [{ fact: "open" }, true, "proved: open (it is open)"],
    [{ fact: ["free", "locked"] }, false, "nothing proves free (it is free) or locked (it is locked)"],
    [{ state: { lock: "held" } }, true, "lock is held: #2 load_all holds the lock"],
    [{ state: { lock: ["free", "unknown"] } }, false, "lock is not free or unknown"],
    [{ not: { within: "loader" } }, false, "not: caller #2 load_all has the role loader (loads)"],
    [{ not: { role: "writer" } }, true, "not: #0 read_it lacks the role writer (writes)"],
    [{ any: [{ role: "writer" }, { role: "reader" }] }, true, "#0 read_it has the role reader (reads)"],
    [{ any: [{ role: "writer" }, { role: "glue" }] }, false, "one of these"],
    [{ all: [{ role: "reader" }, { role: "writer" }] }, false, "all of these"],
  ])("of %j is %s: %s", (condition, holds, text) => {
    expect(account(condition, thread)).toMatchObject({ holds, text });
  });

  it("holds exactly where the condition does", () => {
    const condition: Condition = { calls: { role: "reader", within: "loader" } };
    expect([0, 1, 2].map((index) => account(condition, thread, index).holds)).toEqual([false, true, true]);
  });

  it("goes into the frame that meets a condition, and into the nearest where none does", () => {
    const met = account({ within: { role: "loader", calls: "reader" } }, thread);
    expect(met.text).toBe("caller #2 load_all meets all of these");
    expect(met.parts.map(({ text }) => text)).toEqual([
      "#2 load_all has the role loader (loads)",
      "callee #0 read_it has the role reader (reads)",
    ]);
    const missed = account({ within: { role: "loader", calls: "writer" } }, thread);
    expect(missed.parts).toMatchObject([
      {
        text: "nearest is #2 load_all",
        parts: [
          { holds: true },
          { holds: false, text: "no callee of #2 load_all has the role writer (writes)" },
        ],
      },
    ]);
  });

  it("says of a value which clauses would give it, and which counts before them", () => {
    const { parts } = account({ state: { lock: "free" } }, thread);
    expect(parts.map(({ text, holds }) => [holds, text])).toEqual([
      [true, "lock is held: #2 load_all holds the lock"],
      [false, "it would be free with all of these"],
    ]);
    const { parts: later } = account({ state: { store: "elsewhere" } }, thread);
    expect(later[1]?.parts.map(({ text }) => text)).toEqual([
      "proved: open (it is open)",
      "what makes it open counts before this",
    ]);
  });

  it("tells once what a fact rests on", () => {
    const whole = account({ all: [{ fact: "open" }, { state: { store: "open" } }] }, thread);
    expect(whole.parts[1]?.parts[0]).toMatchObject({ text: "proved: open (it is open)", parts: [] });
  });

  it("says that a pack does not decide its states where nothing concerns it", () => {
    const nothing = judged(["main"]);
    expect(account({ state: { lock: "held" } }, nothing)).toMatchObject({
      holds: false,
      text: "lock is not decided: nothing on this thread is what the pack speaks of",
    });
  });

  it("has evidence for a frame and for a fact", () => {
    expect(account({ role: "reader" }, thread).evidence).toMatchObject([{ kind: "frame", level: 0 }]);
    expect(account({ fact: "open" }, thread).evidence).toMatchObject([{ kind: "value" }]);
  });

  it("says nothing holds at a frame that is not there, but what is denied", () => {
    for (const index of [-1, 7]) {
      expect(account({ role: "reader" }, thread, index).holds).toBe(false);
      expect(account({ within: "reader" }, thread, 7).holds).toBe(false);
      expect(account({ not: { role: "reader" } }, thread, index).holds).toBe(true);
    }
  });

  it("shortens names that are very long", () => {
    expect(account({ role: "writer" }, judged([`read_${"x".repeat(5000)}`])).text.length).toBeLessThan(300);
  });

  it("is bounded, however large and deep the condition is", () => {
    const wide: Condition = {
      any: Array.from({ length: 1000 }, () => ({ role: "writer", calls: "reader" })),
    };
    expect(size(account(wide, thread))).toBeLessThan(200);
    const deep = Array.from({ length: 500 }).reduce<Condition>((inner) => ({ not: { within: inner } }), {
      role: "writer",
    });
    expect(size(account(deep, thread))).toBeLessThan(200);
  });
});

const { condition } = fc.letrec<{ condition: Condition; target: string | Condition }>((tie) => {
  const role = fc.constantFrom("reader", "writer", "loader", "core", "glue", "start");
  return {
    target: fc.oneof(role, tie("condition")),
    condition: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      role.map((one): Condition => ({ role: one })),
      fc.constantFrom("open", "locked", "free").map((fact): Condition => ({ fact })),
      fc.constantFrom("held", "free", "unknown").map((lock): Condition => ({ state: { lock } })),
      fc.constantFrom("open", "elsewhere").map((store): Condition => ({ state: { store } })),
      fc.record({ within: tie("target"), calls: tie("target") }, { requiredKeys: ["within"] }),
      tie("target").map((calls): Condition => ({ calls })),
      fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }), not: tie("condition") }),
    ),
  };
});

describe("every account", () => {
  const names = fc.array(fc.constantFrom("read_it", "glue", "load_all", "trampoline", "main", null), {
    minLength: 1,
    maxLength: 6,
  });
  const printed = fc.subarray<[string, string]>([
    ["depth", "1"],
    ["locked()", "1"],
  ]);

  it("says of the whole and of each part what the condition's test says", () => {
    fc.assert(
      fc.property(condition, names, printed, (asked, frames, prints) => {
        const judgement = judged(frames, prints);
        const holds = compileCondition(asked).holds(judgement.stack);
        for (const index of frames.keys()) {
          const whole = account(asked, judgement, index);
          expect(whole.holds).toBe(holds[index] === 1);
          expect(size(whole)).toBeLessThan(500);
        }
      }),
    );
  });
});
