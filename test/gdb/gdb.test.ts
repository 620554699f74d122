import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import type { Document } from "../../src/model/report.js";
import type { Thread, Trace } from "../../src/model/trace.js";
import { readText } from "../../src/read/plain.js";
import { describeWith } from "../tools.js";
import { differences, tallyOf } from "./compare.js";
import type { MiFrame, MiThread } from "./mi.js";
import { oddPrograms, type Program, programs, rustPrograms } from "./programs.js";
import { type Session, sessionsOf } from "./session.js";
import { settingOf } from "./settings.js";

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

/** The only thread of `text`. */
function threadIn(text: string): Thread {
  const { threads } = traceIn(text);
  expect(threads).toHaveLength(1);
  const [thread] = threads;
  if (thread === undefined) throw new Error("no thread");
  return thread;
}

const compared = { pairs: 0, frames: 0, arguments: 0 };

/** Every way in which the stack that was read differs from gdb's own account of it. Counts what it compares. */
function threadDifferences(thread: Thread | undefined, stack: readonly MiFrame[], setting: string): string[] {
  const { shows, hides } = settingOf(setting);
  const expected = shows(stack);
  const tally = tallyOf(expected);
  compared.pairs += 1;
  compared.frames += tally.frames;
  compared.arguments += tally.arguments;
  return differences(thread?.frames ?? [], expected, hides);
}

/** The same of the only stack in `text`. No address that the text shows may be lost either. */
function stackDifferences(text: string, stack: readonly MiFrame[], setting: string): string[] {
  const thread = threadIn(text);
  const addresses = thread.frames.filter(({ address }) => address !== null).length;
  const shown = text.match(/^(?:\(gdb\) )* *#\d+ +0x[\da-f]+ in /gm)?.length ?? 0;
  return [
    ...threadDifferences(thread, stack, setting),
    ...(addresses === shown ? [] : [`${addresses} addresses instead of ${shown}`]),
  ];
}

/** The threads as gdb's command line names them, the one that was started last first. */
function expectedThreads(threads: readonly MiThread[], { threadNumbers }: Program): MiThread[] {
  return threads
    .map(({ number, name, target }) => ({ number: threadNumbers?.[number] ?? number, name, target }))
    .toReversed();
}

function compareEach(list: readonly Program[]): void {
  let folder = "";
  let sessions: ReadonlyMap<Program, Session> = new Map();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "backtriage-gdb-"));
    sessions = await sessionsOf(list, folder);
  }, 120_000);

  afterAll(async () => {
    await rm(folder, { recursive: true });
    const { pairs, frames, arguments: count } = compared;
    process.stdout.write(`gdb: ${pairs} pairs compared so far, ${frames} frames, ${count} arguments\n`);
  });

  function sessionFor(program: Program): Session {
    const session = sessions.get(program);
    if (session === undefined) throw new Error(`no session of ${program.title}`);
    return session;
  }

  describe.each(list)("of $title", (program) => {
    it("is there to be compared with: frames, and arguments with values", () => {
      const { stack } = sessionFor(program);
      const values = stack.flatMap((frame) => frame.arguments.map(({ value }) => value));
      expect(stack.length).toBeGreaterThan(3);
      expect(values.length).toBeGreaterThan(0);
      expect(values.some((value) => value !== null)).toBe(program.values !== false);
    });

    it.each(["default", ...program.settings])("agrees with what is read of its text: %s", (setting) => {
      const { shown, stack } = sessionFor(program);
      expect(stackDifferences(shown.get(setting) ?? "", stack, setting)).toEqual([]);
    });

    it("agrees with what is read of the whole session, up to the crash and the verdict", () => {
      const { transcript, stack } = sessionFor(program);
      const found = read(transcript).findings.map(({ rule }) => rule);
      expect(stackDifferences(transcript, stack, "default")).toEqual([]);
      expect(found).toEqual(program.rule === null ? [] : [program.rule]);
      if (program.rule !== null) expect(traceIn(transcript).crashFrame?.function).toBe(program.crashFrame);
      expect(threadIn(transcript).end?.message).toBe(program.end);
    });

    // Where gdb called a function itself, the core does not hold its frame.
    if (program.core !== false) {
      it("agrees with what is read of a core file, whose innermost frame gdb prints twice", () => {
        const { core, stack } = sessionFor(program);
        expect(threadDifferences(threadIn(core ?? ""), stack, "default")).toEqual([]);
        expect(read(core ?? "").findings.map(({ rule }) => rule)).toEqual([program.rule]);
      });
    }

    it("agrees with what is read of every thread, with locals and without", () => {
      const { everyThread, everyThreadFull, threads, stacks } = sessionFor(program);
      for (const text of [everyThread, everyThreadFull]) {
        const trace = traceIn(text);
        const found = trace.threads.map(({ number, name, target }) => ({ number, name, target }));
        expect(found).toEqual(expectedThreads(threads, program));
        for (const [index, { number }] of threads.toReversed().entries()) {
          expect(threadDifferences(trace.threads[index], stacks.get(number) ?? [], "default")).toEqual([]);
        }
      }
    });

    it("agrees with what is read of every thread, one upon the other without headers", () => {
      const { everyThreadQuiet, threads, stacks } = sessionFor(program);
      const found = read(everyThreadQuiet).traces.flatMap((trace) => trace.threads);
      expect(found).toHaveLength(threads.length);
      for (const [index, { number }] of threads.toReversed().entries()) {
        expect(threadDifferences(found[index], stacks.get(number) ?? [], "default")).toEqual([]);
      }
    });
  });

  describe.each(list.filter(({ end }) => end !== undefined))("of $title", (program) => {
    it("stops where gdb gave up, and says so", () => {
      const { end } = threadIn(sessionFor(program).transcript);
      expect(end).toMatchObject({ reason: "stopped", message: program.end });
    });
  });

  describe.each(list.filter(({ settings }) => settings.includes("first 8")))("of $title", (program) => {
    it("goes on where gdb says that more follows", () => {
      const { shown } = sessionFor(program);
      expect(threadIn(shown.get("first 8") ?? "").end?.reason).toBe("more-frames");
      expect(threadIn(shown.get("last 5") ?? "").end).toBeNull();
    });
  });

  const coloured = list.filter((program) => program.coloured === true);
  if (coloured.length > 0) {
    describeWith(["script"], "in colours, in a terminal of 80 columns", () => {
      it.each(coloured)("agrees with what is read of $title", (program) => {
        const { coloured: text, stack } = sessionFor(program);
        expect(text).toContain("\u001b[3");
        expect(threadDifferences(threadIn(text ?? ""), stack, "default")).toEqual([]);
      });
    });
  }

  const mirrors = list.filter(({ source }) => source === "loadvm.c");

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
}

describeWith(["gdb", "gcc", "g++"], "gdb's own account of a stack, given through MI", () => {
  compareEach([...programs, ...oddPrograms]);
});

describeWith(["gdb", "rustc"], "gdb's own account of a Rust stack, given through MI", () => {
  compareEach(rustPrograms);
});
