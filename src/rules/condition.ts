import type { Condition } from "./language/when.js";

/** What conditions are asked about: the frames of one thread, innermost first, by their index. */
export interface Stack {
  readonly length: number;
  /** The frames that have a role. */
  indicesOf(role: string): readonly number[];
  isProved(fact: string): boolean;
  /** The value of a state that is decided already. */
  stateAt(index: number, state: string): string | null;
}

/** What made a condition true at a frame. */
export type Witness =
  /** The frame has one of the roles. */
  | { readonly kind: "frame"; readonly index: number; readonly roles: readonly string[] }
  | { readonly kind: "fact"; readonly fact: string }
  | { readonly kind: "state"; readonly state: string; readonly index: number };

/** A condition over a whole stack at once: time is linear in the frames, however the condition is nested. */
export interface Test {
  /** For every frame whether the condition holds there. */
  holds(stack: Stack): Uint8Array;
  /** Why it holds at the frame `index`, where it does. */
  witnesses(stack: Stack, index: number): Witness[];
}

/** Compiles a condition that the loader found to be without fault. */
export function compileCondition(condition: Condition): Test {
  const tests: Test[] = [];
  if (condition.role !== undefined) tests.push(roleTest(listOf(condition.role)));
  if (condition.within !== undefined) tests.push(withinTest(compileTarget(condition.within)));
  if (condition.calls !== undefined) tests.push(callsTest(compileTarget(condition.calls)));
  if (condition.fact !== undefined) tests.push(factTest(listOf(condition.fact)));
  for (const [state, values] of Object.entries(condition.state ?? {}))
    tests.push(stateTest(state, listOf(values)));
  if (condition.all !== undefined) tests.push(allTest(condition.all.map(compileCondition)));
  if (condition.any !== undefined) tests.push(anyTest(condition.any.map(compileCondition)));
  if (condition.not !== undefined) tests.push(notTest(compileCondition(condition.not)));
  return tests.length === 1 && tests[0] !== undefined ? tests[0] : allTest(tests);
}

/** `x` or `[x, y]` as a list. */
export function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

function compileTarget(target: string | string[] | Condition): Test {
  return typeof target === "string" || Array.isArray(target)
    ? roleTest(listOf(target))
    : compileCondition(target);
}

function roleTest(roles: readonly string[]): Test {
  return {
    holds: (stack) => {
      const found = new Uint8Array(stack.length);
      for (const role of roles) for (const index of stack.indicesOf(role)) found[index] = 1;
      return found;
    },
    witnesses: (_, index) => [{ kind: "frame", index, roles }],
  };
}

function factTest(facts: readonly string[]): Test {
  return {
    holds: (stack) => new Uint8Array(stack.length).fill(facts.some((fact) => stack.isProved(fact)) ? 1 : 0),
    witnesses: (stack) =>
      facts.filter((fact) => stack.isProved(fact)).map((fact) => ({ kind: "fact", fact })),
  };
}

function stateTest(state: string, values: readonly string[]): Test {
  return {
    holds: (stack) =>
      new Uint8Array(stack.length).map((_, index) =>
        values.includes(stack.stateAt(index, state) ?? "") ? 1 : 0,
      ),
    witnesses: (_, index) => [{ kind: "state", state, index }],
  };
}

/** The frame itself, or one further out. */
function withinTest(target: Test): Test {
  return {
    holds: (stack) => {
      const found = target.holds(stack);
      for (let index = found.length - 2; index >= 0; index--)
        found[index] = found[index] || (found[index + 1] ?? 0);
      return found;
    },
    witnesses: (stack, index) => witnessesAt(target, stack, target.holds(stack).indexOf(1, index)),
  };
}

/** A frame further in. */
function callsTest(target: Test): Test {
  return {
    holds: (stack) => {
      const found = target.holds(stack);
      const calls = new Uint8Array(found.length);
      for (let index = 1; index < found.length; index++)
        calls[index] = calls[index - 1] || (found[index - 1] ?? 0);
      return calls;
    },
    witnesses: (stack, index) =>
      witnessesAt(target, stack, target.holds(stack).subarray(0, index).lastIndexOf(1)),
  };
}

function witnessesAt(target: Test, stack: Stack, index: number): Witness[] {
  return index === -1 ? [] : target.witnesses(stack, index);
}

function allTest(tests: readonly Test[]): Test {
  return {
    holds: (stack) => combine(tests, stack, (all, one) => all & one, 1),
    witnesses: (stack, index) => tests.flatMap((test) => test.witnesses(stack, index)),
  };
}

function anyTest(tests: readonly Test[]): Test {
  return {
    holds: (stack) => combine(tests, stack, (any, one) => any | one, 0),
    witnesses: (stack, index) =>
      tests.find((test) => test.holds(stack)[index] === 1)?.witnesses(stack, index) ?? [],
  };
}

function notTest(test: Test): Test {
  return { holds: (stack) => test.holds(stack).map((one) => 1 - one), witnesses: () => [] };
}

function combine(
  tests: readonly Test[],
  stack: Stack,
  operation: (sum: number, one: number) => number,
  neutral: number,
): Uint8Array {
  const sum = new Uint8Array(stack.length).fill(neutral);
  for (const test of tests)
    test.holds(stack).forEach((one, index) => {
      sum[index] = operation(sum[index] ?? neutral, one);
    });
  return sum;
}
