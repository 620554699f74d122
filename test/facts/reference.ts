import type { Expression } from "../../src/facts/expression.js";
import { readCondition } from "../../src/facts/read.js";

export type Values = Readonly<Record<string, number>>;

/** The value that C gives to a condition over small ints: a plain walk, which shares nothing with src/facts but the parser. */
export function evaluate(condition: string, values: Values): number {
  const expression = readCondition(condition);
  if (expression === null) throw new Error(`cannot be read: ${condition}`);
  return valueFrom(expression, values);
}

function valueFrom(expression: Expression, values: Values): number {
  const value = (part: Expression) => valueFrom(part, values);
  switch (expression.kind) {
    case "number":
      return Number(constants[expression.text] ?? expression.text.replace(/[uUlL]+$/, ""));
    case "string":
      return 1;
    case "name": {
      const found = values[expression.name];
      if (found === undefined) throw new Error(`no value for ${expression.name}`);
      return found;
    }
    case "not":
      return truth(value(expression.operand) === 0);
    case "unary":
      if (expression.operator === "-") return -value(expression.operand);
      break;
    case "cast":
      return expression.type === "bool" ? truth(value(expression.operand) !== 0) : value(expression.operand);
    case "arithmetic":
      return arithmetic(expression.operator, value(expression.left), value(expression.right));
    case "comparison":
      return truth(compare(expression.operator, value(expression.left), value(expression.right)));
    case "logical":
      return truth(
        expression.operator === "&&"
          ? value(expression.left) !== 0 && value(expression.right) !== 0
          : value(expression.left) !== 0 || value(expression.right) !== 0,
      );
    case "conditional":
      return value(expression.test) !== 0 ? value(expression.consequent) : value(expression.alternative);
    case "call": {
      const [first] = expression.arguments;
      if (first !== undefined && expression.callee.kind === "name")
        return expression.callee.name === "likely" ? truth(value(first) !== 0) : value(first);
      break;
    }
  }
  throw new Error(`not evaluated here: ${expression.kind}`);
}

const constants: Readonly<Record<string, number>> = { NULL: 0, true: 1, false: 0 };

function truth(holds: boolean): number {
  return holds ? 1 : 0;
}

function arithmetic(operator: string, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  if (operator === "&") return left & right;
  if (operator === "|") return left | right;
  throw new Error(`not evaluated here: ${operator}`);
}

function compare(operator: string, left: number, right: number): boolean {
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}
