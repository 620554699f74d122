import { formulaOf } from "./canonical.js";
import { type Expression, partsOf } from "./expression.js";
import type { ConditionTypes } from "./literal.js";
import { type Clause, normalForms } from "./normal-form.js";
import { readCondition } from "./read.js";

/**
 * Returns the clauses that hold where a condition is true, shortest first. Null where the condition cannot be read,
 * changes what it reads (`x++`), is never true, or its clauses grow too many. Never throws.
 */
export function clausesOf(condition: string, types: ConditionTypes): Clause[] | null {
  return normalFormsOf(condition, types)?.holds ?? null;
}

/** Returns the clauses that hold where a condition is false: what the failure of its assertion proves. Null as above. */
export function clausesOfFailure(condition: string, types: ConditionTypes): Clause[] | null {
  return normalFormsOf(condition, types)?.fails ?? null;
}

function normalFormsOf(condition: string, types: ConditionTypes): ReturnType<typeof normalForms> | null {
  const expression = readCondition(condition);
  // After `x++ < 5` another term of the same condition may speak of the new x.
  if (expression === null || hasStep(expression)) return null;
  return normalForms(formulaOf(expression, types));
}

function hasStep(expression: Expression): boolean {
  return expression.kind === "step" || partsOf(expression).some(hasStep);
}
