import type { Explanation, KnownValue } from "../model/trace.js";
import { withoutWrapper } from "./calls.js";
import { enumeratorIn, evaluate, holdsWith } from "./evaluate.js";
import type { Expression } from "./expression.js";
import { KnownValues } from "./known-values.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";
import { replaced } from "./replace.js";

/** A value in the place of a name takes no more UTF-16 units. */
const longestValue = 60;

/**
 * Sets a failed condition beside the values that a trace shows. Null where the condition cannot be read (see
 * {@link readCondition}) or none of its parts has a known value. Never throws.
 * @param values what is preferred comes first: of two with one name the first that shows a value counts; `<optimized out>` hides the others
 */
export function explainCondition(condition: string, values: readonly KnownValue[]): Explanation | null {
  if (values.length === 0) return null;
  const expression = readCondition(condition);
  if (expression === null) return null;
  const known = new KnownValues(values, expression);
  const { withValues, used, unknown } = substituted(expression, known);
  if (used.length === 0) return null;
  const holds = holdsWith(expression, known);
  return {
    condition,
    withValues,
    values: used,
    falsePart: holds === false ? printed(blamed(expression, known)) : null,
    contradicted: holds === true,
    unknown,
  };
}

interface Substituted {
  readonly withValues: string;
  readonly used: KnownValue[];
  readonly unknown: string[];
}

function substituted(expression: Expression, known: KnownValues): Substituted {
  const used = new Map<string, KnownValue>();
  const unknown = new Set<string>();
  const enumerators = new Set<Expression>();
  const inPlaceOf = (part: Expression): Expression | null => {
    const found = known.find(part);
    if (found !== null) {
      used.set(printed(part), found.known);
      return { kind: "name", name: oneLine(found.brief) };
    }
    const enumerator = part.kind === "comparison" ? enumeratorIn(part, known) : null;
    if (enumerator !== null) enumerators.add(enumerator);
    if (!isAsked(part) || enumerators.has(part) || evaluate(part, known) !== null) return null;
    unknown.add(printed(part));
    // Where a pointer points to is not told by its address.
    if (part.kind === "unary") return part;
    return part.kind === "index" ? { ...part, index: replaced(part.index, inPlaceOf) } : null;
  };
  const withValues = replaced(expression, inPlaceOf);
  return { withValues: printed(withValues), used: [...used.values()], unknown: [...unknown] };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= longestValue ? line : `${line.slice(0, longestValue - 1)}…`;
}

/** Whether a part has a value of its own that somebody could print. */
function isAsked(part: Expression): boolean {
  switch (part.kind) {
    case "name":
    case "member":
    case "index":
    case "step":
      return true;
    case "call":
      return withoutWrapper(part) === part;
    case "unary":
      return part.operator === "*";
    default:
      return false;
  }
}

/** The innermost part of a false condition that is false and makes the whole false. */
function blamed(part: Expression, known: KnownValues): Expression {
  const inside = falseInside(part, known);
  return inside === null ? part : blamed(inside, known);
}

function falseInside(part: Expression, known: KnownValues): Expression | null {
  const isFalse = (one: Expression | undefined): one is Expression =>
    one !== undefined && holdsWith(one, known) === false;
  switch (part.kind) {
    case "not":
      return part.operand.kind === "not" ? part.operand.operand : null;
    case "logical":
      if (part.operator === "||") return null;
      return [part.left, part.right].find(isFalse) ?? null;
    case "conditional": {
      const test = holdsWith(part.test, known);
      return test === null ? null : test ? part.consequent : part.alternative;
    }
    case "cast":
      return isFalse(part.operand) ? part.operand : null;
    case "call": {
      // A hint or check around a condition, but for those that say the opposite.
      const [operand] = part.arguments;
      return withoutWrapper(part) !== part && isFalse(operand) ? operand : null;
    }
    default:
      return null;
  }
}
