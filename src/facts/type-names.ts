import {
  integer,
  possible,
  promoted,
  type Scalar,
  type Typed,
  truthOf,
  truthValue,
  wrapped,
} from "./typed.js";

/** A type that the text of a condition names; several where platforms differ. */
type NamedType =
  | { readonly kind: "integer"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "boolean" }
  | { readonly kind: "pointer" };

function integers(signed: readonly boolean[], bits: readonly number[]): NamedType[] {
  return bits.flatMap((size) =>
    signed.map((sign): NamedType => ({ kind: "integer", bits: size, signed: sign })),
  );
}

/** C's own types with a fixed size, and GLib's. */
const fixed = /^(?:g?(u?)int(8|16|32|64)(?:_t)?)$/;
const byName: ReadonlyMap<string, readonly NamedType[]> = new Map([
  ["bool", [{ kind: "boolean" }]],
  ["_Bool", [{ kind: "boolean" }]],
  ["size_t", integers([false], [32, 64])],
  ["uintptr_t", integers([false], [32, 64])],
  ["gsize", integers([false], [32, 64])],
  ["ssize_t", integers([true], [32, 64])],
  ["intptr_t", integers([true], [32, 64])],
  ["ptrdiff_t", integers([true], [32, 64])],
  ["uint", integers([false], [32])],
  ["guint", integers([false], [32])],
  ["gint", integers([true], [32])],
  ["gboolean", integers([true], [32])],
  ["uchar", integers([false], [8])],
  ["guchar", integers([false], [8])],
]);

const builtin = new Set(["signed", "unsigned", "char", "short", "int", "long"]);
const qualifiers = new Set(["const", "volatile", "restrict"]);

function namedTypes(text: string): readonly NamedType[] | null {
  if (text.endsWith("*")) return [{ kind: "pointer" }];
  const words = text.split(" ").filter((word) => !qualifiers.has(word));
  const [first = "", ...others] = words;
  const [, unsigned, bits] = others.length === 0 ? (fixed.exec(first) ?? []) : [];
  if (bits !== undefined) return integers([unsigned !== "u"], [Number(bits)]);
  if (words.length > 0 && words.every((word) => builtin.has(word))) return builtinTypes(words);
  return others.length === 0 ? (byName.get(first) ?? null) : null;
}

/** C11 6.7.2: the words of an integer type, in any order. */
function builtinTypes(words: readonly string[]): NamedType[] {
  const longs = words.filter((word) => word === "long").length;
  if (words.includes("char") && !words.includes("signed") && !words.includes("unsigned"))
    return integers([true, false], [8]);
  const bits = words.includes("char")
    ? [8]
    : words.includes("short")
      ? [16]
      : longs === 0
        ? [32]
        : longs === 1
          ? [32, 64]
          : [64];
  return integers([!words.includes("unsigned")], bits);
}

/**
 * Converts a scalar to the type that a cast names. Of a type that is not known, only small numbers are: they stay what they
 * are. Null where the result is not known.
 */
export function converted(scalar: Scalar, type: string): Scalar | null {
  const types = namedTypes(type);
  if (types !== null)
    return possible(types.flatMap((one) => scalar.flatMap((typed) => inNamedType(typed, one))));
  const [first] = scalar;
  const small = scalar.every(({ value }) => value === first?.value && value >= 0n && value <= 127n);
  return first === undefined || !small ? null : integer(first.value);
}

function inNamedType({ value, type }: Typed, named: NamedType): readonly Typed[] {
  switch (named.kind) {
    case "integer":
      // A type of 32 or 64 bits has the size of a pointer.
      if (type === "pointer" && named.bits === 32 && value >= 1n << 32n) return [];
      return [{ type: promoted(named.bits, named.signed), value: wrapped(value, named.bits, named.signed) }];
    case "boolean":
      return truthValue(truthOf([{ value, type }]) === true);
    case "pointer":
      if (value >= 0n) return [{ type: "pointer", value }];
      return [32, 64].map((bits) => ({ type: "pointer", value: wrapped(value, bits, false) }));
  }
}

/** Returns what `sizeof` gives for a type of C whose size is known, or is one of two; null for all others. */
export function sizeOf(type: string): Scalar | null {
  const bits = (namedTypes(type.trim()) ?? []).flatMap((one) => {
    if (one.kind === "integer") return [one.bits];
    return one.kind === "pointer" ? [32, 64] : [8];
  });
  return possible(
    bits.flatMap((size): Typed[] => [
      { type: "uint32", value: BigInt(size / 8) },
      { type: "uint64", value: BigInt(size / 8) },
    ]),
  );
}

/** The words before `_MAX` and `_MIN` in <limits.h> and <stdint.h>, without a number of bits. */
const limited: ReadonlyMap<string, readonly NamedType[]> = new Map([
  ["INT", integers([true], [32])],
  ["UINT", integers([false], [32])],
  ["LONG", integers([true], [32, 64])],
  ["ULONG", integers([false], [32, 64])],
  ["LLONG", integers([true], [64])],
  ["ULLONG", integers([false], [64])],
  ["SIZE", integers([false], [32, 64])],
  ["SSIZE", integers([true], [32, 64])],
]);

/** Returns the value of a limit of <limits.h> or <stdint.h> (`INT64_MAX`, `UINT_MAX`, `SIZE_MAX`); null for other names. */
export function limitOf(name: string): Scalar | null {
  const [, word = "", end] = /^([A-Z]+(?:8|16|32|64)?)_(MIN|MAX)$/.exec(name) ?? [];
  const types = limited.get(word) ?? (/^U?INT\d+$/.test(word) ? namedTypes(`${word.toLowerCase()}_t`) : null);
  return possible(
    (types ?? []).flatMap((named): Typed[] => {
      if (named.kind !== "integer") return [];
      const { bits, signed } = named;
      const most = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
      return [{ type: promoted(bits, signed), value: end === "MAX" ? most : signed ? -most - 1n : 0n }];
    }),
  );
}
