import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { readFile, readStream } from "../../../src/read/node/files.js";
import { UnreadableError } from "../../../src/read/node/unreadable.js";
import { readPlain } from "../../../src/read/plain.js";

const source = { path: "crash.txt", member: null, messageId: null };
const frame = "#0  main () at t.c:3\n";
const noise = "the quick brown fox jumps over the lazy dog\n".repeat(10_000);

const folder = mkdtempSync(join(tmpdir(), "backtriage-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What is read however the text comes. */
const contents: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", Buffer.alloc(0)],
  ["a short text", Buffer.from(`x\n${frame}`)],
  ["noise alone", Buffer.from(noise)],
  ["a frame in noise", Buffer.from(`é\r\n${noise}${frame}${noise}${noise}${frame}`)],
  ["a frame in noise behind a byte order mark", Buffer.from(`\ufeff${noise}${frame}${noise}`)],
  ["UTF-16", Buffer.from(`\ufeff${noise}${frame}${noise}`, "utf16le")],
  ["UTF-16 without a mark", Buffer.from(`${noise}${frame}${noise}`, "utf16le")],
  ["NULs", Buffer.concat([Buffer.alloc(300_000), Buffer.from(`\n${frame}`), Buffer.alloc(300_000)])],
];

describe("a file", () => {
  test.each(contents)("that holds %s is read as its bytes are", async (name, content) => {
    const path = fileOf(name, content);
    expect(await readFile(path, source)).toEqual(readPlain(content, source));
  });

  test.each([
    ["/no/such/file", "no such file"],
    ["package.json/x", "no such file"],
    [tmpdir(), "is a directory"],
    [`/${"x".repeat(300)}`, "the name is too long"],
  ])("%s is unreadable", async (path, message) => {
    await expect(readFile(path, source)).rejects.toMatchObject({ name: "UnreadableError", message });
  });

  test("may be a device", async () => {
    expect(await readFile("/dev/null", source)).toEqual({ source, windows: [], diagnostics: [] });
  });

  test.runIf(existsSync("/proc/self/status"))("may be one whose size the system does not know", async () => {
    expect((await readFile("/proc/self/status", source)).windows).toEqual([]);
  });

  test.runIf(spawnSync("sh", ["-c", "command -v mkfifo"]).status === 0)("may be a named pipe", async () => {
    const [, content = Buffer.alloc(0)] = contents[3] ?? [];
    const path = join(folder, "pipe");
    spawnSync("sh", ["-c", `mkfifo '${path}'`]);
    const writer = spawn("sh", ["-c", `cat '${fileOf("for the pipe", content)}' > '${path}'`]);
    expect(await readFile(path, source)).toEqual(readPlain(content, source));
    writer.kill();
  });
});

async function* endless(piece: Uint8Array) {
  for (;;) yield piece;
}

describe("a stream", () => {
  test.each(contents)("of %s is read as its bytes are", async (_, content) => {
    for (const size of [1000, 65_536]) {
      const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_unused, index) =>
        content.subarray(index * size, (index + 1) * size),
      );
      expect(await readStream(Readable.from(pieces), source)).toEqual(readPlain(content, source));
    }
  });

  test("that would have to be kept is read up to the limit only, and the user told what to do", async () => {
    const traces = endless(Buffer.from(frame.repeat(1000)));
    const reading = readStream(traces, source, 4_000_000);
    await expect(reading).rejects.toThrow(UnreadableError);
    await expect(reading).rejects.toMatchObject({
      message: "holds more than 4000000 bytes of traces",
      hint: expect.stringContaining("grep"),
    });
  });

  test("of noise is not kept", async () => {
    const pieces = Array.from({ length: 60 }, () => Buffer.from(noise));
    expect((await readStream(Readable.from(pieces), source, 4_000_000)).windows).toEqual([]);
  });

  test("hands on what is no refusal of the system", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("a");
        throw new TypeError("ours");
      })(),
    );
    await expect(readStream(broken, source)).rejects.toThrow(TypeError);
  });
});
