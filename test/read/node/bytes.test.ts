import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { collectBytes, readFileBytes, UnreadableError } from "../../../src/read/node/bytes.js";

const bytes = (text: string) => new TextEncoder().encode(text);

async function* endless() {
  for (;;) yield new Uint8Array(1024);
}

describe("collectBytes", () => {
  test("puts the pieces together", async () => {
    expect(new TextDecoder().decode(await collectBytes(Readable.from([bytes("ab"), bytes("c")])))).toBe(
      "abc",
    );
    expect(await collectBytes(Readable.from([]))).toHaveLength(0);
  });

  test("stops at the limit and says what to do", async () => {
    await expect(collectBytes(endless(), 1 << 20)).rejects.toThrow(UnreadableError);
    await expect(collectBytes(endless(), 4096)).rejects.toMatchObject({
      message: "is larger than 4096 bytes",
      hint: expect.stringContaining("grep"),
    });
  });

  test("hands on what is no refusal of the system", async () => {
    const broken = Readable.from(
      (async function* () {
        yield bytes("a");
        throw new TypeError("ours");
      })(),
    );
    await expect(collectBytes(broken)).rejects.toThrow(TypeError);
  });
});

describe("readFileBytes", () => {
  test("reads a file", async () => {
    expect(new TextDecoder().decode(await readFileBytes("package.json"))).toContain('"backtriage"');
  });

  test.each([
    ["/no/such/file", "no such file"],
    ["package.json/x", "no such file"],
    [tmpdir(), "is a directory"],
    [`/${"x".repeat(300)}`, "the name is too long"],
  ])("says of %s that it is unreadable", async (path, message) => {
    await expect(readFileBytes(path)).rejects.toMatchObject({ name: "UnreadableError", message });
  });

  test("reads a device", async () => {
    expect(await readFileBytes("/dev/null")).toHaveLength(0);
  });
});
