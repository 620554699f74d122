import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import type { Document } from "../../src/model/report.js";
import { readText } from "../../src/read/plain.js";
import { load, runtime } from "./small-pack.js";

/** A pack of one fact, whose rule speaks as soon as it is proved. */
function packWith(fact: string): string {
  return `pack: one
version: 1
title: One fact
roles:
  store: { title: the store, functions: [put, drop] }
  lane: { title: a lane, functions: [lane] }
facts:
  shown: { title: it is shown, ${fact} }
states:
  lane: { title: the lane, values: { own: its own, unknown: nobody knows }, decide: [{ is: own, when: { within: lane }, because: "{frame} is its own" }, { is: unknown }] }
contexts: [lane, shown]
rules:
  spoken:
    title: It is shown
    severity: error
    on: { fact: shown }
    message: "it is shown, in {context}"
    why: it is the test's
    examples: { match: [{ title: one, input: text }], differ: [{ title: other, input: text }] }
`;
}

function documentOf(fact: string, text: string): Document {
  const { pack, problems } = load(packWith(fact));
  if (pack === null) throw new Error(problems.join("\n"));
  const input = readText(text, { path: null, member: null, messageId: null });
  const report = analyze([input], [runtime, pack], { name: "backtriage", version: "0.0.0" });
  const [document] = report.documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

function spokenOf(fact: string, text: string) {
  return documentOf(fact, text).findings.find(({ rule }) => rule === "one/spoken");
}

function stack(...frames: readonly string[]): string {
  return frames.map((frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`).join("");
}

function failing(condition: string, name: string, ...outer: readonly string[]): string {
  const assertion = `assertion=0x1 "${condition}", file=0x2 "store.c", line=7, function=0x3 "${name}"`;
  return stack(
    "abort () at abort.c:3",
    `__assert_fail (${assertion}) at assert.c:3`,
    `${name} (s=0x1) at store.c:7`,
    ...outer,
  );
}

describe("a fact with `failing-in`", () => {
  const fact = "conditions: [depth == 0], failing-in: store";

  it("is proved by a condition that failed in such a function, with frames and without", () => {
    expect(spokenOf(fact, failing("depth", "put"))).toBeDefined();
    expect(spokenOf(fact, "x: store.c:7: put: Assertion `depth' failed.\n")).toBeDefined();
  });

  it("is not proved by the same condition elsewhere", () => {
    expect(spokenOf(fact, failing("depth", "get"))).toBeUndefined();
    expect(spokenOf(fact, "x: store.c:7: get: Assertion `depth' failed.\n")).toBeUndefined();
  });
});

describe("a fact with `alone`", () => {
  const fact = "conditions: [locked() == 0], alone: true";

  it("is proved where the check asked for nothing else", () => {
    expect(spokenOf(fact, failing("locked()", "put"))).toBeDefined();
    expect(spokenOf(fact, failing("locked() || ready", "put"))).toBeUndefined();
  });
});

describe("a fact with `terms`", () => {
  const fact = 'terms: ["*->packing != 0"]';

  it("is proved by what stands behind any expression", () => {
    expect(spokenOf(fact, failing("!current->packing", "put"))).toBeDefined();
    expect(spokenOf(fact, failing("!get_current()->packing", "put"))).toBeDefined();
    expect(spokenOf(fact, failing("current->packing", "put"))).toBeUndefined();
    expect(spokenOf(fact, failing("!packing", "put"))).toBeUndefined();
  });
});

describe("a fact with `shown-by`", () => {
  const fact = "shown-by: { role: store, within: { role: lane } }";
  const dying = ["abort () at abort.c:3", "put (s=0x1) at store.c:7"];

  it("is proved by the calls, with the innermost such frame as evidence", () => {
    const finding = spokenOf(fact, stack(...dying, "drop (s=0x1) at store.c:9", "lane () at lane.c:3"));
    expect(finding?.evidence).toMatchObject([{ kind: "frame", level: 1, weight: "for" }]);
    expect(spokenOf(fact, stack(...dying, "main () at main.c:3"))).toBeUndefined();
  });
});

describe("a fact with `messages`", () => {
  const fact = 'messages: ["store is * damaged"]';

  it("is proved by the text that a frame of the death was given", () => {
    const given = stack(
      "abort () at abort.c:3",
      '__libc_message (fmt=0x1 "store is very damaged") at m.c:3',
      "put (s=0x1) at store.c:7",
    );
    expect(spokenOf(fact, given)?.evidence).toMatchObject([
      { kind: "frame", level: 1, message: '__libc_message was given "store is very damaged"' },
    ]);
  });

  it("is not proved by a text that a frame of the program was given", () => {
    const given = stack("abort () at abort.c:3", 'put (s=0x1 "store is very damaged") at store.c:7');
    expect(spokenOf(fact, given)).toBeUndefined();
  });
});

describe("a fact with `thread-names`", () => {
  const fact = 'thread-names: ["CPU */KVM"]';
  const frames = stack("abort () at abort.c:3", "put (s=0x1) at store.c:7");

  it("is proved by what the thread is called, and likely", () => {
    const named = `Thread 3 (Thread 0x7f01 (LWP 11) "CPU 0/KVM"):\n${frames}`;
    expect(spokenOf(fact, named)).toMatchObject({ confidence: "likely" });
    expect(spokenOf(fact, named.replace("CPU 0/KVM", "worker"))).toBeUndefined();
    expect(spokenOf(fact, frames)).toBeUndefined();
  });
});

describe("the contexts of a thread", () => {
  const fact = 'thread-names: ["CPU *"]';

  it("are told outermost first, those of the session before those of frames", () => {
    const text = `Thread 3 (Thread 0x7f01 (LWP 11) "CPU 0"):\n${stack("abort () at abort.c:3", "put () at store.c:7", "lane () at lane.c:3")}`;
    const document = documentOf(fact, text);
    expect(document.traces[0]?.threads[0]?.contexts).toEqual([
      { name: "shown", title: "it is shown", level: null },
      { name: "lane", title: "a lane", level: 2 },
    ]);
    expect(document.findings[0]?.message).toBe("it is shown, in it is shown, in a lane");
  });

  it("are none where nothing tells", () => {
    expect(
      documentOf(fact, stack("abort () at abort.c:3", "put () at store.c:7")).traces[0]?.threads,
    ).toMatchObject([{ contexts: [] }]);
  });
});
