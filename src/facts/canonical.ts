import { withoutWrapper } from "./calls.js";
import { isNumeric, zero } from "./comparison.js";
import type { ArithmeticOperator, Expression } from "./expression.js";
import { constant, expressionOf, type Formula, joined, negated } from "./formula.js";
import { type ConditionTypes, literalOf, type Side } from "./literal.js";
import { canonicalNumber } from "./number.js";

/** Returns when a condition is true, in canonical form. */
export function formulaOf(condition: Expression, types: ConditionTypes): Formula {
  const expression = withoutWrapper(condition);
  switch (expression.kind) {
    case "string":
      return constant(true);
    case "not":
      return negated(formulaOf(expression.operand, types));
    case "logical":
      return joined(expression.operator === "&&" ? "all" : "any", [
        formulaOf(expression.left, types),
        formulaOf(expression.right, types),
      ]);
    case "comparison":
      return literalOf(
        expression.operator,
        sideOf(expression.left, types),
        sideOf(expression.right, types),
        types,
      );
    case "conditional":
      return choice(expression, types);
    case "cast":
      return isBoolean(expression.type) ? formulaOf(expression.operand, types) : isNotZero(expression, types);
    default:
      return isNotZero(expression, types);
  }
}

function isNotZero(expression: Expression, types: ConditionTypes): Formula {
  const value = canonicalValue(expression, types);
  return literalOf("!=", { kind: "value", value }, { kind: "value", value: zero }, types);
}

function choice(
  { test, consequent, alternative }: Extract<Expression, { kind: "conditional" }>,
  types: ConditionTypes,
): Formula {
  const decided = formulaOf(test, types);
  if (decided.kind === "constant") return formulaOf(decided.holds ? consequent : alternative, types);
  return {
    kind: "choice",
    test: decided,
    consequent: formulaOf(consequent, types),
    alternative: formulaOf(alternative, types),
  };
}

function sideOf(expression: Expression, types: ConditionTypes): Side {
  const meant = withoutWrapper(expression);
  const truth = isTruthValue(meant) ? formulaOf(meant, types) : null;
  return truth === null || truth.kind === "constant"
    ? { kind: "value", value: canonicalValue(meant, types) }
    : { kind: "truth", truth };
}

/** Returns an expression that is not only asked for its truth, in canonical form. */
function canonicalValue(written: Expression, types: ConditionTypes): Expression {
  const expression = withoutWrapper(written);
  if (isTruthValue(expression)) return expressionOf(formulaOf(expression, types));
  const value = (part: Expression) => canonicalValue(part, types);
  switch (expression.kind) {
    case "number":
      return { kind: "number", text: canonicalNumber(expression.text) };
    case "unary":
    case "cast":
    case "step":
      return { ...expression, operand: value(expression.operand) };
    case "arithmetic":
      return constantsLast(expression.operator, value(expression.left), value(expression.right));
    case "conditional":
      return {
        kind: "conditional",
        test: expressionOf(formulaOf(expression.test, types)),
        consequent: value(expression.consequent),
        alternative: value(expression.alternative),
      };
    case "call":
      return {
        kind: "call",
        callee: value(expression.callee),
        arguments: expression.arguments.map(value),
      };
    case "index":
      return { kind: "index", object: value(expression.object), index: value(expression.index) };
    case "member":
      return { ...expression, object: value(expression.object) };
    default:
      return expression;
  }
}

const commutative: ReadonlySet<ArithmeticOperator> = new Set(["+", "*", "&", "|", "^"]);

function constantsLast(operator: ArithmeticOperator, left: Expression, right: Expression): Expression {
  const swapped = commutative.has(operator) && isNumeric(left) && !isNumeric(right);
  return swapped
    ? { kind: "arithmetic", operator, left: right, right: left }
    : { kind: "arithmetic", operator, left, right };
}

/** Whether an expression is 0 or 1 by what it is. */
function isTruthValue(expression: Expression): boolean {
  const { kind } = expression;
  if (kind === "cast") return isBoolean(expression.type);
  return kind === "not" || kind === "logical" || kind === "comparison";
}

function isBoolean(type: string): boolean {
  return type === "bool" || type === "_Bool";
}
