import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingFingerprint, traceFingerprint } from "../../src/group/fingerprint.js";
import type { Finding } from "../../src/model/report.js";
import type { Thread } from "../../src/model/trace.js";
import { framesOf } from "../rules/frames.js";
import { reportOfText } from "../samples/samples.js";

const nowhere = { offset: 0, line: 1, column: 1 };
const span = { start: nowhere, end: nowhere };

/** A thread of these functions, innermost first; those in `machinery` have that role. */
function threadOf(names: readonly (string | null)[], machinery: readonly string[] = []): Thread {
  const frames = framesOf(names);
  return {
    index: 0,
    number: null,
    target: null,
    lwp: null,
    name: null,
    crashed: true,
    coroutine: null,
    frames,
    end: null,
    contexts: [],
    classification: frames.map(({ level, function: name }) => ({
      level,
      roles: machinery.includes(name ?? "") ? ["machinery"] : [],
      states: {},
      verdict: null,
    })),
    span,
  };
}

const print = (...names: readonly (string | null)[]): string => traceFingerprint(threadOf(names));

describe("the fingerprint of a trace", () => {
  it("says how it was made, and is short", () => {
    expect(print("walk", "main")).toMatch(/^bt2:[0-9a-f]{16}$/);
    expect(traceFingerprint(undefined)).toMatch(/^bt2:[0-9a-f]{16}$/);
  });

  it("stays what it is from release to release, until the number in front of it is raised", () => {
    expect(print("walk", "main")).toBe("bt2:6e08885a56e966a8");
  });

  it("is that of the functions, in their order", () => {
    expect(print("walk", "main")).toBe(print("walk", "main"));
    expect(print("walk", "main")).not.toBe(print("main", "walk"));
    expect(print("walk", "main")).not.toBe(print("walk"));
    expect(print("walk", "main")).not.toBe(print("walk", "run", "main"));
    expect(print("ab", "c")).not.toBe(print("a", "bc"));
  });

  it("does not see copies of a function, unknown ones, or machinery", () => {
    const plain = print("walk", "main");
    expect(print("walk.part.0", "main.cold")).toBe(plain);
    expect(print("walk(node*)", "main")).toBe(plain);
    expect(print(null, "walk", null, "main", null)).toBe(plain);
    expect(
      traceFingerprint(threadOf(["raise", "abort", "walk", "main", "_start"], ["raise", "abort", "_start"])),
    ).toBe(plain);
  });

  it("begins at the crash frame: a handler for the signal does not change it", () => {
    const plain = print("walk", "main");
    const handled = threadOf(["on_signal", "walk", "main"]);
    expect(traceFingerprint(handled, 1)).toBe(plain);
    expect(traceFingerprint(handled, null)).not.toBe(plain);
    expect(traceFingerprint(handled, 7)).toBe(traceFingerprint(handled));
  });

  it("does not see a cold part beside its inlined copy, or how deep a recursion went", () => {
    expect(print("walk.cold", "walk", "main")).toBe(print("walk", "main"));
    expect(print("walk", "walk", "walk", "main")).toBe(print("walk", "main"));
    expect(print("visit", "walk", "visit", "walk", "visit", "walk", "main")).toBe(
      print("visit", "walk", "main"),
    );
    const deep = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? "visit" : "walk"));
    expect(print(...deep, "main")).toBe(print("visit", "walk", "main"));
    expect(print("walk", "main")).not.toBe(print("walk", "other_main"));
  });

  it("is that of the libraries where no function has a name", () => {
    const unnamed = (...libraries: readonly string[]) => {
      const thread = threadOf(libraries.map(() => null));
      const frames = thread.frames.map((frame, index) => ({ ...frame, library: libraries[index] ?? null }));
      return traceFingerprint({ ...thread, frames });
    };
    const plain = unnamed("/usr/lib/libfoo.so.1.2", "/usr/lib/libbar.so");
    expect(unnamed("/opt/lib/libfoo.so.1.4", "libbar.so.3")).toBe(plain);
    expect(unnamed("/usr/lib/libbar.so", "/usr/lib/libfoo.so.1.2")).not.toBe(plain);
    expect(plain).not.toBe(print(null, null));
  });

  it("looks at so many frames that recursions and main loops far out do not count", () => {
    const deep = Array.from({ length: 24 }, (_, index) => `f${index}`);
    expect(print(...deep, "main")).toBe(print(...deep, "other_main"));
    expect(print(...deep.slice(1), "main")).not.toBe(print(...deep.slice(1), "other_main"));
  });
});

type Told = Omit<Finding, "fingerprint" | "suppressed">;

function findingOf(path: readonly (string | null)[], more: Partial<Told> = {}): Told {
  return {
    rule: "pack/rule",
    verdict: null,
    severity: "note",
    confidence: "certain",
    message: "",
    data: {},
    trace: 0,
    alsoIn: [],
    thread: 0,
    frames: [],
    states: {},
    path: path.map((name, level) => ({ levels: [level], function: name, role: null, note: null })),
    blame: null,
    site: null,
    holder: null,
    candidates: [],
    cuts: [],
    evidence: [{ kind: "frame", weight: "for", message: "", trace: 0, thread: 0, level: 0, text: "", span }],
    reasoning: { because: [], changes: [] },
    settle: [],
    advice: [],
    ...more,
  };
}

describe("the fingerprint of a finding", () => {
  const plain = findingFingerprint(findingOf(["virtio_load", "cache_init"]));

  it("is that of its rule and its path", () => {
    expect(plain).toMatch(/^bt2:[0-9a-f]{16}$/);
    expect(findingFingerprint(findingOf(["virtio_load.part.0", "cache_init.isra.0"]))).toBe(plain);
    expect(findingFingerprint(findingOf(["int virtio_load<int>(int)", "cache_init[abi:cxx11]()"]))).toBe(
      plain,
    );
    expect(findingFingerprint(findingOf(["virtio_load.cold", "virtio_load", "cache_init"]))).toBe(plain);
    expect(findingFingerprint(findingOf(["cache_init", "virtio_load"]))).not.toBe(plain);
    expect(findingFingerprint(findingOf(["virtio_load", null]))).not.toBe(plain);
    expect(findingFingerprint(findingOf(["virtio_load", "cache_init"], { rule: "pack/other" }))).not.toBe(
      plain,
    );
  });

  it("does not see what another run changes", () => {
    const other = findingOf(["virtio_load", "cache_init"], {
      message: "another",
      trace: 3,
      alsoIn: [4],
      thread: 2,
      frames: [5],
      confidence: "possible",
      data: { crash: "cache_init", expression: "depth == 0" },
    });
    expect(findingFingerprint(other)).toBe(plain);
  });

  it("is that of its crash and its condition where it has no path", () => {
    const crash = (data: Record<string, string>): string => findingFingerprint(findingOf([], { data }));
    const one = crash({ crash: "pop", expression: "n > 0" });
    expect(crash({ crash: "pop", expression: "n > 0", thread: "3" })).toBe(one);
    expect(crash({ crash: "push", expression: "n > 0" })).not.toBe(one);
    expect(crash({ crash: "pop", expression: "n > 1" })).not.toBe(one);
    expect(crash({ crash: "pop" })).not.toBe(one);
  });
});

describe("fingerprints of whole texts", () => {
  const text = `#0  0x00007ffff7e0ffb2 in __GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26
#1  0x00007ffff7dfa472 in __GI_abort () at ./stdlib/abort.c:79
#2  0x00007ffff7e08ec2 in __GI___assert_fail (assertion=0x564fb33dc870 "queue->n > 0", file=0x564fb33dc898 "queue.c", line=41, function=0x564fb349ed80 "pop") at ./assert/assert.c:103
#3  0x0000564fb3198113 in pop (queue=0x564fb3b09280 <queue>) at queue.c:41
#4  0x0000564fb3198213 in serve (n=3) at ../src/serve.c:76
#5  0x0000564fb3198313 in main (argc=1, argv=0x7ffd45b84c98) at main.c:9
`;

  function printsOf(input: string): string[][] {
    return reportOfText(input).documents.map(({ traces, findings }) =>
      [...traces, ...findings].map(({ fingerprint }) => fingerprint),
    );
  }

  it.each<[string, (text: string) => string]>([
    ["other addresses", (one) => one.replaceAll("0x0000564f", "0x00007a1c").replaceAll("0x564f", "0x7a1c")],
    [
      "other lines",
      (one) =>
        one
          .replace("queue.c:41", "queue.c:47")
          .replace("main.c:9", "main.c:12")
          .replace("line=41", "line=47"),
    ],
    [
      "other paths",
      (one) =>
        one
          .replace("../src/serve.c", "/build/server-2.0/src/serve.c")
          .replace("at queue.c", "at lib/queue.c"),
    ],
    ["other values", (one) => one.replace("(n=3)", "(n=<optimized out>)").replace("argc=1", "argc=7")],
    [
      "no values",
      (one) =>
        one.replace("(n=3)", "(n=...)").replace("(argc=1, argv=0x7ffd45b84c98)", "(argc=..., argv=...)"),
    ],
    [
      "another release of the C library",
      (one) =>
        one.replace(
          "#0  ",
          "#0  0x00007ffff7e5eeec in __pthread_kill_implementation (threadid=<optimized out>, signo=6, no_tid=0) at ./nptl/pthread_kill.c:44\n#0  ",
        ),
    ],
    [
      "frames of the loader further out",
      (one) =>
        `${one}#6  0x00007ffff7dfb24a in __libc_start_call_main (main=0x1, argc=1, argv=0x2) at ../sysdeps/nptl/libc_start_call_main.h:58\n#7  0x0000564fb3198413 in _start ()\n`,
    ],
    [
      "copies of functions in its callers",
      (one) => one.replace("in serve ", "in serve.constprop.0.isra.2 ").replace("in main ", "in main.cold "),
    ],
    ["no machinery above the function that asked", (one) => one.replace(/^#[01] .*\n/gm, "")],
    [
      "a cold part beside its inlined copy",
      (one) => one.replace(/^#3 .*\n/m, (frame) => frame.replace("pop", "pop.cold") + frame),
    ],
    ["prose around it", (one) => `Hello,\n\nsince Monday it dies:\n\n${one}\nAny idea?\n`],
    ["quote marks", (one) => one.replace(/^/gm, "> ")],
    [
      "a message of the same failure",
      (one) => `server: queue.c:41: pop: Assertion \`queue->n > 0' failed.\n${one}`,
    ],
  ])("stay what they are with %s", (_, change) => {
    const changed = renumbered(change(text));
    expect(changed).not.toBe(text);
    expect(printsOf(changed)).toEqual(printsOf(text));
  });

  it("are those of the same stack as coredumpctl, a sanitizer or an older gdb names its functions", () => {
    const named = (...names: readonly string[]): string =>
      print(...names.map((name) => name.replace(/ \(.*/, "")));
    expect(named("_ZN5queue3popEi", "_ZN5queue5serveEv", "main")).toBe(
      named("queue::pop(int)", "queue::serve() const", "main"),
    );
    expect(named("pop@@QUEUE_1.0", "serve@plt", "app!main")).toBe(named("pop", "serve", "main"));
  });

  it("are others for another path of calls", () => {
    const [[trace, finding] = []] = printsOf(text);
    const [[otherTrace] = []] = printsOf(text.replace("in serve ", "in drain "));
    const [[, otherFinding] = []] = printsOf(text.replace("in pop ", "in push "));
    expect(otherTrace).not.toBe(trace);
    expect(otherFinding).not.toBe(finding);
  });

  it("tell different stacks apart, and no other", () => {
    const stacks = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1 });
    fc.assert(
      fc.property(stacks, stacks, (one, other) => {
        expect(print(...one) === print(...other)).toBe(one.join(" ") === other.join(" "));
      }),
    );
  });

  /** Numbers the frames of a text from 0 again. */
  function renumbered(changed: string): string {
    let level = 0;
    return changed.replace(/^((?:> )?)#\d+ {1,2}/gm, (_, mark: string) => `${mark}#${level++} `.padEnd(4));
  }
});
