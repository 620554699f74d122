import type { Expression } from "../../src/facts/expression.js";

/** An expression as nested lists, operator first: short enough for a table, and shows what binds to what. */
export function sexpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
    case "string":
      return expression.text;
    case "name":
      return expression.name;
    case "not":
      return list("!", expression.operand);
    case "unary":
      return list(expression.operator, expression.operand);
    case "step":
      return list(
        expression.prefix ? `${expression.operator}_` : `_${expression.operator}`,
        expression.operand,
      );
    case "cast":
      return list(`cast<${expression.type}>`, expression.operand);
    case "arithmetic":
    case "comparison":
    case "logical":
      return list(expression.operator, expression.left, expression.right);
    case "conditional":
      return list("?:", expression.test, expression.consequent, expression.alternative);
    case "call":
      return list("call", expression.callee, ...expression.arguments);
    case "index":
      return list("[]", expression.object, expression.index);
    case "member":
      return list(expression.operator + expression.name, expression.object);
    case "sizeof":
      return `(${expression.operator} "${expression.inside}")`;
  }
}

function list(head: string, ...parts: readonly Expression[]): string {
  return `(${[head, ...parts.map(sexpression)].join(" ")})`;
}
