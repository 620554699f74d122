import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFolder, readTextFile } from "../../../src/read/node/text.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backtriage-text-"));
  mkdirSync(at("packs"));
  for (const name of ["b.yaml", "a.yml", "notes"]) writeFileSync(join(at("packs"), name), "");
  writeFileSync(at("marked"), "\ufeffpack: å\n");
  writeFileSync(at("latin"), Buffer.from([0x70, 0xe5, 0x0a]));
  writeFileSync(at("large"), Buffer.alloc((1 << 21) + 1, "#"));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("reading what a user wrote", () => {
  it("leaves a byte order mark out", () => {
    expect(readTextFile(at("marked"))).toBe("pack: å\n");
  });

  it.each([
    ["latin", "is no UTF-8 text"],
    ["large", "is larger than 2 MiB"],
    ["gone", "no such file"],
    ["packs", "is a directory"],
  ])("refuses %s: %s", (name, message) => {
    expect(() => readTextFile(at(name))).toThrow(message);
  });

  it("refuses a device", () => {
    expect(() => readTextFile("/dev/zero")).toThrow("is no regular file");
  });

  it("lists a folder in order, and nothing of a file", () => {
    expect(listFolder(at("packs"))).toEqual(["a.yml", "b.yaml", "notes"]);
    expect(listFolder(at("marked"))).toBeNull();
    expect(() => listFolder(at("gone"))).toThrow("no such file");
  });
});
