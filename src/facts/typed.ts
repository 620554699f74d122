import type { ArithmeticOperator, ComparisonOperator } from "./expression.js";
import { integerOf } from "./number.js";
import { holds } from "./quantity.js";

/**
 * The types that a scalar may have after the integer promotions (C11 6.3.1.1): what is smaller than an int becomes one.
 * `long` has 32 or 64 bits.
 */
export type ScalarType = "int32" | "uint32" | "int64" | "uint64" | "double" | "pointer";

export interface Typed {
  readonly type: ScalarType;
  readonly value: bigint;
}

/** A scalar of which only some types and values are possible; never empty. */
export type Scalar = readonly Typed[];

interface IntegerRange {
  readonly type: "int32" | "uint32" | "int64" | "uint64";
  readonly bits: number;
  readonly signed: boolean;
}

const integerTypes: readonly IntegerRange[] = [
  { type: "int32", bits: 32, signed: true },
  { type: "uint32", bits: 32, signed: false },
  { type: "int64", bits: 64, signed: true },
  { type: "uint64", bits: 64, signed: false },
];

/** More possibilities are not followed; the time of one operation is in proportion to their square. */
const mostPossible = 16;
/** Doubles hold every integer up to this one. */
const exactDouble = 1n << 53n;

/** Returns the integer in each of the integer types that can hold it; null where none of 64 bits can. */
export function integer(value: bigint): Scalar | null {
  return nonEmpty(integerTypes.filter((range) => fits(value, range)).map(({ type }) => ({ type, value })));
}

/** Returns the result of a comparison or of `!`: an int. */
export function truthValue(truth: boolean): Scalar {
  return [{ type: "int32", value: truth ? 1n : 0n }];
}

/** Returns an integer constant of C with the types that it has where long has 32 and where it has 64 bits; null for others. */
export function constant(text: string): Scalar | null {
  const read = integerOf(text);
  if (read === null) return null;
  const all = integer(read.value) ?? [];
  const signed = all.filter(({ type }) => type.startsWith("int") !== read.unsigned);
  if (read.suffix === "") return nonEmpty(signed.slice(0, 1));
  return nonEmpty(read.suffix === "L" ? signed : signed.filter(({ type }) => type.endsWith("64")));
}

/** Returns whether C takes a scalar for true; null where that depends on what it is. */
export function truthOf(scalar: Scalar): boolean | null {
  return agreed(scalar.map(({ value }) => value !== 0n));
}

/** Compares as C does (C11 6.3.1.8, 6.5.8); null where the answer depends on a type or value that is not known. */
export function comparedScalars(operator: ComparisonOperator, left: Scalar, right: Scalar): boolean | null {
  const answers: (boolean | null)[] = [];
  for (const one of left)
    for (const other of right) {
      const type = commonType(one.type, other.type);
      if (type === null) continue;
      const [a, b] = [inType(one.value, type), inType(other.value, type)];
      answers.push(type === "double" && areClose(a, b) ? null : holds(operator, a, b));
    }
  return agreed(answers);
}

/**
 * Computes as C does. Null where one of the possible types gives a result that is not known: a signed overflow, a division
 * by zero, a pointer moved by elements of unknown size, a floating quotient.
 */
export function computed(operator: ArithmeticOperator, left: Scalar, right: Scalar): Scalar | null {
  const results: Typed[] = [];
  for (const one of left)
    for (const other of right) {
      const result = resultOf(operator, one, other);
      if (result === null) return null;
      if (result !== "no C") results.push(result);
    }
  return possible(results);
}

/** Returns `-x`; null as for {@link computed}. */
export function negatedScalar(scalar: Scalar): Scalar | null {
  return computed("-", truthValue(false), scalar.filter(isNumber));
}

/** Returns `~x`; null as for {@link computed}. */
export function complement(scalar: Scalar): Scalar | null {
  return computed("^", scalar.filter(isNumber), [{ type: "int32", value: -1n }]);
}

/** Keeps distinct possibilities; null where there are none or too many to follow. */
export function possible(found: readonly Typed[]): Scalar | null {
  const distinct = new Map(found.map((one) => [`${one.type} ${one.value}`, one]));
  return distinct.size > mostPossible ? null : nonEmpty([...distinct.values()]);
}

/** The value as a type of so many bits keeps it. */
export function wrapped(value: bigint, bits: number, signed: boolean): bigint {
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** The type to which an integer type of so many bits is promoted. */
export function promoted(bits: number, signed: boolean): ScalarType {
  if (bits < 32) return "int32";
  return bits === 32 ? (signed ? "int32" : "uint32") : signed ? "int64" : "uint64";
}

function isNumber({ type }: Typed): boolean {
  return type !== "pointer";
}

function rangeOf(type: ScalarType): IntegerRange | undefined {
  return integerTypes.find((range) => range.type === type);
}

function fits(value: bigint, { bits, signed }: IntegerRange): boolean {
  return wrapped(value, bits, signed) === value;
}

function nonEmpty(found: Scalar): Scalar | null {
  return found.length === 0 ? null : found;
}

function agreed(answers: readonly (boolean | null)[]): boolean | null {
  const [first = null] = answers;
  return answers.every((answer) => answer === first) ? first : null;
}

/** Null where C has no such operation. */
function commonType(one: ScalarType, other: ScalarType): ScalarType | null {
  if (one === "pointer" || other === "pointer")
    return one === "double" || other === "double" ? null : "pointer";
  if (one === "double" || other === "double") return "double";
  const rank = ({ type }: IntegerRange) => type === one || type === other;
  return integerTypes.findLast(rank)?.type ?? null;
}

function inType(value: bigint, type: ScalarType): bigint {
  if (type === "double") return value;
  const range = rangeOf(type);
  return range === undefined ? wrapped(value, 64, false) : wrapped(value, range.bits, range.signed);
}

/** Whether two different integers may become the same double. */
function areClose(one: bigint, other: bigint): boolean {
  if (isExact(one) && isExact(other)) return false;
  const distance = one < other ? other - one : one - other;
  return distance <= (one < 0n ? -one : one) / exactDouble + 1n;
}

function isExact(value: bigint): boolean {
  return value <= exactDouble && value >= -exactDouble;
}

function resultOf(operator: ArithmeticOperator, left: Typed, right: Typed): Typed | "no C" | null {
  if (left.type === "pointer" || right.type === "pointer") return moved(operator, left, right);
  if (left.type === "double" || right.type === "double") return inDouble(operator, left.value, right.value);
  const type = operator === "<<" || operator === ">>" ? left.type : commonType(left.type, right.type);
  const range = type === null ? undefined : rangeOf(type);
  if (range === undefined) return "no C";
  const [a, b] = [left.value, right.value];
  const value =
    operator === "<<" || operator === ">>"
      ? shifted(operator, a, b, range)
      : plain(operator, wrapped(a, range.bits, range.signed), wrapped(b, range.bits, range.signed));
  if (value === null || (range.signed && !fits(value, range))) return null;
  return { type: range.type, value: wrapped(value, range.bits, range.signed) };
}

function moved(operator: ArithmeticOperator, left: Typed, right: Typed): Typed | "no C" | null {
  if (operator !== "+" && operator !== "-") return "no C";
  return right.type !== "pointer" && right.type !== "double" && right.value === 0n ? left : null;
}

function inDouble(operator: ArithmeticOperator, left: bigint, right: bigint): Typed | "no C" | null {
  if ("+-*/".includes(operator)) {
    if (operator === "/" && (right === 0n || left % right !== 0n)) return null;
    const value = plain(operator, left, right);
    return value === null || !isExact(value) ? null : { type: "double", value };
  }
  return "no C";
}

/** C11 6.5.7: a shift by less than nothing, or by all bits or more, is undefined, and so is one of a negative number to the left. */
function shifted(
  operator: "<<" | ">>",
  value: bigint,
  count: bigint,
  { bits, signed }: IntegerRange,
): bigint | null {
  if (count < 0n || count >= BigInt(bits)) return null;
  if (operator === ">>") return value >> count;
  return signed && value < 0n ? null : value << count;
}

function plain(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0n ? null : left / right;
    case "%":
      return right === 0n ? null : left % right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<<":
    case ">>":
      return null;
  }
}
