/** `_ZN`, and what a member function says of `this`. */
const nested = /^_{1,2}ZN[rVKRO]{0,3}/;
const plain = /^_{1,2}ZL?/;
/** A piece of a nested name: `St` for `std`, an identifier with its length, a constructor, a destructor, an ABI tag, the end. */
const piece = /(St)|(B?)L?(\d{1,4})(?=[A-Za-z_])|(C[1-5])|(D[0-5])|(E)/y;

/**
 * The name that a mangled one stands for, as far as it is made of plain names (`_ZN3foo3barEv`, `_ZSt9terminatev`, also
 * those of Rust before its own mangling): coredumpctl and eu-stack print names as the linker knows them. Without the
 * parameters. What holds templates or operators stays as it is. By the Itanium C++ ABI, section 5.1. Throws nothing.
 */
export function demangled(name: string): string {
  const inner = nested.exec(name)?.[0].length;
  if (inner !== undefined) return nestedName(name, inner) ?? name;
  const start = plain.exec(name)?.[0].length;
  return start === undefined ? name : (plainName(name, start) ?? name);
}

function plainName(name: string, start: number): string | null {
  const isStandard = name.startsWith("St", start);
  piece.lastIndex = isStandard ? start + 2 : start;
  const digits = piece.exec(name)?.[3];
  if (digits === undefined) return null;
  const ident = name.slice(piece.lastIndex, piece.lastIndex + Number(digits));
  return isStandard ? `std::${ident}` : ident;
}

function nestedName(name: string, start: number): string | null {
  const parts: string[] = [];
  piece.lastIndex = start;
  for (let found = piece.exec(name); found !== null; found = piece.exec(name)) {
    const [, std, tag, digits, maker, unmaker, end] = found;
    const from = piece.lastIndex;
    if (end !== undefined) return parts.length === 0 ? null : parts.join("::");
    if (std !== undefined) parts.push("std");
    else if (maker !== undefined) parts.push(parts.at(-1) ?? "");
    else if (unmaker !== undefined) parts.push(`~${parts.at(-1) ?? ""}`);
    else {
      const length = Number(digits);
      const part = name.slice(from, from + length);
      if (tag === "" && !/^h[0-9a-f]{16}$/.test(part)) parts.push(partName(part));
      piece.lastIndex = from + length;
    }
  }
  return null;
}

function partName(part: string): string {
  return part.startsWith("_GLOBAL__N_") ? "(anonymous namespace)" : part;
}
