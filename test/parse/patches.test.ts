import { describe, expect, it } from "vitest";
import { isWithin, patchDescriptions } from "../../src/parse/gdb/patches.js";

const commit = `commit 41c7d0e5a9b3f26c8d1e4f7a0b9c8d7e6f5a4b3c (HEAD -> main)
Merge: 1234567 89abcde
Author: Some Body <somebody@example.org>
Date:   Tue Feb 7 09:12:44 2023 +0100

    a.c: check more

    x: a.c:3: f: Assertion \`a' failed.

`;

function described(text: string): string[] {
  return patchDescriptions(text).map(({ start, end }) => text.slice(start, end));
}

describe("descriptions of patches", () => {
  it("are told where a commit is shown: its head and what is indented below", () => {
    expect(described(`$ git log\n${commit}x: a.c:3: f: Assertion \`b' failed.\n`)).toEqual([commit]);
    expect(described(`${commit}diff --git a/a.c b/a.c\n    x\n`)).toEqual([commit]);
    expect(described(`${commit}${commit}`)).toEqual([commit, commit]);
  });

  it("reach from a mail's subject to its first file", () => {
    const mail = "Subject: [PATCH v2] a.c: check more\n\nx: a.c:3: f: Assertion `a' failed.\n---\n";
    expect(described(`${mail}\n+++ b/a.c\n+    assert(a);\n`)).toEqual([mail]);
  });

  it("are none in what only speaks of commits", () => {
    expect(described("commit 41c7d0e broke it\nAuthor: him\n")).toEqual([]);
    expect(described("HEAD is now at 41c7d0e a.c: check more\n")).toEqual([]);
  });

  it("are found by a place within them", () => {
    const stretches = patchDescriptions(`one\n${commit}two\n${commit}`);
    const at = (word: string): number => `one\n${commit}two\n${commit}`.indexOf(word);
    expect(isWithin(stretches, at("one"))).toBe(false);
    expect(isWithin(stretches, at("Assertion"))).toBe(true);
    expect(isWithin(stretches, at("two"))).toBe(false);
    expect(isWithin([], 0)).toBe(false);
  });

  it("are told in time proportional to the text", () => {
    const before = performance.now();
    patchDescriptions(`commit 41c7d0e5a9\nAuthor: x\n${"\n".repeat(300_000)}`);
    patchDescriptions("commit 41c7d0e5a9\nAuthor: x\n".repeat(30_000));
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
