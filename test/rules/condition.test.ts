import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCondition, type Stack, type Witness } from "../../src/rules/condition.js";
import type { Condition } from "../../src/rules/language/when.js";

/** A stack as a test writes it, innermost first. */
interface Drawn {
  readonly frames: readonly {
    readonly roles: readonly string[];
    readonly states: Readonly<Record<string, string>>;
  }[];
  readonly facts: readonly string[];
}

function stackOf({ frames, facts }: Drawn): Stack {
  return {
    length: frames.length,
    indicesOf: (role) => frames.flatMap(({ roles }, index) => (roles.includes(role) ? [index] : [])),
    isProved: (fact) => facts.includes(fact),
    stateAt: (index, state) => frames[index]?.states[state] ?? null,
  };
}

/** Frames by their roles, innermost first; `-` has none. */
function frames(...roles: readonly string[]): Drawn {
  return {
    frames: roles.map((own) => ({ roles: own === "-" ? [] : own.split("+"), states: {} })),
    facts: [],
  };
}

/** The frames at which a condition holds. */
function holdsAt(condition: Condition, drawn: Drawn): number[] {
  return [...compileCondition(condition).holds(stackOf(drawn))].flatMap((one, index) =>
    one === 1 ? [index] : [],
  );
}

describe("a condition", () => {
  const stack = frames("reader", "-", "commit", "device", "load", "main");

  it.each<[Condition, number[]]>([
    [{ role: "reader" }, [0]],
    [{ role: ["reader", "load"] }, [0, 4]],
    [{ role: "nobody" }, []],
    [{ within: "commit" }, [0, 1, 2]],
    [{ within: ["commit", "load"] }, [0, 1, 2, 3, 4]],
    [{ calls: "commit" }, [3, 4, 5]],
    [{ calls: "main" }, []],
    [{ calls: ["reader", "commit"] }, [1, 2, 3, 4, 5]],
    [{ role: "reader", within: "commit" }, [0]],
    [{ role: "reader", calls: "commit" }, []],
    [{ within: { role: "commit", within: "load" } }, [0, 1, 2]],
    [{ within: { role: "load", within: "commit" } }, []],
    [{ calls: { role: "commit", calls: "reader" } }, [3, 4, 5]],
    [{ calls: { role: "commit", not: { calls: "reader" } } }, []],
    [{ all: [{ within: "load" }, { calls: "reader" }] }, [1, 2, 3, 4]],
    [{ any: [{ role: "main" }, { calls: "device" }] }, [4, 5]],
    [{ not: { within: "device" } }, [4, 5]],
    [{ not: { not: { role: "device" } } }, [3]],
    [{ role: "device", not: { within: "main" } }, []],
    [{ fact: "open" }, []],
    [{ state: { lock: "held" } }, []],
  ])("%j holds at %j", (condition, indices) => {
    expect(holdsAt(condition, stack)).toEqual(indices);
  });

  it("on a fact holds at every frame, or at none", () => {
    const proved = { ...stack, facts: ["open"] };
    expect(holdsAt({ fact: "open" }, proved)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(holdsAt({ fact: ["closed", "open"] }, proved)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(holdsAt({ fact: "open", role: "load" }, proved)).toEqual([4]);
    expect(holdsAt({ fact: "closed" }, proved)).toEqual([]);
  });

  it("on states asks each of them, at the frame itself", () => {
    const lock = ["held", "held", "free"];
    const store = ["open", "shut", "open"];
    const drawn: Drawn = {
      frames: lock.map((value, index) => ({ roles: [], states: { lock: value, store: store[index] ?? "" } })),
      facts: [],
    };
    expect(holdsAt({ state: { lock: "held" } }, drawn)).toEqual([0, 1]);
    expect(holdsAt({ state: { lock: ["held", "free"] } }, drawn)).toEqual([0, 1, 2]);
    expect(holdsAt({ state: { lock: "held", store: "open" } }, drawn)).toEqual([0]);
    expect(holdsAt({ within: { state: { lock: "free" } } }, drawn)).toEqual([0, 1, 2]);
    expect(holdsAt({ calls: { state: { store: "shut" } } }, drawn)).toEqual([2]);
  });

  it("holds nowhere on a stack without frames", () => {
    expect(holdsAt({ not: { role: "reader" } }, frames())).toEqual([]);
  });
});

describe("the witnesses of a condition", () => {
  const drawn: Drawn = {
    frames: [
      { roles: ["reader"], states: { lock: "held" } },
      { roles: ["guard"], states: { lock: "held" } },
      { roles: ["guard", "device"], states: { lock: "free" } },
      { roles: ["load"], states: { lock: "free" } },
    ],
    facts: ["open"],
  };

  it.each<[Condition, number, Witness[]]>([
    [{ role: "reader" }, 0, [{ kind: "frame", index: 0, roles: ["reader"] }]],
    [{ within: "guard" }, 0, [{ kind: "frame", index: 1, roles: ["guard"] }]],
    [{ within: ["load", "guard"] }, 2, [{ kind: "frame", index: 2, roles: ["load", "guard"] }]],
    [{ calls: "guard" }, 3, [{ kind: "frame", index: 2, roles: ["guard"] }]],
    [{ fact: ["shut", "open"] }, 1, [{ kind: "fact", fact: "open" }]],
    [{ state: { lock: "held" } }, 1, [{ kind: "state", state: "lock", index: 1 }]],
    [{ within: { state: { lock: "free" } } }, 0, [{ kind: "state", state: "lock", index: 2 }]],
    [
      { role: "reader", fact: "open", within: "load" },
      0,
      [
        { kind: "frame", index: 0, roles: ["reader"] },
        { kind: "frame", index: 3, roles: ["load"] },
        { kind: "fact", fact: "open" },
      ],
    ],
    [
      { any: [{ fact: "shut" }, { within: "device" }, { within: "load" }] },
      0,
      [{ kind: "frame", index: 2, roles: ["device"] }],
    ],
    [
      { within: { role: "guard", within: { role: "device" } } },
      0,
      [
        { kind: "frame", index: 1, roles: ["guard"] },
        { kind: "frame", index: 2, roles: ["device"] },
      ],
    ],
    [{ not: { role: "device" } }, 0, []],
  ])("of %j at #%i", (condition, index, witnesses) => {
    expect(compileCondition(condition).witnesses(stackOf(drawn), index)).toEqual(witnesses);
  });
});

const roleNames = ["a", "b", "c"];
const factNames = ["f", "g"];
const stateNames = ["s", "t"];
const stateValues = ["0", "1"];

const stacks: fc.Arbitrary<Drawn> = fc.record({
  frames: fc.array(
    fc.record({
      roles: fc.subarray(roleNames),
      states: fc.record({ s: fc.constantFrom(...stateValues), t: fc.constantFrom(...stateValues) }),
    }),
    { maxLength: 8 },
  ),
  facts: fc.subarray(factNames),
});

const someOf = (names: readonly string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...names), fc.subarray([...names], { minLength: 1 }));

const conditions = fc.letrec<{ condition: Condition; leaf: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc
      .record(
        {
          role: someOf(roleNames),
          within: fc.oneof(someOf(roleNames), tie("condition")),
          calls: fc.oneof(someOf(roleNames), tie("condition")),
          fact: someOf(factNames),
          state: fc.dictionary(fc.constantFrom(...stateNames), someOf(stateValues), { minKeys: 1 }),
          all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
          any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
          not: tie("condition"),
        },
        { requiredKeys: [] },
      )
      .filter((condition) => Object.keys(condition).length > 0),
  ),
  leaf: fc.oneof(
    someOf(roleNames).map((role) => ({ role })),
    someOf(factNames).map((fact) => ({ fact })),
    someOf(roleNames).map((within) => ({ within })),
    someOf(roleNames).map((calls) => ({ calls })),
  ),
}));

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** What the language says of one frame, word for word. */
function naive(condition: Condition, drawn: Drawn, index: number): boolean {
  const frame = drawn.frames[index];
  if (frame === undefined) return false;
  const is = (target: string | string[] | Condition, at: number): boolean =>
    naive(typeof target === "string" || Array.isArray(target) ? { role: target } : target, drawn, at);
  const further = drawn.frames.map((_, at) => at);
  const parts = [
    condition.role === undefined || list(condition.role).some((role) => frame.roles.includes(role)),
    condition.within === undefined || further.some((at) => at >= index && is(condition.within ?? [], at)),
    condition.calls === undefined || further.some((at) => at < index && is(condition.calls ?? [], at)),
    condition.fact === undefined || list(condition.fact).some((fact) => drawn.facts.includes(fact)),
    Object.entries(condition.state ?? {}).every(([state, values]) =>
      list(values).includes(frame.states[state] ?? ""),
    ),
    (condition.all ?? []).every((one) => naive(one, drawn, index)),
    condition.any === undefined || condition.any.some((one) => naive(one, drawn, index)),
    condition.not === undefined || !naive(condition.not, drawn, index),
  ];
  return parts.every(Boolean);
}

/** All names that a condition asks for without a `not` before them. */
function asked(condition: Condition): string[] {
  const target = (one: string | string[] | Condition | undefined): string[] =>
    one === undefined ? [] : typeof one === "string" || Array.isArray(one) ? [...list(one)] : asked(one);
  return [
    ...list(condition.role ?? []),
    ...list(condition.fact ?? []),
    ...target(condition.within),
    ...target(condition.calls),
    ...Object.entries(condition.state ?? {}).flatMap(([state, values]) =>
      list(values).map((value) => `${state}=${value}`),
    ),
    ...[...(condition.all ?? []), ...(condition.any ?? [])].flatMap(asked),
  ];
}

/** What a witness shows, in the words of {@link asked}. */
function shown(witness: Witness, drawn: Drawn): string[] {
  if (witness.kind === "fact") return drawn.facts.includes(witness.fact) ? [witness.fact] : [];
  const frame = drawn.frames[witness.index];
  if (witness.kind === "frame") return [...(frame?.roles ?? [])];
  return [`${witness.state}=${frame?.states[witness.state]}`];
}

describe("conditions over whole stacks", () => {
  it("agree with what the language says of each frame", () => {
    fc.assert(
      fc.property(conditions.condition, stacks, (condition, drawn) => {
        const expected = drawn.frames.flatMap((_, index) => (naive(condition, drawn, index) ? [index] : []));
        expect(holdsAt(condition, drawn)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("name witnesses that show what was asked, wherever they hold", () => {
    fc.assert(
      fc.property(conditions.condition, stacks, (condition, drawn) => {
        const names = asked(condition);
        const test = compileCondition(condition);
        for (const index of holdsAt(condition, drawn)) {
          for (const witness of test.witnesses(stackOf(drawn), index)) {
            expect(shown(witness, drawn).some((word) => names.includes(word))).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
