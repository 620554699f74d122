import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyOf, anyPathOf } from "../../src/rules/glob.js";

/** What a glob means, said plainly: exponential, and right. */
function naive(glob: string, text: string): boolean {
  const [first, rest] = [glob[0], glob.slice(1)];
  if (first === undefined) return text === "";
  if (first === "*") return naive(rest, text) || (text !== "" && naive(glob, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && naive(rest, text.slice(1));
}

describe("a pattern over names", () => {
  it.each([
    ["flatview_*", "flatview_read", true],
    ["flatview_*", "flatview_", true],
    ["flatview_*", "my_flatview_read", false],
    ["*_cpu_thread_fn", "mttcg_cpu_thread_fn", true],
    ["ld?_dma", "ldl_dma", true],
    ["ld?_dma", "ld_dma", false],
    ["ld??_dma", "lduw_dma", true],
    ["memory_region_*_accessor", "memory_region_write_accessor", true],
    ["*", "", true],
    ["?", "", false],
    ["abort", "abort", true],
    ["abort", "abort2", false],
    ["operator new[]", "operator new[]", true],
    ["f(.+)", "f(.+)", true],
    ["f.", "fx", false],
    ["^f$", "f", false],
    ["a*b*c", "a-b-c-b-c", true],
    ["a*b*c", "a-c-b", false],
  ])("%s and %s: %s", (glob, text, fits) => {
    expect(anyOf([glob])(text)).toBe(fits);
  });

  it("fits where one of several does", () => {
    expect(anyOf(["read", "write_*"])("write_all")).toBe(true);
    expect(anyOf(["read", "write_*"])("reader")).toBe(false);
    expect(anyOf([])("read")).toBe(false);
  });

  it("fits what its plain meaning says", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 9 });
    const globs = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 7 });
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        expect(anyOf([glob])(text)).toBe(naive(glob, text));
      }),
      { numRuns: 3000 },
    );
  });

  it("fits every text that is made of it", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "_", "(", "[", ".", "\\"), maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 4 }),
        fc.array(part, { minLength: 4, maxLength: 4 }),
        (parts, filling) => {
          const text = parts.map((one, index) => (index === 0 ? one : (filling[index] ?? "") + one)).join("");
          expect(anyOf([parts.join("*")])(text)).toBe(true);
        },
      ),
    );
  });

  it("takes time in proportion to the lengths, not to what could be tried", () => {
    const stars = `${"a*".repeat(40)}b`;
    const before = performance.now();
    expect(anyOf([stars])("a".repeat(20_000))).toBe(false);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe("a pattern over paths", () => {
  it.each([
    ["string_fortified.h", "/usr/include/bits/string_fortified.h", true],
    ["string_fortified.h", "string_fortified.h", true],
    ["string_fortified.h", "my_string_fortified.h", false],
    ["nptl/*", "./nptl/pthread_kill.c", true],
    ["nptl/*", "../sysdeps/nptl/libc_start_call_main.h", true],
    ["nptl/*", "../mynptl/pthread_kill.c", false],
    ["nptl/*", "nptl", false],
    ["libc.so*", "/lib/x86_64-linux-gnu/libc.so.6", true],
    ["libc.so*", "/lib/xlibc.so.6", false],
    ["libc-2.*.so", "/lib64/libc-2.31.so", true],
    ["hw/net.c", "C:\\src\\hw\\net.c", true],
    ["memory.c", "../softmmu/memory.c/other.c", false],
  ])("%s and %s: %s", (pattern, path, fits) => {
    expect(anyPathOf([pattern])(path)).toBe(fits);
  });

  it("fits a path where it fits the whole or what follows one of the slashes", () => {
    const paths = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 });
    const globs = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(globs, paths, (glob, path) => {
        const ends = [path, ...Array.from(path.matchAll(/\//g), ({ index }) => path.slice(index + 1))];
        expect(anyPathOf([glob])(path)).toBe(ends.some((end) => naive(glob, end)));
      }),
      { numRuns: 3000 },
    );
  });
});
