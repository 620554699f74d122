import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressIn, kindOfAddress, textOf } from "../../../src/rules/detectors/pointer.js";
import { poisonOf } from "../../../src/rules/detectors/poison.js";

describe("a printed value", () => {
  it.each<[string, bigint]>([
    ["0x0", 0n],
    ["0x0000000000000000", 0n],
    ["(struct node *) 0x0", 0n],
    ["(void (*)(int)) 0x0", 0n],
    ["0x10 <error: Cannot access memory at address 0x10>", 0x10n],
    ['0x5555555592a0 "text"', 0x5555555592a0n],
    ["0x555555555189 <main>", 0x555555555189n],
    ["@0x8: <error: Cannot access memory at address 0x8>", 8n],
    ["(const std::string &) @0x0: <error reading variable>", 0n],
  ])("%s holds an address", (value, address) => {
    expect(addressIn(value)).toBe(address);
  });

  it.each([
    "0",
    "16",
    "-1",
    "<optimized out>",
    "{next = 0x0}",
    "true",
    "",
    "...",
    "0x1ffffffffffffffff",
    '"0x0"',
    "(a",
  ])("%s holds none", (value) => {
    expect(addressIn(value)).toBeNull();
  });

  it("is read or not, whatever it is", () => {
    const part = fc.constantFrom(
      "0x0",
      "(",
      ")",
      "@",
      "0x",
      "*",
      " ",
      "<",
      ">",
      ":",
      '"',
      "struct node",
      "0x10",
      "&",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const address = addressIn(parts.join(""));
        expect(address === null || address >= 0n).toBe(true);
      }),
    );
  });
});

describe("an address", () => {
  it.each<[bigint, string]>([
    [0n, "null"],
    [1n, "small"],
    [0xffffn, "small"],
    [0x1_0000n, "plain"],
    [0x7fff_ffff_e000n, "plain"],
    [0xffff_8880_0000_0000n, "plain"],
    [0xffff_ffff_ffff_ffffn, "plain"],
    [0xb400_0077_5555_1000n, "plain"],
    [0x4847_4645_4443_4241n, "impossible"],
    [0x39fb_0478_7f63_db78n, "impossible"],
  ])("0x%s is %s", (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });

  it("may be text", () => {
    expect(textOf(0x4847_4645_4443_4241n)).toBe("ABCDEFGH");
    expect(textOf(0x0000_5555_5555_92a0n)).toBeNull();
  });

  it.each<[bigint, string | null]>([
    [0x5a5a_5a5a_5a5a_5a5an, "jemalloc"],
    [0x5a5a_5a5a_5a5a_5a6an, "jemalloc"],
    [0x6b6b_6b6b_6b6b_6b83n, "Linux"],
    [0xcdcd_cdcdn, "debug allocators"],
    [0xfeee_feeen, "HeapFree"],
    [0xdead_beefn, "programs put"],
    [0xdead_beef_dead_beefn, "programs put"],
    [0xffff_ffff_ffff_ffffn, "mmap"],
    [0x5555_5555_92a0n, null],
    [0x5555_5555_5555_5555n, "MallocScribble"],
    [0xcdcd_cdcd_0000_0000n, null],
    [0xcdcd_d000n, null],
    [0n, null],
  ])("0x%s is known for what is left there: %s", (address, words) => {
    const poison = poisonOf(address);
    if (words === null) expect(poison).toBeNull();
    else expect(poison?.meaning).toContain(words);
  });
});
