import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callPath, pathSteps, referenceTo } from "../../src/rules/path.js";
import { ThreadStack } from "../../src/rules/stack.js";
import { framesOf } from "./frames.js";

const path = { core: ["core"], generic: ["generic"], hidden: ["hidden"], boundary: ["boundary"] };
const classes: Readonly<Record<string, readonly string[]>> = {
  core: ["core"],
  generic: ["generic"],
  hidden: ["hidden"],
  boundary: ["generic", "boundary"],
  machinery: ["machinery"],
};

/** A thread, innermost first; a function's class stands in its name, before the `_`: `core_read`, or it has none. */
function stackOf(names: readonly (string | null)[]): ThreadStack {
  const roles = names.map((name) => classes[name?.split("_")[0] ?? ""] ?? []);
  return new ThreadStack(framesOf(names), roles, new Set());
}

/** The path from the frame `inner`, outermost first, by names. */
function pathOf(names: readonly (string | null)[], inner: number, start: number | null = null) {
  const stack = stackOf(names);
  const found = callPath(stack, path, inner, start);
  return {
    steps: found.steps.map((index) => names[index]),
    blame: found.blame === null ? null : names[found.blame],
    site: found.site === null ? null : names[found.site],
  };
}

describe("the path of a call", () => {
  it("runs from the outermost function of a device to the access, and leaves machinery and hidden frames out", () => {
    const names = [
      "machinery_abort",
      "core_read",
      "device_cache",
      "hidden_thunk",
      "generic_glue",
      "device_load",
      "boundary_loop",
      "main",
    ];
    expect(pathOf(names, 1)).toEqual({
      steps: ["device_load", "generic_glue", "device_cache", "core_read"],
      blame: "device_load",
      site: "device_cache",
    });
  });

  it("does not begin with generic frames where a function of a device is there", () => {
    expect(pathOf(["core_read", "device_load", "generic_a", "generic_b", "boundary_loop"], 0).steps).toEqual([
      "device_load",
      "core_read",
    ]);
  });

  it("begins at the outermost frame inside the boundary where all are generic, and blames nobody", () => {
    expect(pathOf(["core_read", "generic_a", "generic_b", "boundary_loop", "device_x"], 0)).toEqual({
      steps: ["generic_b", "generic_a", "core_read"],
      blame: null,
      site: null,
    });
  });

  it("stops at the innermost boundary, for what is called there is one operation", () => {
    const names = ["core_read", "device_b", "boundary_dispatch", "device_a", "boundary_loop"];
    expect(pathOf(names, 0)).toEqual({
      steps: ["device_b", "core_read"],
      blame: "device_b",
      site: "device_b",
    });
  });

  it("reaches out beyond the boundary to the frame that holds the state", () => {
    const names = ["core_read", "device_b", "boundary_dispatch", "device_a", "generic_c", "main"];
    expect(pathOf(names, 0, 4)).toEqual({
      steps: ["generic_c", "device_a", "boundary_dispatch", "device_b", "core_read"],
      blame: "device_a",
      site: "device_b",
    });
    expect(pathOf(names, 0, 0).steps).toEqual(["device_b", "core_read"]);
  });

  it("never blames a frame without a name", () => {
    expect(pathOf(["core_read", null, "device_a", null, "boundary_loop"], 0)).toEqual({
      steps: ["device_a", null, "core_read"],
      blame: "device_a",
      site: "device_a",
    });
  });

  it("has one step where nothing called the access", () => {
    expect(pathOf(["core_read"], 0)).toEqual({ steps: ["core_read"], blame: null, site: null });
  });
});

/** The whole thread as a path, from outside in, each step as `NAME:LEVELS`. */
function folded(outermostFirst: readonly (string | null)[]): string[] {
  const names = outermostFirst.toReversed();
  const steps = names.map((_, index) => index).toReversed();
  return pathSteps(stackOf(names), { steps, blame: null, site: null }, null).map(
    (step) => `${step.function}:${step.levels.join(",")}`,
  );
}

describe("the steps of a path", () => {
  it.each<[string, string, string[]]>([
    ["equal neighbours", "a b b b c", ["a:4", "b:3,2,1", "c:0"]],
    ["a cycle that repeats", "a f g f g f g b", ["a:7", "f:6,4,2", "g:5,3,1", "b:0"]],
    ["a cycle of three", "f g h f g h", ["f:5,2", "g:4,1", "h:3,0"]],
    ["neighbours inside a cycle", "f f g f g g", ["f:5,4,2", "g:3,1,0"]],
    ["a cycle that goes on in neighbours", "f g f g g", ["f:4,2", "g:3,1,0"]],
    ["nothing where a name only comes again", "a b a c", ["a:3", "b:2", "a:1", "c:0"]],
    ["nothing of half a cycle", "f g h f g", ["f:4", "g:3", "h:2", "f:1", "g:0"]],
  ])("fold %s", (_, names, steps) => {
    expect(folded(names.split(" "))).toEqual(steps);
  });

  it("keep frames without a name apart, for nobody knows whether they are equal", () => {
    expect(folded(["a", null, null, "b"])).toEqual(["a:3", "null:2", "null:1", "b:0"]);
  });

  it("say of each frame what it is: the start, the blamed one, the one that makes the access", () => {
    const names = ["core_read", "device_cache", "device_load", "generic_loop"];
    const stack = stackOf(names);
    const found = callPath(stack, path, 0, 3);
    expect(pathSteps(stack, found, { index: 3, note: "holds it" })).toEqual([
      { levels: [3], function: "generic_loop", role: "generic", note: "holds it" },
      { levels: [2], function: "device_load", role: null, note: "blamed" },
      { levels: [1], function: "device_cache", role: null, note: "makes the access" },
      { levels: [0], function: "core_read", role: "core", note: null },
    ]);
    expect(pathSteps(stack, callPath(stack, path, 0, null), null).map(({ note }) => note)).toEqual([
      "blamed",
      "makes the access",
      null,
    ]);
  });

  it("say both where one frame is blamed and makes the access", () => {
    const stack = stackOf(["core_read", "device_load"]);
    expect(pathSteps(stack, callPath(stack, path, 0, null), null)[0]?.note).toBe("blamed, makes the access");
  });
});

describe("a frame that a finding names", () => {
  it("is named by gdb's own level", () => {
    const stack = new ThreadStack(
      framesOf(["f", "g"]).map((frame) => ({ ...frame, level: frame.level + 3 })),
      [[], []],
      new Set(),
    );
    expect(referenceTo(stack, 1)).toEqual({ level: 4, function: "g" });
    expect(referenceTo(stack, null)).toBeNull();
    expect(referenceTo(stack, 2)).toBeNull();
  });
});

const names = fc.constantFrom(
  "core_r",
  "core_s",
  "device_a",
  "device_b",
  "generic_g",
  "hidden_h",
  "boundary_l",
  "machinery_m",
);
const threads = fc.array(names, { minLength: 1, maxLength: 14 });

describe("paths of any thread", () => {
  it("hold every shown frame between their ends once, from outside in, and their own functions' ends", () => {
    fc.assert(
      fc.property(threads, fc.nat(), fc.option(fc.nat()), (thread, at, from) => {
        const inner = at % thread.length;
        const start = from === null ? null : from % thread.length;
        const { steps, blame, site } = callPath(stackOf(thread), path, inner, start);
        expect(steps).toEqual(steps.toSorted((one, other) => other - one));
        const outer = steps[0] ?? inner;
        const shown = thread.flatMap((name, index) => (/^(?:hidden|machinery)/.test(name) ? [] : [index]));
        const between = shown.filter((index) => index >= inner && index <= outer);
        expect(steps).toEqual(between.toReversed());
        const own = steps.filter((index) => thread[index]?.startsWith("device"));
        expect([blame, site]).toEqual([own[0] ?? null, own.at(-1) ?? null]);
      }),
      { numRuns: 1000 },
    );
  });

  it("give their frames back, unfolded: every level once, under its own function", () => {
    const deep = fc.array(fc.constantFrom("f", "g", "h"), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(deep, (thread) => {
        const stack = stackOf(thread);
        const steps = thread.map((_, index) => index).toReversed();
        const groups = pathSteps(stack, { steps, blame: null, site: null }, null);
        const unfolded = groups.flatMap(({ levels, function: name }) =>
          levels.map((level) => ({ level, name })),
        );
        expect(unfolded.toSorted((one, other) => other.level - one.level)).toEqual(
          steps.map((index) => ({ level: index, name: thread[index] })),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
