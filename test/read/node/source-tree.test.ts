import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSourceTree } from "../../../src/read/node/source-tree.js";
import { UnreadableError } from "../../../src/read/node/unreadable.js";
import { sourceFiles } from "../../../src/source/tree.js";

let base = "";
let root = "";

function put(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "source-tree-"));
  root = join(base, "qemu");
  put("secret.c", "a secret");
  put("qemu-other/near.c", "another tree");
  put("qemu/hw/virtio/virtio.c", "the device");
  put("qemu/softmmu/memory.c", "memory");
  put("qemu/tests/memory.c", "a test of memory");
  put("qemu/hw/core/cpu-common.c", "a processor");
  put("qemu/hw/core/binary.c", new Uint8Array([65, 0, 66]));
  put("qemu/hw/core/large.c", "x".repeat(300));
  put("qemu/.git/kept.c", "history");
  mkdirSync(join(root, "hw/core/folder.c"));
  symlinkSync("../../secret.c", join(root, "hw/leak.c"));
  symlinkSync("../../qemu-other", join(root, "hw/out"));
  symlinkSync("virtio/virtio.c", join(root, "hw/alias.c"));
  symlinkSync(".", join(root, "hw/loop"));
  symlinkSync("nowhere", join(root, "hw/dangling.c"));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What the rules get for one file that a frame names. */
function textOf(printed: string, ...others: readonly string[]): string | null {
  const { files } = readSourceTree(root, [printed, ...others]);
  return sourceFiles(files).text(printed)?.text || null;
}

describe("of a source tree", () => {
  it.each([
    ["../hw/virtio/virtio.c", "the device"],
    ["/build/qemu-7.2/hw/virtio/virtio.c", "the device"],
    ["\\build\\hw\\virtio\\virtio.c", "the device"],
    ["softmmu/memory.c", "memory"],
    ["/build/x/cpu-common.c", "a processor"],
    ["cpu-common.c", "a processor"],
    ["hw/alias.c", "the device"],
  ])("%s is read", (printed, text) => {
    expect(textOf(printed)).toBe(text);
  });

  it.each([
    "memory.c",
    "/build/memory.c",
    "hw/leak.c",
    "leak.c",
    "hw/out/near.c",
    "near.c",
    "../secret.c",
    "secret.c",
    "hw/../../secret.c",
    "../../../../../../etc/passwd",
    "/etc/passwd",
    "hw/core/folder.c",
    "folder.c",
    "hw/dangling.c",
    "hw/core/binary.c",
    "kept.c",
    "nothing.c",
    "hw/virtio/virtio.c\0.c",
    `${"x".repeat(3000)}/virtio.c/${"y".repeat(1000)}.c`,
    `${"../".repeat(3000)}secret.c`,
    "",
  ])("%j is not read", (printed) => {
    expect(textOf(printed)).toBeNull();
  });

  it("a name that may be another's is not taken for a file that was read for its path", () => {
    expect(textOf("memory.c", "softmmu/memory.c")).toBeNull();
    expect(textOf("/build/missing/memory.c", "softmmu/memory.c")).toBeNull();
    expect(textOf("softmmu/memory.c", "memory.c")).toBe("memory");
  });

  it("no more is read than what is wanted", () => {
    const { files, warnings } = readSourceTree(root, ["hw/virtio/virtio.c"]);
    expect([...files]).toEqual([["hw/virtio/virtio.c", "the device"]]);
    expect(warnings).toEqual([]);
  });

  it("what is refused is said", () => {
    const said = (printed: string) =>
      readSourceTree(root, [printed], { bytesOfFile: 200, entries: 1000 }).warnings;
    expect(said("hw/leak.c")).toEqual([expect.stringMatching(/^hw\/leak\.c: leads out of .*qemu/)]);
    expect(said("hw/core/binary.c")).toEqual(["hw/core/binary.c: is no text and is not read"]);
    expect(said("hw/core/large.c")).toEqual(["hw/core/large.c: is larger than 200 bytes and is not read"]);
    expect(said("hw/core/nothing.c")).toEqual([]);
  });

  it("names are not searched in a tree that is too large, and so tell nothing", () => {
    const { files, warnings } = readSourceTree(
      root,
      ["virtio/memory.c", "softmmu/memory.c", "cpu-common.c"],
      {
        bytesOfFile: 1000,
        entries: 3,
      },
    );
    const read = sourceFiles(files);
    expect(read.text("softmmu/memory.c")?.text).toBe("memory");
    expect(read.text("virtio/memory.c")?.text).toBe("");
    expect(read.text("cpu-common.c")?.text).toBe("");
    expect(warnings).toEqual([expect.stringContaining("holds more than 3 files")]);
  });

  it("the root must be a directory", () => {
    expect(() => readSourceTree(join(base, "nowhere"), [])).toThrow(UnreadableError);
    expect(() => readSourceTree(join(base, "secret.c"), [])).toThrow("is no directory");
  });

  it("the root may be a symbolic link", () => {
    symlinkSync("qemu", join(base, "link"));
    const { files } = readSourceTree(join(base, "link"), ["hw/virtio/virtio.c"]);
    expect(files.get("hw/virtio/virtio.c")).toBe("the device");
  });
});
