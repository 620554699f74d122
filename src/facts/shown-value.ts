import { reader } from "../generated/value.js";
import { unescaped } from "../text/c-escapes.js";
import { integer, possible, type Scalar, type Typed, truthValue, wrapped } from "./typed.js";

/** What is known of the value of an expression. */
export type Value =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  /** With digits behind a point, or no number at all. */
  | { readonly kind: "floating"; readonly value: number }
  /** An enumerator, whose number is not shown. */
  | { readonly kind: "enumerator"; readonly name: string }
  /** Not zero, and no null pointer: nothing else is known. */
  | { readonly kind: "nonzero" };

const readValue = reader({ startRule: "Value" });

/** The parts of a printed value. */
export type ShownValue = NonNullable<ReturnType<typeof readValue>>;
type Shown<Kind extends ShownValue["kind"]> = Extract<ShownValue, { kind: Kind }>;

/** Longer values are not looked at. */
const longest = 65536;

/** Reads a value as gdb printed it; what refers to another thing (`@0x7ffe: 5`) is that thing. Null where it is not understood. Never throws. */
export function readShown(text: string): ShownValue | null {
  return text.length > longest ? null : referred(readValue(text));
}

function referred(shown: ShownValue | null): ShownValue | null {
  return shown?.kind === "reference" ? referred(shown.value) : shown;
}

/** Returns what a printed value says of its number, address or truth; null for structures, text and what is not shown. */
export function meaningOf(shown: ShownValue): Value | null {
  switch (shown.kind) {
    case "number":
      return numberOf(shown);
    case "pointer":
      return ofScalar(addressOf(shown));
    case "string":
      return { kind: "nonzero" };
    case "word":
      return wordOf(shown.text);
    default:
      return null;
  }
}

/** Wraps a scalar that may be unknown. */
export function ofScalar(scalar: Scalar | null): Value | null {
  return scalar === null ? null : { kind: "scalar", scalar };
}

function numberOf({ text, character }: Shown<"number">): Value | null {
  if (!/^-?(?:0|[1-9]\d*)$/.test(text)) {
    const value = Number(text.replace(/^(-?)inf$/, "$1Infinity"));
    // A leading zero is that of an octal number; an imaginary part is no number here.
    const floating = /^-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+|inf)$/.test(text) || /^-?nan/.test(text);
    return floating ? { kind: "floating", value } : null;
  }
  const all = integer(BigInt(text)) ?? [];
  // Beyond 64 bits there is no type in `all`, and nothing is known.
  if (character === null) return ofScalar(possible([...all, ...doubleOf(BigInt(text))]));
  // What has a letter behind it is a character, mostly a small one that is promoted to int.
  const types = /^[LU]/.test(character) ? ["int32", "uint32"] : ["int32"];
  return ofScalar(possible(all.filter(({ type }) => types.includes(type))));
}

/** gdb prints a double that is a whole number without a point; larger ones are not told from other integers. */
function doubleOf(value: bigint): Typed[] {
  return value < 1n << 53n && value > -1n << 53n ? [{ type: "double", value }] : [];
}

/**
 * An address, or an integer in hexadecimal (`p/x`, `set output-radix 16`), which shows negative numbers as large ones: of
 * what size it is, is not told.
 */
function addressOf({ address, type, symbol, string }: Shown<"pointer">): Scalar | null {
  const value = BigInt(address);
  if (value >= 1n << 64n) return null;
  const pointer: Typed = { type: "pointer", value };
  if (type !== null || symbol !== null || string !== null) return [pointer];
  const signed = [8, 16, 32, 64]
    .filter((bits) => value < 1n << BigInt(bits))
    .map((bits) => wrapped(value, bits, true));
  return possible([pointer, ...[value, ...signed].flatMap((one) => integer(one) ?? [])]);
}

function wordOf(text: string): Value | null {
  if (text === "true" || text === "false") return ofScalar(truthValue(text === "true"));
  // The flags that are set: gdb prints 0 where none is.
  if (text.startsWith("(")) return { kind: "nonzero" };
  return /^[A-Za-z_]\w*(?:::\w+)*$/.test(text) ? { kind: "enumerator", name: text } : null;
}

/** Returns the text of a printed C string that is plain ASCII and was printed whole; null for others. */
export function plainString(shown: ShownValue): string | null {
  const written = shown.kind === "string" ? shown.text : shown.kind === "pointer" ? shown.string : null;
  const [, inside] = /^"((?:[^"\\]|\\.)*)"$/s.exec(written ?? "") ?? [];
  const text = inside === undefined ? null : unescaped(inside);
  return text !== null && /^[\0-\x7f]*$/.test(text) ? text : null;
}

/** Returns a member of a printed structure, also one of a base class or of a structure without a name in it. */
export function memberOf(shown: ShownValue, name: string): ShownValue | null {
  if (shown.kind !== "aggregate") return null;
  const own = shown.fields.find((field) => field.name === name);
  if (own !== undefined) return referred(own.value);
  for (const field of shown.fields) {
    const inside = field.name === null || field.name.startsWith("<");
    const found = inside ? memberOf(field.value, name) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Returns an element of a printed array; null where gdb stopped before it. */
export function elementOf(shown: ShownValue, index: bigint): ShownValue | null {
  if (shown.kind !== "aggregate" || index < 0n) return null;
  let at = 0n;
  for (const { name, value, repeats } of shown.fields) {
    if (name !== null && name !== `[${at}]`) return null;
    at += BigInt(repeats ?? 1);
    if (index < at) return referred(value);
  }
  return null;
}

/** Returns a value in a few words, for a place in a condition: a string rather than its address, `'x'` rather than `120 'x'`. */
export function briefly(shown: ShownValue): string {
  switch (shown.kind) {
    case "number":
      return shown.character ?? shown.text;
    case "pointer":
      return shown.string ?? shown.address;
    case "string":
    case "word":
    case "marker":
    case "text":
      return shown.text;
    default:
      return "{...}";
  }
}

/** Returns a part of a printed value as gdb prints it. */
export function printedAgain(shown: ShownValue): string {
  if (shown.kind === "number")
    return shown.character === null ? shown.text : `${shown.text} ${shown.character}`;
  if (shown.kind !== "pointer") return briefly(shown);
  const type = shown.type === null ? null : `(${shown.type})`;
  return [type, shown.address, shown.symbol, shown.string].filter((part) => part !== null).join(" ");
}
