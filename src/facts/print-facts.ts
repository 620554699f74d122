// STAND-IN by the lead until the real one is there; overwrite at will.
import type { Fact } from "../model/trace.js";
import type { ConditionTypes } from "./clauses.js";

export function factsOfPrint(
  name: string,
  value: string,
  source: Fact["source"],
  _types: ConditionTypes,
): Fact[] {
  if (!/^-?\d+$/.test(value)) return [];
  const expression = `${name} == ${value}`;
  return [{ expression, terms: [expression], source, settled: true }];
}
