import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import type { Finding } from "../../src/model/report.js";
import { readText } from "../../src/read/plain.js";
import { load, runtime, smallPack } from "./small-pack.js";

function findingOf(text: string): Finding {
  const { pack, problems } = load(smallPack);
  if (pack === null) throw new Error(problems.join("\n"));
  const input = readText(text, { path: null, member: null, messageId: null });
  const report = analyze([input], [runtime, pack], { name: "backtriage", version: "0.0.0" });
  const finding = report.documents[0]?.findings.find(({ rule }) => rule === "small/read-open");
  if (finding === undefined) throw new Error("no finding");
  return finding;
}

function stack(...frames: readonly string[]): string {
  return frames.map((frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`).join("");
}

const failed = [
  "abort () at abort.c:3",
  '__assert_fail (assertion=0x1 "depth == 0", file=0x2 "store.c", line=7, function=0x3 "read_it") at assert.c:3',
  "read_it (s=0x1) at store.c:7",
  "cache_fill () at cache.c:3",
  "cache_load () at cache.c:9",
];
const loading = "load_all () at load.c:3";
const writing = "write_it () at store.c:4";

function thread(number: number, frames: string): string {
  return `Thread ${number} (Thread 0x7f0${number} (LWP 1${number})):\n${frames}\n`;
}

function outlineOf({ candidates }: Finding) {
  return candidates.map(({ thread: index, function: name, known }) => [index, name, known]);
}

describe("who may hold a state", () => {
  it("is ranked: who is known to hold it, then in the rule's order", () => {
    const own = stack(...failed, loading);
    const other = stack("read_all () at store.c:3", writing);
    const finding = findingOf(`${thread(2, own)}${thread(1, other)}`);
    expect(outlineOf(finding)).toEqual([
      [1, "write_it", true],
      [0, "load_all", false],
    ]);
    expect(finding.holder).toEqual({ trace: 0, thread: 1, level: 1, function: "write_it" });
  });

  it("is told with evidence of its own: of another thread, of the finding's own frames", () => {
    const finding = findingOf(
      `${thread(2, stack(...failed, loading))}${thread(1, stack("read_all () at s.c:3", writing))}`,
    );
    expect(
      finding.candidates.map(({ evidence }) => [evidence.kind, evidence.weight, evidence.message]),
    ).toEqual([
      ["thread", "for", "write_it has it open"],
      ["frame", "open", "load_all may hold it open"],
    ]);
  });

  it("may be a coroutine that entered the stack", () => {
    const text = `(gdb) qemu bt\n${stack(...failed, loading)}Coroutine at 0x55d0c8a31b40:\n${stack("qemu_coroutine_switch () at c.c:3", writing)}`;
    expect(outlineOf(findingOf(text))).toEqual([
      [0, "load_all", false],
      [1, "write_it", false],
    ]);
    expect(findingOf(text).holder).toBeNull();
  });

  it("is nobody where no frame fits", () => {
    const text = `(gdb) p locked()\n$1 = 1\n(gdb) bt\n${stack(...failed)}`;
    expect(findingOf(text)).toMatchObject({ holder: null, candidates: [], confidence: "likely" });
  });
});

describe("where a fix can go", () => {
  it("is told with the frame, what speaks for it and against it, and the judged frames that it covers", () => {
    const [first, second] = findingOf(stack(...failed, loading)).cuts;
    expect(first).toEqual({
      kind: "wait",
      at: { level: 4, function: "cache_load" },
      text: "cache_load waits",
      for: ["it is simple"],
      against: ["it is late"],
      covers: [2],
    });
    expect(second).toMatchObject({ kind: "other", at: null, covers: [2] });
  });

  it("is ranked by what speaks for it less what speaks against it", () => {
    const locked = `(gdb) p locked()\n$1 = 1\n(gdb) bt\n${stack(...failed)}`;
    expect(findingOf(locked).cuts.map(({ kind, against }) => [kind, against.length])).toEqual([
      ["wait", 0],
      ["other", 0],
    ]);
  });
});

describe("what speaks against a finding", () => {
  const doubted = smallPack.replace("{ state: { lock: free } }", "{ within: glue }");

  it("is evidence with its words, and makes the finding no more than possible", () => {
    const { pack } = load(doubted);
    if (pack === null) throw new Error("no pack");
    const text = stack(...failed, "glue () at glue.c:3", loading);
    const input = readText(text, { path: null, member: null, messageId: null });
    const { documents } = analyze([input], [runtime, pack], { name: "backtriage", version: "0.0.0" });
    expect(documents[0]?.findings[0]).toMatchObject({ rule: "small/read-open", confidence: "possible" });
    expect(documents[0]?.findings[0]?.evidence).toContainEqual(
      expect.objectContaining({ weight: "against", message: "nobody has the lock", level: 5 }),
    );
  });
});
