/**
 * The packs that come with the program, by the names of their files in src/rules/packs/. The first, `runtime`, is what
 * all others may refer to; rules speak in this order, those of `runtime` last.
 */
export const packOrder = [
  "runtime",
  "qemu-memory",
  "qemu-locking",
  "qemu-block",
  "glibc",
  "glib",
  "cxx",
  "rust",
  "stack-overflow",
  "null-dereference",
  "deadlock",
] as const;
