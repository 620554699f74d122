import type { Fact } from "../model/trace.js";
import { type Clause, clausesOf } from "./clauses.js";
import type { ConditionTypes } from "./literal.js";

/** An integer with or without its character, a boolean, a pointer with or without what it points at, as gdb prints them. */
const scalar = /^(?:(-?\d+)(?: '(?:[^'\\]|\\.{1,3})')?|(true|false)|(?:\([^()]*\) )?(0x[0-9a-f]+)(?: .*)?)$/s;

/**
 * The facts that a printed value proves: `x == 5`; of a pointer only whether it is null, for an address is another in
 * every run. Nothing for values of other kinds (`<optimized out>`, strings, structs) and for expressions that are no
 * plain condition.
 */
export function factsOfPrint(
  name: string,
  value: string,
  source: Fact["source"],
  types: ConditionTypes,
): Fact[] {
  const match = scalar.exec(value.trim());
  if (match === null) return [];
  const [, number, word, pointer] = match;
  const condition =
    pointer === undefined ? `(${name}) == ${number ?? word}` : `(${name}) ${isNull(pointer) ? "==" : "!="} 0`;
  return (clausesOf(condition, types) ?? []).map((terms) => factOf(terms, source));
}

/** A clause as the report shows it. */
export function factOf(terms: Clause, source: Fact["source"]): Fact {
  return { expression: terms.join(" || "), terms: [...terms], source, settled: terms.length === 1 };
}

function isNull(pointer: string): boolean {
  return /^0x0+$/.test(pointer);
}
