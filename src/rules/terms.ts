import { impliesTerm, type ReadTerm } from "../facts/implies.js";
import type { CompiledFact } from "./compile.js";

/** Whether a term that holds makes a fact hold: it implies one of its conditions, or fits one of its patterns. */
export function needs(term: ReadTerm, { conditions, terms }: CompiledFact): boolean {
  return terms(term.text) || conditions.some((condition) => impliesTerm(term, condition));
}
