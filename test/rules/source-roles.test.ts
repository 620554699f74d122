import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import type { Frame } from "../../src/model/trace.js";
import { readText } from "../../src/read/plain.js";
import { compilePack } from "../../src/rules/compile.js";
import { CodeReader } from "../../src/source/code.js";
import { sourceFiles } from "../../src/source/tree.js";
import { frameOf } from "./frames.js";
import { load, runtime } from "./small-pack.js";

const yaml = `pack: store
version: 1
title: A store
roles:
  reader:
    title: reads
    functions: [read_it]
  writer:
    title: makes this call between begin and end
    between: { begin: [store_begin], end: [store_end], guards: [WITH_STORE] }
  named-writer:
    title: does so by a name
    functions: [fill_it]
    between: { begin: [store_begin], end: [store_end] }
  shelf:
    title: has something open
    includes: [writer, reader]
verdicts:
  bad:
    says: reads an open store
    when: { role: reader, within: writer }
rules:
  read-open:
    title: An open store is read
    severity: error
    on: { verdict: bad }
    message: an open store is read
    why: a reader sees half of what was written
    examples:
      match: [{ title: one, input: text }]
      differ: [{ title: other, input: text }]
`;

const loaded = load(yaml);
if (loaded.pack === null) throw new Error(loaded.problems.join("\n"));
const { pack } = loaded;

const source = `/* store.c */
void fill_it(struct store *s)
{
    store_begin(s);
    add(s, read_it(s));
    s->ops->read(s);
    store_end(s);
    read_it(s);
}

void other(struct store *s)
{
    store_begin(s);
    WITH_STORE(s) {
        read_it(s);
    }
    if (s->old)
        store_end(s);
    read_it(s);
}
`;

const files = sourceFiles(new Map([["lib/store.c", source]]));
const compiled = compilePack(pack, new CodeReader(files));
const place = { trace: 0, thread: 0, excerpt: () => "#1 the frame" };

function at(name: string, line: number, level = 1, file = "../lib/store.c") {
  return frameOf(name, { level, location: { file, line } });
}

describe("a role by the frame's line", () => {
  it.each([
    ["between begin and end", at("fill_it", 5), ["writer", "named-writer", "shelf"]],
    ["in another function", at("other", 14), ["writer", "shelf"]],
    ["in the scope of a guard", at("other", 15), ["writer", "shelf"]],
    ["behind the end", at("fill_it", 8), []],
    ["at the end", at("fill_it", 7), []],
    ["behind an end that may not have been", at("other", 19), []],
    ["in a function of another name", at("fill", 5), []],
    ["in a file that is not there", at("fill_it", 5, 1, "shop.c"), []],
    ["without a line", frameOf("fill_it", { level: 1, location: { file: "store.c", line: null } }), []],
    ["without a place", frameOf("fill_it", { level: 1 }), []],
  ])("is had %s or not", (_, frame, roles) => {
    expect(compiled.rolesOf(frame)).toEqual(roles);
  });

  it("is had by nobody without sources", () => {
    expect(compilePack(pack).rolesOf(at("fill_it", 5))).toEqual([]);
  });

  it.each([
    ["the function calls from there", "read_it", 0, true],
    ["it calls nowhere by name, as through a pointer", "read_them", 0, true],
    ["it calls from another line: the tree is of another version", "store_at", 0, false],
    ["it calls from another line, but frames are missing in between", "store_at", -1, true],
  ])("is had by a frame whose inner frame %s, or not", (_, name, level, had) => {
    const read = compilePack(
      pack,
      new CodeReader(
        sourceFiles(
          new Map([
            [
              "lib/store.c",
              "void fill_it(void)\n{\n store_begin();\n store_at(2);\n read_it();\n store_end();\n}",
            ],
          ]),
        ),
      ),
    ).rolesOf;
    expect(read(at("fill_it", 5), frameOf(name, { level })).includes("writer")).toBe(had);
  });

  it("is looked at for each line, though other roles go by the place", () => {
    const read = compilePack(pack, new CodeReader(files)).rolesOf;
    expect([8, 5, 8, 6].map((line) => read(at("fill_it", line)).length)).toEqual([0, 3, 0, 3]);
  });
});

describe("the evidence for it", () => {
  const { sourceRoles } = compiled;
  const frames = [frameOf("read_it"), at("fill_it", 5), at("other", 15, 2), at("other", 19, 3)];

  const evidence = (index: number, roles: readonly string[]) =>
    sourceRoles.reasons(frames, index, roles, place).evidence;

  it("is what the source says, with the frame's words", () => {
    expect(evidence(1, ["writer"])).toEqual([
      {
        kind: "source",
        weight: "for",
        message: "lib/store.c:5 lies between store_begin (line 4) and store_end (line 7)",
        trace: 0,
        thread: 0,
        level: 1,
        text: "#1 the frame",
        span: frames[1]?.span,
      },
    ]);
    expect(evidence(2, ["writer"])).toMatchObject([
      { message: "lib/store.c:15 lies in the scope of WITH_STORE (line 14)", level: 2 },
    ]);
  });

  it("says so where nothing ends it", () => {
    const open = sourceFiles(new Map([["a.c", "void fill_it(void)\n{\n store_begin();\n read_it();\n}"]]));
    const { sourceRoles: roles } = compilePack(pack, new CodeReader(open));
    expect(roles.reasons([at("fill_it", 4, 1, "a.c")], 0, ["writer"], place).evidence).toMatchObject([
      { message: "a.c:4 lies behind store_begin (line 3), which nothing there ends" },
    ]);
  });

  it("is found through roles that include it, and is none for others", () => {
    expect(evidence(1, ["shelf"])).toHaveLength(1);
    expect(evidence(1, ["shelf", "named-writer"])).toHaveLength(2);
    expect(evidence(1, ["reader"])).toEqual([]);
    expect(evidence(3, ["writer"])).toEqual([]);
    expect(evidence(9, ["writer"])).toEqual([]);
  });

  const confidence = (stack: readonly Frame[], index: number) =>
    sourceRoles.reasons(stack, index, ["writer"], place).confidence;

  it("is certain where the line calls the next frame's function", () => {
    expect(confidence(frames, 1)).toBe("certain");
    expect(confidence([frameOf("disk_read"), at("fill_it", 6)], 1)).toBe("likely");
    expect(confidence([at("fill_it", 5)], 0)).toBe("likely");
  });
});

describe("a report with sources", () => {
  const text = `Program received signal SIGSEGV, Segmentation fault.
#0  read_it (s=0x1) at read.c:3
#1  0x0000555555555156 in fill_it (s=0x1) at ../lib/store.c:5
#2  0x0000555555555166 in main () at main.c:9
`;
  const inputs = [readText(text, { path: "crash.txt", member: null, messageId: null })];
  const findings = (sources: Parameters<typeof analyze>[4]) =>
    analyze(inputs, [runtime, pack], { name: "backtriage", version: "0" }, [], sources).documents[0]
      ?.findings;

  it("has findings that rest on them, and none without", () => {
    expect(findings(files)?.map(({ rule }) => rule)).toContain("store/read-open");
    expect(findings(null)?.map(({ rule }) => rule)).not.toContain("store/read-open");
  });

  it("says what they told, with the words of the frame", () => {
    const found = findings(files)?.find(({ rule }) => rule === "store/read-open");
    expect(found?.evidence).toContainEqual(
      expect.objectContaining({
        kind: "source",
        level: 1,
        message: "lib/store.c:5 lies between store_begin (line 4) and store_end (line 7)",
        text: "#1  0x0000555555555156 in fill_it (s=0x1) at ../lib/store.c:5",
      }),
    );
  });
});

describe("the pack's words for it", () => {
  const problems = (between: string) =>
    load(yaml.replace(/between: \{ begin: .* guards.*\}/, `between: ${between}`)).problems.map(String);

  it("are begin and end, or guards, or all", () => {
    expect(problems("{ guards: [WITH_STORE] }")).toEqual([]);
    expect(problems("{ begin: [a], end: [b, c] }")).toEqual([]);
  });

  it.each([
    "{ begin: [a] }",
    "{ end: [a], guards: [b] }",
    "{}",
    "{ begin: [], end: [b] }",
    "{ guards: [a*] }",
  ])("are not %s", (between) => {
    expect(problems(between)).not.toEqual([]);
  });
});
