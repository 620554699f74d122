import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestOf, isC, partsOf, sourceFiles } from "../../src/source/tree.js";

const tree = sourceFiles(
  new Map([
    ["hw/virtio/virtio.c", "the device"],
    ["tests/qtest/virtio.c", "a test"],
    ["softmmu/memory.c", "memory"],
    ["old/softmmu/memory.c", "old memory"],
    ["hw/core/cpu-common.c", "a processor"],
    ["hw/net/core.c", "a card"],
    ["hw/char/core.c", "a terminal"],
  ]),
);

describe("the file that a frame names", () => {
  it.each([
    ["hw/virtio/virtio.c", "hw/virtio/virtio.c"],
    ["../hw/virtio/virtio.c", "hw/virtio/virtio.c"],
    ["./../../hw/virtio/virtio.c", "hw/virtio/virtio.c"],
    ["/build/qemu-7.2/hw/virtio/virtio.c", "hw/virtio/virtio.c"],
    ["C:\\build\\qemu\\hw\\virtio\\virtio.c", "hw/virtio/virtio.c"],
    ["//build//hw/./virtio/virtio.c", "hw/virtio/virtio.c"],
    ["virtio/virtio.c", "hw/virtio/virtio.c"],
    ["/elsewhere/virtio.c", null],
    ["virtio.c", null],
    ["softmmu/memory.c", "softmmu/memory.c"],
    ["/old/softmmu/memory.c", "old/softmmu/memory.c"],
    ["/build/cpu-common.c", "hw/core/cpu-common.c"],
    ["cpu-common.c", "hw/core/cpu-common.c"],
    ["core.c", null],
    ["common.c", null],
    ["memory.h", null],
  ])("%s is %s", (printed, path) => {
    expect(tree.text(printed)?.path ?? null).toBe(path);
  });

  it.each([
    "hw/../hw/virtio/virtio.c",
    "/../etc/../hw/virtio/virtio.c",
    "hw/virtio/virtio.c/..",
    "hw/virtio/virtio.c/",
    "..",
    ".",
    "/",
    "",
    "hw/virtio/virtio.c\0",
    "hw/virtio\n/virtio.c",
    `${"x/".repeat(5000)}hw/virtio/virtio.c`,
  ])("is none for %j", (printed) => {
    expect(tree.text(printed)).toBeNull();
  });

  it("is given with its text", () => {
    expect(tree.text("x/cpu-common.c")).toEqual({ path: "hw/core/cpu-common.c", text: "a processor" });
  });

  it("is none where two paths have as much in common with it", () => {
    expect(bestOf(["qemu", "a", "b.c"], ["x/a/b.c", "y/a/b.c"])).toBeNull();
    expect(bestOf(["qemu", "a", "b.c"], ["x/a/b.c", "y/a/b.c", "qemu/a/b.c"])).toBe("qemu/a/b.c");
    expect(bestOf(["qemu", "a", "b.c"], ["qemu/a/b.c", "x/a/b.c", "y/a/b.c"])).toBe("qemu/a/b.c");
  });

  it("never leads out of the tree, whatever was printed", () => {
    const part = fc.constantFrom("..", ".", "", "a", "b.c", "/", "\\", "C:", "\0", "é");
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom("/", "\\"), (parts, separator) => {
        const found = partsOf(parts.join(separator)) ?? ["fine"];
        expect(found.length).toBeGreaterThan(0);
        for (const one of found) expect(one).toMatch(/^(?!\.\.?$)[^/\\\0]+$/);
      }),
    );
  });
});

describe("a C file", () => {
  it.each(["a.c", "x/a.h", "ldst.c.inc", "a.cpp", "a.cc"])("is %s", (file) => {
    expect(isC(file)).toBe(true);
  });

  it.each(["a.rs", "a.S", "c", "a.c.orig", "a.py", ""])("is not %j", (file) => {
    expect(isC(file)).toBe(false);
  });
});
