import type { Expression } from "./expression.js";

/** How tightly an expression's outermost operator binds; see C11 6.5. */
const binding = {
  conditional: 1,
  "||": 2,
  "&&": 3,
  "|": 4,
  "^": 5,
  "&": 6,
  comparison: 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
  prefix: 11,
  postfix: 12,
  primary: 13,
} as const;

/**
 * Prints an expression as C: one space around binary operators, none inside other parts, and no parentheses but those
 * that are needed (comparisons inside comparisons have them, for the reader). Reading the text gives the same expression.
 */
export function printed(expression: Expression): string {
  switch (expression.kind) {
    case "number":
    case "string":
      return expression.text;
    case "name":
      return expression.name;
    case "not":
      return `!${inside(expression.operand, binding.prefix)}`;
    case "unary":
      return prefixed(expression.operator, inside(expression.operand, binding.prefix));
    case "step":
      return expression.prefix
        ? prefixed(expression.operator, inside(expression.operand, binding.prefix))
        : inside(expression.operand, binding.postfix) + expression.operator;
    case "cast":
      return `(${expression.type})${castOperand(expression.operand)}`;
    case "arithmetic":
    case "logical":
      return binary(expression.operator, expression.left, expression.right, binding[expression.operator]);
    case "comparison":
      return binary(expression.operator, expression.left, expression.right, binding.comparison);
    case "conditional":
      return [
        inside(expression.test, binding["||"]),
        "?",
        printed(expression.consequent),
        ":",
        printed(expression.alternative),
      ].join(" ");
    case "call":
      return `${inside(expression.callee, binding.postfix)}(${expression.arguments.map(printed).join(", ")})`;
    case "index":
      return `${inside(expression.object, binding.postfix)}[${printed(expression.index)}]`;
    case "member":
      return memberOf(expression.object) + expression.operator + expression.name;
    case "sizeof":
      return `${expression.operator}(${expression.inside})`;
  }
}

/** `1u.a` would read as one number. */
function memberOf(object: Expression): string {
  return object.kind === "number" ? `(${object.text})` : inside(object, binding.postfix);
}

function binary(operator: string, left: Expression, right: Expression, own: number): string {
  const leftmost = own === binding.comparison ? own + 1 : own;
  return `${inside(left, leftmost)} ${operator} ${inside(right, own + 1)}`;
}

function inside(expression: Expression, least: number): string {
  const text = printed(expression);
  return bindingOf(expression) < least ? `(${text})` : text;
}

/** `-` before `-x` would read as `--`, `&` before `&x` as `&&`. */
function prefixed(operator: string, operand: string): string {
  const merges = operator !== "*" && operand.startsWith(operator.slice(-1));
  return merges ? `${operator}(${operand})` : operator + operand;
}

/** `(x)-1` would read as a subtraction where the type is a lone name. */
function castOperand(operand: Expression): string {
  if (operand.kind === "cast") return printed(operand);
  const text = inside(operand, binding.postfix);
  return /^[\w$"'(]/.test(text) ? text : `(${text})`;
}

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "arithmetic":
    case "logical":
      return binding[expression.operator];
    case "comparison":
    case "conditional":
      return binding[expression.kind];
    case "not":
    case "unary":
    case "cast":
      return binding.prefix;
    case "step":
      return expression.prefix ? binding.prefix : binding.postfix;
    case "call":
    case "index":
    case "member":
      return binding.postfix;
    case "number":
    case "string":
    case "name":
    case "sizeof":
      return binding.primary;
  }
}
