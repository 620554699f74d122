import { describe, expect, it } from "vitest";
import { compilePack } from "../../src/rules/compile.js";
import { rolesOfFrames, ThreadStack } from "../../src/rules/stack.js";
import { framesOf } from "./frames.js";
import { load, runtime, smallPack } from "./small-pack.js";

const base = compilePack(runtime).rolesOf;
const { pack } = load(smallPack);
if (pack === null) throw new Error("the small pack is broken");
const small = compilePack(pack);

/** A thread with these functions, innermost first, judged by the small pack with these facts. */
function stackOf(names: readonly string[], ...facts: readonly string[]): ThreadStack {
  const frames = framesOf(names);
  return new ThreadStack(frames, rolesOfFrames(frames, small, base).roles, new Set(facts)).decide(
    small.states,
  );
}

function valuesOf(stack: ThreadStack, state: string): (string | null)[] {
  return stack.frames.map((_, index) => stack.stateAt(index, state));
}

describe("the states of a thread", () => {
  const names = ["read_it", "device", "load_all", "main"];

  it("are decided for each frame by the first clause that applies there", () => {
    expect(valuesOf(stackOf(names), "lock")).toEqual(["held", "held", "held", "unknown"]);
    expect(valuesOf(stackOf(names, "free"), "lock")).toEqual(["free", "free", "free", "free"]);
    expect(valuesOf(stackOf(names, "locked"), "lock")).toEqual(["held", "held", "held", "held"]);
    expect(valuesOf(stackOf(names, "locked", "free"), "lock")).toEqual(["free", "free", "free", "free"]);
  });

  it("rest on the states before them, at the same frame", () => {
    expect(valuesOf(stackOf(names, "open"), "store")).toEqual(["open", "open", "open", "elsewhere"]);
    expect(valuesOf(stackOf(names, "open", "free"), "store")).toEqual(names.map(() => "elsewhere"));
    expect(valuesOf(stackOf(names), "store")).toEqual(names.map(() => "unknown"));
  });

  it("tell the clause that decided", () => {
    expect(stackOf(names).decidedBy(0, "lock")).toMatchObject({ is: "held", confidence: "likely" });
    expect(stackOf(names).decidedBy(3, "lock")).toMatchObject({ is: "unknown", test: null });
  });

  it("are nothing before they were decided, and beyond the frames", () => {
    const stack = stackOf(names);
    expect(stack.stateAt(4, "lock")).toBeNull();
    expect(stack.stateAt(0, "weather")).toBeNull();
  });
});

describe("the roles of a thread's frames", () => {
  it("are the pack's own, then the base's", () => {
    expect(stackOf(["abort", "read_it"]).roles).toEqual([
      ["abort", "machinery"],
      ["reader", "core"],
    ]);
  });

  it("end at the bottom of the stack: what gdb shows outside it are values, not callers", () => {
    const stack = stackOf(["read_it", "trampoline", "load_all", "abort"]);
    expect(stack.roles).toEqual([["reader", "core"], ["start"], [], []]);
    expect(stack.indicesOf("loader")).toEqual([]);
    expect(valuesOf(stack, "lock")).toEqual(["unknown", "unknown", "unknown", "unknown"]);
  });

  it("are asked by role, and by frame", () => {
    const stack = stackOf(["read_it", "glue", "read_all"]);
    expect(stack.indicesOf("reader")).toEqual([0, 2]);
    expect(stack.indicesOf("writer")).toEqual([]);
    expect(stack.hasRole(1, "glue")).toBe(true);
    expect(stack.hasAnyRole(0, ["glue", "core"])).toBe(true);
    expect(stack.hasAnyRole(1, ["reader", "core"])).toBe(false);
    expect(stack.hasRole(9, "glue")).toBe(false);
  });
});
