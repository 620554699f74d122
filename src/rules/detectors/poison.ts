/** What a well-known value in the place of a pointer tells. */
export interface Poison {
  readonly pattern: string;
  /** Goes behind "the value that". */
  readonly meaning: string;
}

/**
 * Bytes that allocators fill memory with. jemalloc(3), opt.junk: 0xa5 fresh, 0x5a freed (0xe5 in Mozilla's). OpenBSD's
 * malloc(3): 0xdb fresh, 0xdf freed. Microsoft's debug heap: 0xcd fresh, 0xdd freed, 0xfd around, 0xcc for the stack (/RTC).
 * CPython's debug hooks took over 0xcd, 0xdd, 0xfd in 3.8. macOS's malloc(3), MallocScribble: 0xaa fresh, 0x55 freed; Zig
 * shows `undefined` as 0xaa. Linux, include/linux/poison.h: 0x6b freed. AddressSanitizer, malloc_fill_byte: 0xbe fresh.
 * PostgreSQL, CLOBBER_FREED_MEMORY: 0x7f freed. HeapAlloc guards by 0xab.
 */
const fills: ReadonlyMap<number, string> = new Map([
  [0x5a, "jemalloc leaves in freed memory"],
  [0xe5, "Mozilla's jemalloc leaves in freed memory"],
  [0xa5, "jemalloc leaves in memory that was never written"],
  [0xdb, "OpenBSD's malloc leaves in memory that was never written"],
  [0xdf, "OpenBSD's malloc leaves in freed memory"],
  [0xcd, "debug allocators (Microsoft's, CPython's) leave in memory that was never written"],
  [0xdd, "debug allocators (Microsoft's, CPython's) leave in freed memory"],
  [0xfd, "debug allocators (Microsoft's, CPython's) put around their blocks"],
  [0xcc, "Microsoft's compiler leaves in variables that were never written"],
  [0xab, "Windows puts behind the blocks of its heap"],
  [0xaa, "MallocScribble and Zig leave in memory that was never written"],
  [0x55, "MallocScribble leaves in freed memory"],
  [0x6b, "Linux leaves in freed memory"],
  [0xbe, "AddressSanitizer leaves in memory that was never written"],
  [0x7f, "PostgreSQL leaves in freed memory"],
]);

/** Words of 32 bits that are put in the place of pointers. */
const words: readonly (readonly [bigint, string])[] = [
  [0xdeadbeefn, "programs put where a pointer must not be used any more"],
  [0xfeeefeeen, "Windows leaves in memory that HeapFree freed"],
  [0xbaadf00dn, "Windows leaves in memory that LocalAlloc gave and nobody wrote"],
  [0xdeadc0den, "FreeBSD's kernel leaves in freed memory"],
  ...Array.from(fills, ([byte, meaning]) => [BigInt(byte) * 0x0101_0101n, meaning] as const),
];

/** (void *) -1 (mmap(2), shmat(2), sbrk(2)). */
const failure: Poison = {
  pattern: "0xffffffffffffffff",
  meaning: "mmap, shmat and sbrk return where they fail",
};

/** So far from a pattern is a member of what it points to; a pattern of 32 bits may be an address that is in use. */
const furthest = { long: 0x1000n, short: 0x40n } as const;

/**
 * What a value in the place of a pointer shows, where it is a well-known pattern, of 32 bits or of 64, or an address a small
 * offset behind it. Never throws.
 */
export function poisonOf(address: bigint): Poison | null {
  if (address === 0xffff_ffff_ffff_ffffn) return failure;
  const isLong = address >> 32n !== 0n;
  for (const [word, meaning] of words) {
    const pattern = isLong ? (word << 32n) | word : word;
    const offset = address - pattern;
    if (offset >= 0n && offset < (isLong ? furthest.long : furthest.short))
      return { pattern: `0x${pattern.toString(16)}`, meaning };
  }
  return null;
}
