import { clausesOfFailure } from "../facts/clauses.js";
import type { ConditionTypes } from "../facts/literal.js";
import type { Clause } from "../facts/normal-form.js";

/** What failed conditions prove. Every pack asks about every thread: each condition is read once. */
export class Conditions {
  private readonly failures = new Map<string, readonly Clause[] | null>();

  constructor(readonly types: ConditionTypes) {}

  /** The clauses that the failure of a condition proves; null as in {@link clausesOfFailure}. Throws nothing. */
  ofFailure(condition: string): readonly Clause[] | null {
    const known = this.failures.get(condition);
    if (known !== undefined) return known;
    const clauses = clausesOfFailure(condition, this.types);
    this.failures.set(condition, clauses);
    return clauses;
  }
}
