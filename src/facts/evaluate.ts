import { withoutWrapper } from "./calls.js";
import { isEquality } from "./comparison.js";
import { sameEnumerator } from "./enumerators.js";
import type { Comparison, ComparisonOperator, Expression } from "./expression.js";
import { comparedFloating } from "./floating.js";
import type { KnownValues } from "./known-values.js";
import { ofScalar, plainString, type ShownValue, type Value } from "./shown-value.js";
import { converted, limitOf, sizeOf } from "./type-names.js";
import {
  comparedScalars,
  complement,
  computed,
  constant,
  integer,
  negatedScalar,
  type Scalar,
  truthOf,
  truthValue,
} from "./typed.js";

/**
 * Whether a condition holds with these values; null where they do not tell: a value is missing, or the answer depends on
 * a type that is not shown. Never throws.
 */
export function holdsWith(condition: Expression, values: KnownValues): boolean | null {
  return values.truthOnce(condition, () => truthOfCondition(condition, values));
}

function truthOfCondition(condition: Expression, values: KnownValues): boolean | null {
  const expression = withoutWrapper(condition);
  const shown = values.find(expression);
  if (shown !== null) return truthOfValue(shown.value);
  switch (expression.kind) {
    case "not":
      return opposite(holdsWith(expression.operand, values));
    case "logical": {
      const decided = expression.operator === "||";
      const [left, right] = [holdsWith(expression.left, values), holdsWith(expression.right, values)];
      if (left === decided || right === decided) return decided;
      return left === null || right === null ? null : !decided;
    }
    case "comparison":
      return comparison(expression, values);
    case "conditional": {
      const test = holdsWith(expression.test, values);
      const [one, other] = [expression.consequent, expression.alternative].map((part) =>
        holdsWith(part, values),
      );
      if (test !== null) return (test ? one : other) ?? null;
      return one === other ? (one ?? null) : null;
    }
    default: {
      const value = evaluate(expression, values);
      return value === null ? null : truthOfValue(value);
    }
  }
}

/** Returns what is known of the value of an expression; null for nothing. Never throws. */
export function evaluate(written: Expression, values: KnownValues): Value | null {
  const expression = withoutWrapper(written);
  const shown = values.find(expression);
  if (shown !== null) return shown.value;
  switch (expression.kind) {
    case "number":
      return numberOf(expression.text);
    case "string":
      return { kind: "nonzero" };
    case "name":
      return ofScalar(limitOf(expression.name));
    case "sizeof":
      return expression.operator === "sizeof" ? ofScalar(sizeOf(expression.inside)) : null;
    case "not":
    case "logical":
    case "comparison": {
      const truth = holdsWith(expression, values);
      return truth === null ? null : ofScalar(truthValue(truth));
    }
    case "conditional":
      return chosen(expression, values);
    case "unary":
      return unary(expression, values);
    case "cast":
      return cast(expression, values);
    case "arithmetic": {
      const [left, right] = [scalarOf(expression.left, values), scalarOf(expression.right, values)];
      return left === null || right === null ? null : ofScalar(computed(expression.operator, left, right));
    }
    case "index":
      return element(expression.object, expression.index, values);
    case "call":
      return called(expression, values);
    case "member":
    case "step":
      return null;
  }
}

/** Of two numbers the one that is not chosen has a say as well: both have the type that their sum would have. */
function chosen(
  { test, consequent, alternative }: Extract<Expression, { kind: "conditional" }>,
  values: KnownValues,
): Value | null {
  const truth = holdsWith(test, values);
  if (truth === null) return null;
  const [value, other] = [consequent, alternative].map((part) => evaluate(part, values));
  const [taken = null, left = null] = truth ? [value, other] : [other, value];
  if (taken?.kind !== "scalar") return taken;
  if (left?.kind !== "scalar") return null;
  const nothing = left.scalar.map(({ type }) => ({ type, value: 0n }));
  return ofScalar(computed("+", taken.scalar, nothing));
}

/** Whether a name in a comparison is taken for an enumerator, like the one that gdb shows of the other side. */
export function enumeratorIn({ operator, left, right }: Comparison, values: KnownValues): Expression | null {
  if (!isEquality(operator)) return null;
  const beside = (shown: Expression, written: Expression): boolean =>
    values.find(shown)?.value.kind === "enumerator" &&
    written.kind === "name" &&
    values.find(written) === null;
  if (beside(left, right)) return right;
  return beside(right, left) ? left : null;
}

function truthOfValue(value: Value): boolean | null {
  switch (value.kind) {
    case "scalar":
      return truthOf(value.scalar);
    case "floating":
      return value.value !== 0;
    case "nonzero":
      return true;
    case "enumerator":
      return null;
  }
}

function opposite(truth: boolean | null): boolean | null {
  return truth === null ? null : !truth;
}

function scalarOf(expression: Expression, values: KnownValues): Scalar | null {
  const value = evaluate(expression, values);
  return value?.kind === "scalar" ? value.scalar : null;
}

function numberOf(text: string): Value | null {
  const integral = constant(text);
  if (integral !== null) return ofScalar(integral);
  const [, digits] = /^((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[fFlL]?$/.exec(text) ?? [];
  return digits === undefined || /^\d+$/.test(digits) ? null : { kind: "floating", value: Number(digits) };
}

function comparison(written: Comparison, values: KnownValues): boolean | null {
  const { operator } = written;
  const name = enumeratorIn(written, values);
  const side = (expression: Expression): Value | null =>
    expression === name && expression.kind === "name"
      ? { kind: "enumerator", name: expression.name }
      : evaluate(expression, values);
  const [left, right] = [side(written.left), side(written.right)];
  if (left === null || right === null || isOfStrings(written, values)) return null;
  if (left.kind === "scalar" && right.kind === "scalar")
    return comparedScalars(operator, left.scalar, right.scalar);
  if (left.kind === "enumerator" && right.kind === "enumerator") {
    const same = isEquality(operator) ? sameEnumerator(left.name, right.name, name === null) : null;
    return same === null ? null : same === (operator === "==");
  }
  if (left.kind === "nonzero") return againstNull(operator, right);
  if (right.kind === "nonzero") return againstNull(operator, left);
  const [one, other] = [numbersOf(left), numbersOf(right)];
  return one === null || other === null ? null : comparedFloating(operator, one, other);
}

/** GLib's `g_assert_cmpstr(a, !=, b)` fails as `a != b`, and means what the pointers point to: here the two differ. */
function isOfStrings({ left, right }: Comparison, values: KnownValues): boolean {
  const [one, other] = [left, right].map((side) => values.find(side)?.shown);
  if (one?.kind !== "pointer" || other?.kind !== "pointer" || one.address === other.address) return false;
  return one.string !== null && one.string === other.string;
}

/** What is not zero, compared with zero. */
function againstNull(operator: ComparisonOperator, value: Value): boolean | null {
  const isZero = value.kind === "scalar" && truthOf(value.scalar) === false;
  return isZero && isEquality(operator) ? operator === "!=" : null;
}

function numbersOf(value: Value): readonly number[] | null {
  if (value.kind === "floating") return [value.value];
  return value.kind === "scalar" ? value.scalar.map((typed) => Number(typed.value)) : null;
}

function unary(
  { operator, operand }: Extract<Expression, { kind: "unary" }>,
  values: KnownValues,
): Value | null {
  if (operator === "&") return operand.kind === "name" ? { kind: "nonzero" } : null;
  if (operator === "*") return characterAt(values.find(operand)?.shown ?? null, 0n);
  const value = evaluate(operand, values);
  if (value?.kind === "floating") {
    if (operator === "~") return null;
    return operator === "-" ? { kind: "floating", value: -value.value } : value;
  }
  if (value?.kind !== "scalar") return null;
  if (operator === "+") return ofScalar(computed("+", truthValue(false), value.scalar));
  return ofScalar(operator === "-" ? negatedScalar(value.scalar) : complement(value.scalar));
}

function cast({ type, operand }: Extract<Expression, { kind: "cast" }>, values: KnownValues): Value | null {
  if (type === "bool" || type === "_Bool") {
    const truth = holdsWith(operand, values);
    return truth === null ? null : ofScalar(truthValue(truth));
  }
  const value = evaluate(operand, values);
  if (value?.kind === "nonzero" && type.endsWith("*")) return value;
  return value?.kind === "scalar" ? ofScalar(converted(value.scalar, type)) : null;
}

function element(object: Expression, index: Expression, values: KnownValues): Value | null {
  const at = scalarOf(index, values);
  const [first] = at ?? [];
  if (first === undefined || at?.some(({ value }) => value !== first.value) !== false) return null;
  return characterAt(values.find(object)?.shown ?? null, first.value);
}

/** A character of a string of which all is shown, or the 0 behind it. */
function characterAt(shown: ShownValue | null, index: bigint): Value | null {
  const text = shown === null ? null : plainString(shown);
  if (text === null || index < 0n || index > BigInt(text.length)) return null;
  const code = text.charCodeAt(Number(index));
  return ofScalar([{ type: "int32", value: Number.isNaN(code) ? 0n : BigInt(code) }]);
}

/** The comparing functions of <string.h> and GLib, and `strlen`; no other call is known. */
function called(
  { callee, arguments: given }: Extract<Expression, { kind: "call" }>,
  values: KnownValues,
): Value | null {
  if (callee.kind !== "name") return null;
  const texts = given.map((one) => stringOf(one, values));
  const [first = null, second = null] = texts;
  switch (callee.name) {
    case "strcmp":
    case "g_strcmp0":
      if (first === null || second === null || given.length !== 2) return null;
      return first === second ? ofScalar(truthValue(false)) : { kind: "nonzero" };
    case "strlen": {
      if (first === null || given.length !== 1) return null;
      const length = integer(BigInt(first.length)) ?? [];
      return ofScalar(length.filter(({ type }) => type.startsWith("uint")));
    }
    default:
      return null;
  }
}

function stringOf(expression: Expression, values: KnownValues): string | null {
  if (expression.kind === "string") return plainString({ kind: "string", text: expression.text, cut: false });
  const shown = values.find(expression)?.shown ?? null;
  const text = shown === null ? null : plainString(shown);
  return text === null || text.includes("\0") ? null : text;
}
