import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UnwritableError } from "../../src/cli/status.js";
import { sameFile, writeWhole } from "../../src/cli/whole-file.js";

let folder: string;
const inFolder = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backtriage-test-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("writeWhole", () => {
  test("writes a new file and leaves nothing else", async () => {
    await writeWhole(inFolder("r.txt"), "result\n");
    expect(await readFile(inFolder("r.txt"), "utf8")).toBe("result\n");
    expect(await readdir(folder)).toEqual(["r.txt"]);
  });

  test("replaces a file and keeps its mode", async () => {
    await writeFile(inFolder("r.txt"), "old and longer");
    await chmod(inFolder("r.txt"), 0o600);
    await writeWhole(inFolder("r.txt"), "new");
    expect(await readFile(inFolder("r.txt"), "utf8")).toBe("new");
    expect((await stat(inFolder("r.txt"))).mode & 0o777).toBe(0o600);
  });

  test("keeps a symbolic link and replaces what it points to", async () => {
    await writeFile(inFolder("real.txt"), "old");
    await symlink("real.txt", inFolder("link.txt"));
    await writeWhole(inFolder("link.txt"), "new");
    expect((await lstat(inFolder("link.txt"))).isSymbolicLink()).toBe(true);
    expect(await readFile(inFolder("real.txt"), "utf8")).toBe("new");
  });

  test("writes to a device instead of replacing it", async () => {
    await writeWhole("/dev/null", "gone");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  test("says why a file cannot be written, and leaves nothing", async () => {
    await mkdir(inFolder("dir"));
    await expect(writeWhole(inFolder("gone/r.txt"), "x")).rejects.toThrow(
      new UnwritableError(
        `${inFolder("gone/r.txt")}: cannot be written, nothing was changed: no such directory`,
      ),
    );
    await expect(writeWhole(inFolder("dir"), "x")).rejects.toThrow("is a directory");
    expect(await readdir(folder)).toEqual(["dir"]);
  });

  test("leaves the old file where the new one cannot be put in its place", async () => {
    // A link into nothing: its folder is not there.
    await symlink("gone/r.txt", inFolder("link.txt"));
    await expect(writeWhole(inFolder("link.txt/r.txt"), "x")).rejects.toThrow(UnwritableError);
    expect(await readdir(folder)).toEqual(["link.txt"]);
  });
});

describe("sameFile", () => {
  test("sees one file behind two paths", async () => {
    await writeFile(inFolder("a"), "");
    await symlink("a", inFolder("b"));
    expect(sameFile(inFolder("a"), inFolder("b"))).toBe(true);
    expect(sameFile(inFolder("a"), `${folder}/./a`)).toBe(true);
  });

  test("tells two files apart, and one that is not there", async () => {
    await writeFile(inFolder("a"), "");
    await writeFile(inFolder("b"), "");
    expect(sameFile(inFolder("a"), inFolder("b"))).toBe(false);
    expect(sameFile(inFolder("a"), inFolder("c"))).toBe(false);
    expect(sameFile("/dev/null", "/dev/null")).toBe(false);
  });
});
