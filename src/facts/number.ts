/** What the text of a C constant says. */
export interface Integer {
  readonly value: bigint;
  /** Its C type is an unsigned one. */
  readonly unsigned: boolean;
  readonly suffix: "" | "L" | "LL";
}

const words: ReadonlyMap<string, bigint> = new Map([
  ["NULL", 0n],
  ["nullptr", 0n],
  ["false", 0n],
  ["FALSE", 0n],
  ["true", 1n],
  ["TRUE", 1n],
]);

const escapes: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["e", 27],
]);

const greatestInt = 0x7fff_ffffn;

/** Returns the integer that a constant denotes, or null for a floating, wide, multi-character or invalid one. */
export function integerOf(text: string): Integer | null {
  const word = words.get(text);
  if (word !== undefined) return { value: word, unsigned: false, suffix: "" };
  return text.endsWith("'") ? characterOf(text) : writtenInteger(text);
}

/**
 * Returns the one spelling that equal constants share: decimal, the suffix in capitals and only where the type is not
 * plain from the value. Characters and floating constants stay as they were written, but `'\0'` is `0`.
 */
export function canonicalNumber(text: string): string {
  const integer = integerOf(text);
  if (integer === null || (text.endsWith("'") && integer.value !== 0n)) return text;
  return integerText(integer);
}

/** Prints an integer as a C constant. */
export function integerText({ value, unsigned, suffix }: Integer): string {
  return `${value}${unsigned ? "U" : ""}${suffix}`;
}

/** Whether a constant has the same meaning with each integer type of 32 bits or more. */
export function isSmall({ value }: Integer): boolean {
  return value >= 0n && value <= greatestInt;
}

function writtenInteger(text: string): Integer | null {
  const written = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)([uU]?)(|[lL]|ll|LL)([uU]?)$/.exec(
    text,
  );
  if (written === null) return null;
  const [, digits = "", before = "", long = "", after = ""] = written;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const decimal = /^[1-9]/.test(digits);
  return {
    value,
    unsigned: before + after !== "" || isUnsignedByValue(value, decimal, long !== ""),
    suffix: long.length === 2 ? "LL" : long.length === 1 ? "L" : "",
  };
}

/** C11 6.4.4.1: a constant without `u` has the first type of int, long, long long that holds it; unless it is decimal, the unsigned ones count in between. */
function isUnsignedByValue(value: bigint, decimal: boolean, long: boolean): boolean {
  if (value >= 1n << 63n) return true;
  return !decimal && !long && value > greatestInt && value < 1n << 32n;
}

function characterOf(text: string): Integer | null {
  const code = characterCode(text.slice(1, -1));
  // Above 127 the value depends on whether char is signed.
  if (!text.startsWith("'") || code === null || code > 127) return null;
  return { value: BigInt(code), unsigned: false, suffix: "" };
}

function characterCode(inside: string): number | null {
  if (inside.length === 1) return inside.charCodeAt(0);
  if (!inside.startsWith("\\")) return null;
  const escaped = inside.slice(1);
  if (/^[0-7]{1,3}$/.test(escaped)) return Number.parseInt(escaped, 8);
  if (/^x[0-9a-fA-F]{1,2}$/.test(escaped)) return Number.parseInt(escaped.slice(1), 16);
  if (escaped.length !== 1 || /[0-9xuU]/.test(escaped)) return null;
  return escapes.get(escaped) ?? escaped.charCodeAt(0);
}
