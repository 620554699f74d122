import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/report.js";
import { recursionOf } from "../../../src/rules/detectors/rounds.js";
import { reportOfText } from "../../samples/samples.js";
import { framesOf } from "../frames.js";

const died = "Program received signal SIGSEGV, Segmentation fault.\n";

/** Frames of these functions, innermost first, from a level on. */
function stack(names: readonly string[], from = 0, args = "node=0x5555555592a0"): string {
  return names
    .map((name, at) => `#${from + at}  0x0000555555555131 in ${name} (${args}) at deep.c:3\n`)
    .join("");
}

function repeated(cycle: readonly string[], times: number): string[] {
  return Array.from({ length: times }, () => cycle).flat();
}

function asked(command: string, answer: string): string {
  return `(gdb) ${command}\n$1 = ${answer}\n`;
}

const address = "p $_siginfo._sifields._sigfault.si_addr";
const near = asked(address, "(void *) 0x7fffff7feff8") + asked("p $rsp", "(void *) 0x7fffff7ff000");

function findingsIn(text: string): readonly Finding[] {
  return reportOfText(text).documents[0]?.findings ?? [];
}

function saidOf(text: string): string[] {
  return findingsIn(text).map(({ rule, confidence, message }) => `${rule} ${confidence}: ${message}`);
}

describe("a full stack", () => {
  it.each<[string, string, string]>([
    [
      "is certain where the access went to the stack pointer",
      `${died}(gdb) bt 4\n${stack(repeated(["height"], 4))}(More stack frames follow...)\n${near}`,
      "recursion certain: the stack is full: `height` calls itself at least 4 times, entered from a frame that is not shown",
    ],
    [
      "is likely where the stack is very deep",
      `${died}${stack([...repeated(["term", "factor", "expression"], 400), "main"])}`,
      "recursion likely: the stack seems to be full: `expression`, `factor` and `term` call each other 400 times, entered from #1200 main",
    ],
    [
      "is possible where it is only deep",
      `${died}${stack([...repeated(["height"], 250), "main"])}`,
      "recursion possible: the stack may be full: `height` calls itself 250 times, entered from #250 main",
    ],
    [
      "is possible where it is cut",
      `${died}(gdb) bt 20\n${stack(repeated(["height"], 20))}(More stack frames follow...)\n`,
      "recursion possible: the stack may be full: `height` calls itself at least 20 times, entered from a frame that is not shown",
    ],
    [
      "is known by the levels where its middle was left out",
      `${died}${stack(repeated(["height"], 4))}${stack(["height", "height", "main"], 90_000)}`,
      "recursion likely: the stack seems to be full: `height` calls itself 90002 times, entered from #90002 main",
    ],
    [
      "may be shown by its outer end alone",
      `${died}(gdb) bt -5\n${stack([...repeated(["height"], 4), "main"], 90_000)}`,
      "recursion likely: the stack seems to be full: `height` calls itself at least 4 times, entered from #90004 main",
    ],
    [
      "may end in what the last round called",
      `${died}${stack(["__libc_malloc", "allocate", ...repeated(["clone"], 1500), "main"])}`,
      "recursion likely: the stack seems to be full: `clone` calls itself 1500 times, entered from #1502 main",
    ],
    [
      "is likely where the innermost argument has no place",
      `${died}(gdb) bt 6\n${stack(["height"], 0, "node=<error reading variable: Cannot access memory at address 0x7fffff7feff8>")}${stack(repeated(["height"], 5), 1)}(More stack frames follow...)\n`,
      "recursion likely: the stack seems to be full: `height` calls itself at least 6 times, entered from a frame that is not shown",
    ],
    [
      "needs no recursion",
      `${died}(gdb) bt\n${stack(["fill", "decode", "main"])}${near}`,
      "guard-page likely: the stack is full in fill, 3 frames deep, and no recursion is shown: large arrays, alloca, or a small stack",
    ],
  ])("%s", (_, text, said) => {
    expect(saidOf(text)).toEqual([`stack-overflow/${said}`]);
  });

  it("may hold functions that call each other in no fixed order", () => {
    const names = Array.from({ length: 1500 }, (_, at) => `visit_${(at * at + (at >> 2)) % 5}`);
    expect(saidOf(`${died}${stack([...names, "main"])}`)).toEqual([
      expect.stringMatching(
        /^stack-overflow\/recursion likely: .* call each other in 1500 frames, entered from #1500 main$/,
      ),
    ]);
  });

  it.each<[string, string]>([
    ["is not told from an ordinary recursion", `${died}${stack([...repeated(["parse"], 12), "main"])}`],
    [
      "is no deep stack of many functions",
      `${died}${stack(Array.from({ length: 400 }, (_, at) => `f${at}`))}`,
    ],
    [
      "is not known where a cut stack is short",
      `${died}(gdb) bt 5\n${stack(repeated(["height"], 5))}(More stack frames follow...)\n`,
    ],
    [
      "is none where the access went elsewhere",
      `${died}(gdb) bt\n${stack([...repeated(["walk"], 300), "main"])}${asked(address, "(void *) 0x7ffff7fbd000")}${asked("p $sp", "(void *) 0x7fffffffe000")}`,
    ],
    [
      "is none at the other end of a stack",
      `${died}(gdb) bt\n${stack(["fill", "main"])}${asked(address, "(void *) 0x7ffffffff000")}${asked("p $sp", "(void *) 0x7fffffffe480")}`,
    ],
    [
      "is not known by the outer end of a recursion of some hundred calls",
      `${died}(gdb) bt -5\n${stack([...repeated(["drop"], 4), "main"], 297)}`,
    ],
  ])("%s", (_, text) => {
    expect(findingsIn(text).map(({ rule }) => rule)).toEqual(["crash/signal"]);
  });

  it("is none where a null pointer explains the crash", () => {
    const text = `${died}${stack(["drop"], 0, "node=0x0")}${stack([...repeated(["drop"], 300), "main"], 1)}`;
    expect(findingsIn(text).map(({ rule }) => rule)).toEqual(["null-dereference/null-argument"]);
  });

  it("is none of a process that only stopped", () => {
    const text = `Program received signal SIGINT, Interrupt.\n${stack([...repeated(["height"], 5000), "main"])}`;
    expect(findingsIn(text)).toEqual([]);
  });
});

describe("a recursion", () => {
  it("is found by its shortest cycle, from the innermost frame that is part of it", () => {
    const found = recursionOf(framesOf(["leaf", ...repeated(["a", "b"], 9), "main"]), 0);
    expect(found).toEqual({ start: 1, end: 19, round: [2, 1], rounds: 9, depth: 18 });
  });

  it.each<[string, (string | null)[]]>([
    ["of frames without a name or an address", Array.from({ length: 900 }, () => null)],
    ["of two rounds", ["a", "b", "a", "b", "main"]],
    ["of a cycle of nine", repeated(["a", "b", "c", "d", "e", "f", "g", "h", "i"], 9)],
    ["of no frames", []],
  ])("is none %s", (_, names) => {
    expect(recursionOf(framesOf(names), 0)).toBeNull();
  });

  it("lies within the stack, and every function of its frames is one of its round", () => {
    const names = fc.array(fc.constantFrom("a", "b", "c", null), { maxLength: 400 });
    fc.assert(
      fc.property(names, fc.nat(20), (shown, origin) => {
        const found = recursionOf(framesOf(shown), origin);
        if (found === null) return;
        expect(found.start).toBeGreaterThanOrEqual(Math.min(origin, found.start));
        expect(found.end).toBeLessThanOrEqual(shown.length);
        const round = new Set(found.round.map((index) => shown[index]));
        for (const name of shown.slice(found.start, found.end)) expect(round).toContain(name);
      }),
    );
  });

  it("takes time in proportion to a stack of 100,000 frames", () => {
    const frames = framesOf([...repeated(["term", "factor", "expression"], 33_333), "main"]);
    const before = performance.now();
    expect(recursionOf(frames, 0)?.rounds).toBe(33_333);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
