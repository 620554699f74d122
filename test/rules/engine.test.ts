import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { type Report, reportSchema } from "../../src/model/report.js";
import { readText } from "../../src/read/plain.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import { exchanged, load, runtime, smallPack } from "./small-pack.js";

/** The report of a text under the pack `runtime` and a pack of the test's own. */
function reportOf(text: string, yaml = smallPack): Report {
  const { pack, problems } = load(yaml);
  if (pack === null) throw new Error(problems.join("\n"));
  const input = readText(text, { path: null, member: null, messageId: null });
  return analyze([input], [runtime, pack], { name: "backtriage", version: "0.0.0" });
}

function documentOf(text: string, yaml?: string) {
  const [document] = reportOf(text, yaml).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The first finding, where there is one. */
function findingOf(text: string, yaml?: string) {
  return documentOf(text, yaml).findings[0];
}

/** Numbers frames from 0 and gives each an address of its own. */
function stack(...frames: readonly string[]): string {
  return frames.map((frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`).join("");
}

const failed = [
  "raise (sig=6) at raise.c:3",
  "abort () at abort.c:3",
  '__assert_fail (assertion=0x1 "depth == 0", file=0x2 "store.c", line=7, function=0x3 "read_it") at assert.c:3',
];
const reader = "read_it (s=0x1) at store.c:7";
const device = ["cache_fill () at cache.c:3", "cache_load () at cache.c:9"];
const loading = "load_all () at load.c:3";

describe("a rule on a verdict", () => {
  const text = stack(...failed, reader, ...device, loading, "main () at main.c:3");

  it("tells the frames, the path, whom to blame and where the access is", () => {
    expect(findingOf(text)).toMatchObject({
      rule: "small/read-open",
      verdict: "bad",
      severity: "error",
      trace: 0,
      thread: 0,
      alsoIn: [],
      frames: [3],
      states: { lock: "held", store: "open" },
      blame: { level: 5, function: "cache_load" },
      site: { level: 4, function: "cache_fill" },
      path: [
        { levels: [6], function: "load_all", note: "candidate" },
        { levels: [5], function: "cache_load", note: "blamed" },
        { levels: [4], function: "cache_fill", note: "makes the access" },
        { levels: [3], function: "read_it", role: "reader", note: null },
      ],
    });
  });

  it("fills its message, its remarks and its advice", () => {
    expect(findingOf(text)?.message).toBe(
      "cache_fill calls read_it under cache_load: it is open While load_all loads.",
    );
    expect(findingOf(text)?.advice).toEqual([
      "cache_load waits",
      "somebody else waits",
      "let cache_load wait",
    ]);
    expect(findingOf(text)?.data).toEqual({
      site: "cache_fill",
      blame: "cache_load",
      touch: "read_it",
      crash: "read_it",
      candidate: "load_all",
      expression: "depth == 0",
      signal: "SIGABRT",
    });
  });

  it("shows its evidence: the fact, the clause's own words, the candidate, what is absent", () => {
    const evidence = findingOf(text)?.evidence.map(({ kind, weight, message, level }) => ({
      kind,
      weight,
      message,
      level,
    }));
    expect(evidence).toEqual([
      {
        kind: "assertion",
        weight: "for",
        message: expect.stringContaining("proves depth != 0"),
        level: null,
      },
      { kind: "frame", weight: "for", message: "load_all holds the lock", level: 6 },
      { kind: "frame", weight: "open", message: "load_all may hold it open", level: 6 },
      { kind: "absence", weight: "open", message: "no writer is shown", level: null },
    ]);
  });

  it("is as sure as its weakest reason, and likely where the holder is only inferred", () => {
    expect(findingOf(text)?.confidence).toBe("likely");
    const holding = stack(
      ...failed,
      reader,
      "cache_fill () at cache.c:3",
      "write_it () at store.c:4",
      loading,
    );
    expect(findingOf(holding)?.confidence).toBe("likely");
    const sure = exchanged(smallPack, "        confidence: likely\n", "");
    expect(findingOf(holding, sure)?.confidence).toBe("certain");
    expect(
      findingOf(
        holding,
        exchanged(sure, "    severity: error\n", "    severity: error\n    confidence: possible\n"),
      )?.confidence,
    ).toBe("possible");
  });

  it("is no more than likely where the text of the thread is damaged", () => {
    const sure = exchanged(smallPack, "        confidence: likely\n", "");
    const holding = stack(
      ...failed,
      reader,
      "cache_fill () at cache.c:3",
      "write_it () at store.c:4",
      loading,
    );
    expect(findingOf(`${holding}#7 0x0000000000001700 in main (argc=1, ar`, sure)?.confidence).toBe("likely");
  });

  it("names the frame that holds the state, on the thread itself", () => {
    const holding = stack(
      ...failed,
      reader,
      ...device,
      "write_it () at store.c:4",
      "main () at main.c:3",
      loading,
    );
    const finding = findingOf(holding);
    expect(finding?.holder).toEqual({ trace: 0, thread: 0, level: 6, function: "write_it" });
    expect(finding?.path[0]).toMatchObject({ function: "load_all" });
    expect(finding?.evidence.map(({ message }) => message)).toContain("write_it holds it open");
    expect(finding?.evidence.map(({ message }) => message)).not.toContain("load_all may hold it open");
    expect(finding?.data).toMatchObject({ holder: "write_it" });
  });

  it("names the frame that holds it on another thread, where none on its own does", () => {
    const header = (number: number): string => `Thread ${number} (Thread 0x7f0${number} (LWP 1${number})):\n`;
    const other = stack("read_all () at store.c:3", "write_it () at store.c:4", "worker () at main.c:3");
    const finding = findingOf(`${header(2)}${other}\n${header(1)}${text}`);
    expect(finding).toMatchObject({
      thread: 1,
      holder: { trace: 0, thread: 0, level: 1, function: "write_it" },
      path: [{ function: "load_all" }, {}, {}, {}],
    });
    expect(finding?.evidence).toContainEqual(
      expect.objectContaining({ kind: "thread", thread: 0, level: 1, message: "write_it has it open" }),
    );
  });

  it("takes the severity of the first grade that holds at its innermost frame", () => {
    expect(findingOf(stack(...failed, reader, ...device, "glue () at glue.c:3", loading))?.severity).toBe(
      "warning",
    );
    expect(findingOf(text)?.severity).toBe("error");
  });

  it("leaves out the remarks that do not hold, and the questions that are answered", () => {
    const locked = `(gdb) p locked()\n$1 = 1\n(gdb) bt\n${stack(...failed, reader, ...device)}`;
    expect(findingOf(locked)?.message).toBe("cache_fill calls read_it under cache_load: it is open");
    expect(findingOf(locked)?.settle).toEqual([{ where: "gdb", command: "bt full", tells: "more" }]);
  });

  it("gives one finding for all frames of a verdict, innermost first", () => {
    const many = findingOf(stack(...failed, reader, "read_all () at store.c:9", ...device, loading));
    expect(many).toMatchObject({ frames: [3, 4], data: { touch: "read_all", site: "cache_fill" } });
  });
});

describe("a rule on a fact", () => {
  it("speaks with its own verdict, where no rule before it spoke", () => {
    const text = stack(...failed, "poll_it () at poll.c:3", "main () at main.c:3");
    expect(findingOf(text)).toMatchObject({
      rule: "small/checked",
      verdict: "odd",
      severity: "note",
      confidence: "possible",
      frames: [],
      path: [],
      blame: null,
      site: null,
    });
    expect(documentOf(text).findings).toHaveLength(1);
  });

  it("speaks of a message without a trace, and says how to get one", () => {
    const finding = findingOf("store: store.c:7: read_it: Assertion `depth == 0' failed.\n");
    expect(finding).toMatchObject({ rule: "small/checked", trace: null, thread: null, states: {} });
    expect(finding?.settle).toEqual([
      expect.objectContaining({ where: "shell", command: expect.stringContaining("gdb") }),
    ]);
  });

  it("is silent where nothing proves the fact", () => {
    expect(
      documentOf(stack(...failed, reader).replace("depth == 0", "s->next")).findings.map(({ rule }) => rule),
    ).toEqual(["crash/assertion"]);
  });
});

describe("the rules of the base", () => {
  it("yield to any other that spoke, and speak where none did", () => {
    expect(documentOf(stack(...failed, reader, ...device, loading)).findings.map(({ rule }) => rule)).toEqual(
      ["small/read-open"],
    );
    expect(
      documentOf(stack("raise (sig=6) at r.c:3", "abort () at a.c:3", "main () at main.c:3")).findings.map(
        ({ rule }) => rule,
      ),
    ).toEqual(["crash/abort"]);
  });

  it("must be there", () => {
    const { pack } = load(smallPack);
    expect(() => new Engine(pack === null ? [] : [compilePack(pack)])).toThrow("runtime");
    expect(() => analyze([], [], { name: "backtriage", version: "0.0.0" })).toThrow("runtime");
  });
});

describe("what rules say of all frames", () => {
  it("is told of each: roles, states, verdict", () => {
    const text = stack(...failed, reader, "glue () at glue.c:3", loading, "main () at main.c:3");
    expect(documentOf(text).traces[0]?.threads[0]?.classification).toEqual([
      { level: 0, roles: ["raise", "machinery"], states: { lock: "held", store: "open" }, verdict: null },
      { level: 1, roles: ["abort", "machinery"], states: { lock: "held", store: "open" }, verdict: null },
      {
        level: 2,
        roles: ["assertion-reporter", "machinery"],
        states: { lock: "held", store: "open" },
        verdict: null,
      },
      { level: 3, roles: ["reader", "core"], states: { lock: "held", store: "open" }, verdict: "bad" },
      { level: 4, roles: ["glue"], states: { lock: "held", store: "open" }, verdict: null },
      { level: 5, roles: ["loader"], states: { lock: "held", store: "open" }, verdict: null },
      { level: 6, roles: [], states: { lock: "unknown", store: "elsewhere" }, verdict: null },
    ]);
  });

  it("rests on a failure only in the thread that crashed, and on printed values in all", () => {
    const header = (number: number): string => `Thread ${number} (Thread 0x7f0${number} (LWP 1${number})):\n`;
    const other = stack("read_all () at store.c:3", loading);
    const verdicts = (text: string): unknown =>
      documentOf(text).traces[0]?.threads.map(({ classification }) =>
        classification.flatMap(({ verdict }) => verdict ?? []),
      );
    const both = `${header(2)}${other}\n${header(1)}${stack(...failed, reader, ...device, loading)}`;
    expect(verdicts(both)).toEqual([[], ["bad"]]);
    expect(verdicts(`(gdb) p depth\n$1 = 1\n(gdb) thread apply all bt\n${both}`)).toEqual([["bad"], ["bad"]]);
  });
});

describe("the report", () => {
  const text = stack(...failed, reader, ...device, loading, "main () at main.c:3");

  it("tells the rules that spoke and the verdicts that were given, in the packs' order", () => {
    expect(reportOf(text).rules).toEqual([
      {
        id: "small/read-open",
        title: "An open store is read",
        severity: "error",
        why: "a reader sees half of what was written",
        help: "https://example.org/read-open",
        exceptions: ["none"],
      },
    ]);
    expect(reportOf(text).verdicts).toEqual([{ pack: "small", verdict: "bad", says: "reads an open store" }]);
    expect(reportOf(stack("main () at main.c:3")).rules).toEqual([]);
  });

  it("counts what it holds", () => {
    expect(reportOf(`${text}\n${stack("poll () at p.c:3", "main () at main.c:3")}`).summary).toEqual({
      documents: 1,
      traces: 2,
      frames: 10,
      findings: { error: 1, warning: 0, note: 0 },
      suppressed: 0,
      diagnostics: 0,
    });
  });

  it("keeps to its schema", () => {
    expect(reportSchema.safeParse(reportOf(text)).error).toBeUndefined();
  });

  it("is the same for the same input", () => {
    expect(reportOf(text)).toEqual(reportOf(text));
  });
});

describe("a stack that was printed twice", () => {
  const text = stack(...failed, reader, ...device, loading, "main () at main.c:3");
  const full = text.replaceAll("\n", "\n        x = 1\n");

  it("is two traces and one finding", () => {
    const document = documentOf(`(gdb) bt\n${text}(gdb) bt full\n${full}`);
    expect(document.traces).toHaveLength(2);
    expect(document.findings).toMatchObject([{ rule: "small/read-open", trace: 0, alsoIn: [1] }]);
  });

  it("is one finding of three traces", () => {
    const document = documentOf(`(gdb) bt\n${text}(gdb) bt full\n${full}(gdb) bt\n${text}`);
    expect(document.findings).toMatchObject([{ trace: 0, alsoIn: [1, 2] }]);
  });

  it("is one finding where the second stands among all threads", () => {
    const all = `Thread 2 (Thread 0x7f02 (LWP 12)):\n${stack("poll () at p.c:3")}\nThread 1 (Thread 0x7f01 (LWP 11)):\n${text}`;
    const document = documentOf(`(gdb) bt\n${text}(gdb) thread apply all bt\n\n${all}`);
    expect(document.traces.map(({ threads }) => threads.length)).toEqual([1, 2]);
    expect(document.findings).toMatchObject([{ trace: 0, thread: 0, alsoIn: [1] }]);
  });

  it("is no other run's, whose addresses are others: two findings, one fingerprint", () => {
    const document = documentOf(`${text}\nagain:\n${text.replaceAll("0x00000000", "0x00000001")}`);
    expect(document.findings).toMatchObject([{ trace: 0 }, { trace: 1 }]);
    expect(document.findings[0]?.fingerprint).toBe(document.findings[1]?.fingerprint);
  });
});
