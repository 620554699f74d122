import type { Expression } from "./expression.js";
import { canonicalNumber, integerOf, isSmall } from "./number.js";

/** Calls that are their first argument to everybody but the compiler. */
const hints = new Set([
  "likely",
  "unlikely",
  "__builtin_expect",
  "__builtin_expect_with_probability",
  "G_LIKELY",
  "G_UNLIKELY",
]);

/** The same expression with constants in their one spelling, without casts of small constants and the compiler's hints. */
export function simplified(expression: Expression): Expression {
  switch (expression.kind) {
    case "number":
      return { kind: "number", text: canonicalNumber(expression.text) };
    case "string":
    case "name":
    case "sizeof":
      return expression;
    case "not":
    case "unary":
    case "step":
      return { ...expression, operand: simplified(expression.operand) };
    case "cast": {
      const operand = simplified(expression.operand);
      return isSmallConstant(operand) ? operand : { ...expression, operand };
    }
    case "arithmetic":
    case "comparison":
    case "logical":
      return { ...expression, left: simplified(expression.left), right: simplified(expression.right) };
    case "conditional":
      return {
        kind: "conditional",
        test: simplified(expression.test),
        consequent: simplified(expression.consequent),
        alternative: simplified(expression.alternative),
      };
    case "call":
      return withoutHint({
        ...expression,
        callee: simplified(expression.callee),
        arguments: expression.arguments.map(simplified),
      });
    case "index":
      return { kind: "index", object: simplified(expression.object), index: simplified(expression.index) };
    case "member":
      return { ...expression, object: simplified(expression.object) };
  }
}

function isSmallConstant(expression: Expression): boolean {
  if (expression.kind !== "number") return false;
  const integer = integerOf(expression.text);
  return integer !== null && isSmall(integer);
}

/** `likely(x)` is `x`. */
function withoutHint(call: Extract<Expression, { kind: "call" }>): Expression {
  const [first] = call.arguments;
  return call.callee.kind === "name" && hints.has(call.callee.name) && first !== undefined ? first : call;
}
