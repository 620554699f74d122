import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import type { Document } from "../../src/model/report.js";
import type { Trace } from "../../src/model/trace.js";
import { readText } from "../../src/read/plain.js";
import { describeWith } from "../tools.js";
import { differences } from "./compare.js";
import type { MiFrame } from "./mi.js";
import { type Program, programs } from "./programs.js";
import { type Session, sessionOf } from "./session.js";

function read(text: string): Document {
  const input = readText(text, { path: null, member: null, messageId: null });
  const [document] = analyze([input], packs, { name: "test", version: "0" }).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The only trace of `text`. */
function traceIn(text: string): Trace {
  const { traces } = read(text);
  expect(traces).toHaveLength(1);
  const [trace] = traces;
  if (trace === undefined) throw new Error("no trace");
  return trace;
}

/** Every way in which the only stack in `text` differs from gdb's own account of it. */
function stackDifferences(text: string, stack: readonly MiFrame[], setting: string): string[] {
  const { threads } = traceIn(text);
  expect(threads).toHaveLength(1);
  return differences(threads[0]?.frames ?? [], stack, setting);
}

const sessions = new Map<Program, Session>();
let folder = "";

function sessionFor(program: Program): Session {
  const session = sessions.get(program) ?? sessionOf(program, folder);
  sessions.set(program, session);
  return session;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "backtriage-gdb-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describeWith(["gdb", "gcc", "g++"], "gdb's own account of a stack, given through MI", () => {
  describe.each(programs)("of $title", (program) => {
    it("is there to be compared with: frames, and arguments with values", () => {
      const { stack } = sessionFor(program);
      expect(stack.length).toBeGreaterThan(4);
      expect(stack.some((frame) => frame.arguments.some(({ value }) => value !== null))).toBe(true);
    });

    it.each(["default", ...program.settings])("agrees with what is read of its text: %s", (setting) => {
      const { shown, stack } = sessionFor(program);
      expect(stackDifferences(shown.get(setting) ?? "", stack, setting)).toEqual([]);
    });

    it("agrees with what is read of the whole session, up to the crash and the verdict", () => {
      const { transcript, stack } = sessionFor(program);
      expect(stackDifferences(transcript, stack, "default")).toEqual([]);
      expect(traceIn(transcript).crashFrame?.function).toBe(program.crashFrame);
      expect(read(transcript).findings.map(({ rule }) => rule)).toEqual([program.rule]);
    });

    it("agrees with what is read of a core file, whose innermost frame gdb prints twice", () => {
      const { core, stack } = sessionFor(program);
      expect(stackDifferences(core, stack, "default")).toEqual([]);
      expect(read(core).findings.map(({ rule }) => rule)).toEqual([program.rule]);
    });

    it("agrees with what is read of every thread", () => {
      const { everyThread, threads, stacks } = sessionFor(program);
      const trace = traceIn(everyThread);
      const expected = threads.map(({ number, name, target }) => ({ number, name, target }));
      const found = trace.threads.map(({ number, name, target }) => ({ number, name, target }));
      // gdb shows the thread that was started last first.
      expect(found.reverse()).toEqual(expected);
      for (const thread of trace.threads) {
        expect(differences(thread.frames, stacks.get(thread.number ?? "") ?? [], "default")).toEqual([]);
      }
    });
  });

  const mirrors = programs.filter(({ source }) => source === "loadvm.c");

  describe.each(mirrors)("of $title", (program) => {
    it("blames the device's load hook, which makes the access where it maps its rings", () => {
      const [finding] = read(sessionFor(program).transcript).findings;
      expect(finding).toMatchObject({
        verdict: "offending",
        severity: "error",
        blame: { function: "virtio_load" },
        site: { function: "virtio_init_region_cache" },
      });
      const path = (finding?.path ?? []).map((step) => step.function);
      expect(path[0]).toBe("qemu_loadvm_state_main");
      expect(path.at(-1)).toBe("address_space_to_flatview");
    });

    it("rests on the assertion, which is one, though it was read on stderr and in the frames", () => {
      const { assertions } = read(sessionFor(program).transcript);
      expect(assertions).toMatchObject([
        { expression: "memory_region_transaction_depth == 0", file: "loadvm.c" },
      ]);
      expect(assertions[0]?.facts.map(({ expression }) => expression)).toEqual([
        "memory_region_transaction_depth != 0",
      ]);
    });
  });
});
