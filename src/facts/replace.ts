import type { Expression } from "./expression.js";

/**
 * Returns an expression with other parts in place of its own: `replacement` is asked from the outside in, and where it
 * gives null the parts of a part are asked. The name of a called function is none, nor is what a member is of.
 */
export function replaced(
  expression: Expression,
  replacement: (part: Expression) => Expression | null,
): Expression {
  const found = replacement(expression);
  if (found !== null) return found;
  const inside = (part: Expression): Expression => replaced(part, replacement);
  switch (expression.kind) {
    case "number":
    case "string":
    case "name":
    case "sizeof":
      return expression;
    case "not":
    case "unary":
    case "step":
    case "cast":
      return { ...expression, operand: inside(expression.operand) };
    case "arithmetic":
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case "comparison":
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case "logical":
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case "conditional":
      return {
        kind: "conditional",
        test: inside(expression.test),
        consequent: inside(expression.consequent),
        alternative: inside(expression.alternative),
      };
    case "call":
      return { ...expression, arguments: expression.arguments.map(inside) };
    case "index":
      return { kind: "index", object: inside(expression.object), index: inside(expression.index) };
    case "member":
      return expression;
  }
}
