import { describe, expect, it } from "vitest";
import type { Document, Finding } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";

function documentOf(text: string): Document {
  const [document] = reportOfText(text).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The only finding of a text. */
function findingOf(text: string): Finding {
  const { findings } = documentOf(text);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1)
    throw new Error(findings.map(({ rule }) => rule).join(" "));
  return finding;
}

function rulesOf(text: string): string[] {
  return documentOf(text).findings.map(({ rule }) => rule);
}

/** A stack that died by abort, innermost first. */
function dead(...frames: readonly string[]): string {
  return ["raise (sig=6) at raise.c:50", "abort () at abort.c:79", ...frames]
    .map((frame, level) => `#${level}  0x000000000000110${level} in ${frame}\n`)
    .join("");
}

const main = "main () at main.c:9";
const libstdcxx = "() from /lib/libstdc++.so.6";

describe("a message without a trace", () => {
  it("is a finding of its own, which says how to get a trace", () => {
    const text = "malloc(): corrupted top size\nAborted (core dumped)\n";
    expect(findingOf(text)).toMatchObject({
      rule: "glibc/heap-damaged",
      severity: "error",
      confidence: "certain",
      trace: null,
      thread: null,
      blame: null,
      evidence: [{ kind: "value", weight: "for", level: null, text: "malloc(): corrupted top size" }],
      settle: [{ where: "shell" }],
    });
    expect(documentOf(text)).toMatchObject({
      traces: [],
      assertions: [],
      messages: [{ text: "malloc(): corrupted top size", span: { start: { line: 1, column: 1 } } }],
    });
  });

  it("is one with what was said behind it", () => {
    expect(rulesOf("pure virtual method called\nterminate called without an active exception\n")).toEqual([
      "cxx/pure-virtual",
    ]);
    expect(rulesOf("thread 'main' has overflowed its stack\nfatal runtime error: stack overflow\n")).toEqual([
      "rust/stack-overflowed",
    ]);
  });

  it("is no document's where a trace has it", () => {
    const { messages, traces } = documentOf(
      `free(): invalid size\n${dead("malloc_printerr (str=<optimized out>) at malloc.c:9", main)}`,
    );
    expect(messages).toEqual([]);
    expect(traces).toMatchObject([{ messages: [{ text: "free(): invalid size" }] }]);
  });
});

describe("who is blamed", () => {
  it.each([
    [
      "the function whose frame was overwritten",
      dead("__stack_chk_fail () at stack_chk_fail.c:24", "label (name=0x1) at ring.c:41", main),
      "glibc/stack-smashed",
      { level: 3, function: "label" },
    ],
    [
      "the function that called what was checked",
      dead(
        "__chk_fail () at chk_fail.c:28",
        "__strcpy_chk (dest=0x1) at strcpy_chk.c:30",
        "strcpy (__dest=0x1) at /usr/include/bits/string_fortified.h:79",
        "set (name=0x1) at copy.c:5",
        main,
      ),
      "glibc/buffer-overflow",
      { level: 5, function: "set" },
    ],
    [
      "nobody, where the heap was found damaged",
      dead(
        'malloc_printerr (str=0x1 "free(): invalid size") at malloc.c:9',
        "release (packet=0x1) at ring.c:18",
        main,
      ),
      "glibc/heap-damaged",
      null,
    ],
    [
      "nobody, for an exception",
      dead(
        `std::terminate() ${libstdcxx}`,
        `__cxa_throw ${libstdcxx}`,
        "load (path=0x1) at load.cpp:19",
        main,
      ),
      "cxx/uncaught",
      null,
    ],
  ])("%s", (_, text, rule, blame) => {
    expect(findingOf(text)).toMatchObject({ rule, blame });
  });
});

describe("what frames alone tell", () => {
  it("is less than what a message does", () => {
    const mute = dead("malloc_printerr (str=<optimized out>) at malloc.c:9", main);
    expect(rulesOf(mute)).toEqual(["glibc/heap-check"]);
    expect(rulesOf(`free(): invalid size\n${mute}`)).toEqual(["glibc/heap-damaged"]);
  });

  it("is read through frames without a name", () => {
    const text =
      '#0  0xb7fdccf9 in ?? ()\n#1  0xb7e684ca in malloc_printerr (action=3, str=0x1 "free(): invalid next size (normal)", ptr=0x2) at malloc.c:4998\n#2  0xb7e691bd in _int_free (av=0x3) at malloc.c:3842\n#3  0xb7ea8a72 in release (packet=0x2) at ring.c:50\n';
    expect(rulesOf(text)).toEqual(["glibc/heap-damaged"]);
  });

  it("tells an exception that may not leave from one that nobody catches", () => {
    const thrown = [`__cxa_throw ${libstdcxx}`, "load (path=0x1) at load.cpp:19", main];
    expect(rulesOf(dead(`std::terminate() ${libstdcxx}`, ...thrown))).toEqual(["cxx/uncaught"]);
    expect(
      rulesOf(
        dead(
          `?? ${libstdcxx}`,
          `__gxx_personality_v0 ${libstdcxx}`,
          "_Unwind_RaiseException () from /lib/libgcc_s.so.1",
          ...thrown,
        ),
      ),
    ).toEqual(["cxx/may-not-leave"]);
  });

  it("is nothing where an exception is only thrown, or a function only allocates", () => {
    expect(rulesOf(`#0  0x01 in __cxa_throw ${libstdcxx}\n#1  0x02 in load () at load.cpp:19\n`)).toEqual([]);
    expect(
      rulesOf("#0  0x01 in _int_malloc (av=0x1) at malloc.c:9\n#1  0x02 in load () at load.cpp:19\n"),
    ).toEqual([]);
  });
});

describe("the crash frame of an exception", () => {
  it("is none of the functions without a name with which its library throws", () => {
    const text = dead(
      `std::terminate() ${libstdcxx}`,
      `__cxa_throw ${libstdcxx}`,
      `?? ${libstdcxx}`,
      `?? ${libstdcxx}`,
      "at (n=7) at vector.h:9",
      main,
    );
    expect(documentOf(text).traces).toMatchObject([{ crashFrame: { level: 6, function: "at" } }]);
  });

  it("is a function without a name that stands in another library, or behind one that has a name", () => {
    const other = dead(`__cxa_throw ${libstdcxx}`, "?? () from /lib/libapp.so.1", main);
    expect(documentOf(other).traces).toMatchObject([{ crashFrame: { level: 3, function: null } }]);
    const behind = dead(`__cxa_throw ${libstdcxx}`, "load () at load.cpp:9", `?? ${libstdcxx}`);
    expect(documentOf(behind).traces).toMatchObject([{ crashFrame: { level: 3, function: "load" } }]);
  });
});
