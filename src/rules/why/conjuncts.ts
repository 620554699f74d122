import { listOf } from "../condition.js";
import type { Condition } from "../language/when.js";

/** A condition with one key, which asks for one thing. */
export type Conjunct =
  | { readonly kind: "role"; readonly roles: readonly string[] }
  | { readonly kind: "within" | "calls"; readonly target: Condition }
  | { readonly kind: "fact"; readonly facts: readonly string[] }
  | { readonly kind: "state"; readonly state: string; readonly values: readonly string[] }
  | { readonly kind: "any"; readonly alternatives: readonly Condition[] }
  | { readonly kind: "not"; readonly refused: Condition };

/** The parts of a condition, all of which must hold, in the order in which they are tested. Throws nothing. */
export function conjunctsOf(condition: Condition): Conjunct[] {
  const { role, within, calls, fact, state, all, any, not } = condition;
  return [
    ...(role === undefined ? [] : [{ kind: "role" as const, roles: listOf(role) }]),
    ...(within === undefined ? [] : [{ kind: "within" as const, target: targetOf(within) }]),
    ...(calls === undefined ? [] : [{ kind: "calls" as const, target: targetOf(calls) }]),
    ...(fact === undefined ? [] : [{ kind: "fact" as const, facts: listOf(fact) }]),
    ...Object.entries(state ?? {}).map(([name, values]) => ({
      kind: "state" as const,
      state: name,
      values: listOf(values),
    })),
    ...(all ?? []).flatMap(conjunctsOf),
    ...(any === undefined ? [] : [{ kind: "any" as const, alternatives: any }]),
    ...(not === undefined ? [] : [{ kind: "not" as const, refused: not }]),
  ];
}

/** A part as a condition of its own. */
export function conditionOf(conjunct: Conjunct): Condition {
  switch (conjunct.kind) {
    case "role":
      return { role: [...conjunct.roles] };
    case "within":
      return { within: conjunct.target };
    case "calls":
      return { calls: conjunct.target };
    case "fact":
      return { fact: [...conjunct.facts] };
    case "state":
      return { state: { [conjunct.state]: [...conjunct.values] } };
    case "any":
      return { any: [...conjunct.alternatives] };
    case "not":
      return { not: conjunct.refused };
  }
}

function targetOf(target: string | string[] | Condition): Condition {
  return typeof target === "string" || Array.isArray(target) ? { role: target } : target;
}
