import { describe, expect, it } from "vitest";
import type { Frame } from "../../src/model/trace.js";
import type { Pack } from "../../src/rules/language/pack.js";
import { compileRoles } from "../../src/rules/roles.js";
import { frameOf, variableOf } from "./frames.js";

const roles: Pack["roles"] = {
  reader: { title: "reads", functions: ["read_it", "read_*"] },
  system: { title: "belongs to the system", files: ["nptl/*"] },
  library: { title: "is in the C library", libraries: ["libc.so*"] },
  both: { title: "is a certain function of a certain file", functions: ["walk"], files: ["list.c"] },
  guarded: { title: "shows its guard", variables: ["_guard"] },
  "guarded-reader": {
    title: "reads and shows its guard",
    functions: ["read_it"],
    variables: ["_guard", "lock_*"],
  },
  signal: { title: "a signal arrived", kinds: ["signal-handler"] },
  any: { title: "reads or is in the C library", includes: ["reader", "library"] },
  most: { title: "any, and more", functions: ["more"], includes: ["any", "guarded"] },
};

function rolesOf(frame: Frame): readonly string[] {
  return compileRoles(roles)(frame);
}

const guard = { ...variableOf("_guard", "0x1"), entryValue: null };

describe("the roles of a frame", () => {
  it.each<[string, Frame, string[]]>([
    ["a function by its name", frameOf("read_it"), ["reader", "any", "most"]],
    ["a function by a pattern", frameOf("read_all"), ["reader", "any", "most"]],
    ["a copy that the compiler made", frameOf("read_it.constprop.0.isra.1"), ["reader", "any", "most"]],
    ["a function with its parameters", frameOf("read_it(int, char)"), ["reader", "any", "most"]],
    ["another function", frameOf("spread_it"), []],
    ["no function", frameOf(null), []],
    ["a file", frameOf("f", { location: { file: "./nptl/x.c", line: 3 } }), ["system"]],
    ["another file", frameOf("f", { location: { file: "./xnptl/x.c", line: 3 } }), []],
    ["a library", frameOf(null, { library: "/lib/x86_64-linux-gnu/libc.so.6" }), ["library", "any", "most"]],
    ["all kinds of patterns", frameOf("walk", { location: { file: "src/list.c", line: 3 } }), ["both"]],
    ["one of several kinds of patterns", frameOf("walk", { location: { file: "src/tree.c", line: 3 } }), []],
    ["a kind of frame", frameOf(null, { kind: "signal-handler" }), ["signal"]],
    ["another kind of frame", frameOf(null, { kind: "inferior-call" }), []],
    ["a local", frameOf("f", { locals: [variableOf("_guard", "0x1")] }), ["guarded", "most"]],
    ["an argument", frameOf("f", { arguments: [guard] }), ["guarded", "most"]],
    ["a local of another function", frameOf("f", { locals: [variableOf("lock_a", "true")] }), []],
    [
      "a function with a local",
      frameOf("read_it", { locals: [variableOf("lock_a", "true")] }),
      ["reader", "guarded-reader", "any", "most"],
    ],
    ["what includes others, by its own pattern", frameOf("more"), ["most"]],
  ])("are those of %s", (_, frame, expected) => {
    expect(rolesOf(frame)).toEqual(expected);
  });

  it.each(["0x0", "0", "false", "<optimized out>", "(nil)", "", '0x0 "text"', "0x00000000"])(
    "do not rest on a guard that is %j",
    (value) => {
      expect(rolesOf(frameOf("f", { locals: [variableOf("_guard", value)] }))).toEqual([]);
    },
  );

  it.each(["0x1", "0x7ffe0000", "1", "5", "true", "0x0000000100"])("rest on a guard that is %j", (value) => {
    expect(rolesOf(frameOf("f", { locals: [variableOf("_guard", value)] }))).toEqual(["guarded", "most"]);
  });

  it("are told of every frame for itself, however often a place was seen", () => {
    const read = compileRoles(roles);
    const plain = frameOf("read_it");
    const shown = frameOf("read_it", { locals: [variableOf("_guard", "0x1")] });
    expect(read(plain)).toEqual(["reader", "any", "most"]);
    expect(read(shown)).toEqual(["reader", "guarded", "guarded-reader", "any", "most"]);
    expect(read(plain)).toEqual(["reader", "any", "most"]);
  });
});
