import { expect, test } from "vitest";
import { threadOf } from "../parse/reading.js";

const raised = "Python Exception <class 'gdb.error'>: value has been optimized out\n";

test("what gdb complains of while it prints an argument is no part of it", () => {
  const text = `#10 zoo::main (s=${raised}, xs=${raised}&[i32](size=3)) at zoo.rs:30\n#11 0x01 in zoo::apply (b=warning: (Internal error: pc 0x55 in read in CU, but not in symtab.)\nwarning: (Error: pc 0x55 in address map, but not in symtab.)\nBox {pointer: 0x1}, m=0x5 "warning: low") at zoo.rs:23\n`;
  expect(
    threadOf(text).frames.map(({ arguments: items }) => items.map(({ name, value }) => `${name}=${value}`)),
  ).toEqual([
    ["s=", "xs=&[i32](size=3)"],
    ["b=Box {pointer: 0x1}", 'm=0x5 "warning: low"'],
  ]);
});
