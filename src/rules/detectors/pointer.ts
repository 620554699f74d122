import { readShown } from "../../facts/shown-value.js";

/** What can be told of an address by itself. */
export type AddressKind =
  | "null"
  /** In the first 64 KB, where nothing is mapped (Linux' vm.mmap_min_addr; Windows keeps them free too). */
  | "small"
  /** No program has such an address: its upper bits are neither those of a program nor of a kernel. */
  | "impossible"
  | "plain";

const firstPages = 0x1_0000n;
/** AArch64 may keep a tag in the upper eight bits; of the rest no processor with four or five levels of tables uses more. */
const tagged = 0xff_ffff_ffff_ffffn;
const longestUser = 1n << 52n;
const lowestKernel = 0xff_0000_0000_0000n;

/** Whether an address is null, close to it, or none at all. */
export function kindOfAddress(address: bigint): AddressKind {
  if (address === 0n) return "null";
  if (address < firstPages) return "small";
  const untagged = address & tagged;
  return untagged >= longestUser && untagged < lowestKernel ? "impossible" : "plain";
}

/** `@0x0: <error: …>`, `(T &) @0x10: …`: what a C++ reference refers to. */
const reference = /^(?:\([^()]{1,400}\) )?@(0x[0-9a-f]{1,16})(?=:|$)/;
/** Cheap: only such values hold an address. */
const holdsAddress = /^(?:\(.{1,400}\) )?@?0x/s;

/**
 * The address that a printed pointer or reference holds: `0x0`, `(struct node *) 0x0`, `0x5581 <name>`, `@0x10: …`. Null for
 * integers, which gdb prints in decimal, and all other values. Never throws.
 */
export function addressIn(value: string): bigint | null {
  if (!holdsAddress.test(value)) return null;
  const referred = reference.exec(value)?.[1];
  if (referred !== undefined) return BigInt(referred);
  const shown = readShown(value);
  if (shown?.kind !== "pointer") return null;
  const address = BigInt(shown.address);
  return address >> 64n === 0n ? address : null;
}

/** An address as messages show it. */
export function hexadecimal(address: bigint): string {
  return `0x${address.toString(16)}`;
}

/** The text that eight bytes of a little-endian pointer are, where all are printable: memory that text was written over. */
export function textOf(address: bigint): string | null {
  const bytes = Array.from({ length: 8 }, (_, at) => Number((address >> BigInt(8 * at)) & 0xffn));
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(...bytes) : null;
}
