import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Frame, ReadThread, ReadTrace } from "../../src/model/trace.js";
import { readingOf } from "../parse/reading.js";
import { describeWith } from "../tools.js";
import { type Program, programs, programsFolder } from "./programs.js";

/** As many threads as a program of ours may have. */
const mostThreads = 8;

const commands = [
  "-gdb-set confirm off",
  "-gdb-set width 0",
  "-gdb-set debuginfod enabled off",
  "-gdb-set print frame-arguments all",
  "-exec-run",
  "-thread-info",
  ...Array.from({ length: mostThreads }, (_, index) => [
    `-stack-list-frames --thread ${index + 1}`,
    `-stack-list-arguments --thread ${index + 1} 1`,
  ]).flat(),
  "thread apply all bt",
  "-gdb-exit",
  "",
];

/**
 * What gdb prints when a front end starts the program and asks for every stack, first in gdb/MI, then as a command line
 * does; gdb does not echo the front end's commands, which a log shows in front of the answers.
 */
function sessionOf({ source, compiler, flags, setup }: Program, folder: string): string {
  const binary = join(folder, "program");
  execFileSync(compiler, ["-g", ...flags, "-o", binary, source], { cwd: programsFolder });
  const input = [...setup.map((line) => `-interpreter-exec console "${line}"`), ...commands].map(
    (line, index) => (line.startsWith("-") ? `${index + 1}${line}` : line),
  );
  const { error, stdout } = spawnSync("gdb", ["-nx", "-q", "-i=mi3", binary], {
    cwd: programsFolder,
    input: input.join("\n"),
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, LC_ALL: "C.UTF-8", TERM: "dumb", DEBUGINFOD_URLS: "" },
  });
  if (error !== undefined) throw error;
  return `${input.join("\n")}${stdout}`;
}

/** A frame without what the two ways of printing it give differently, for a comparison. */
function shared({ level, function: name, kind, location, library, inlined }: Frame) {
  return {
    level,
    name,
    kind,
    location,
    library: location === null ? library : null,
    inlined: inlined === true,
  };
}

/** gdb/MI leaves out the arguments that have no location. */
function argumentDifferences(mi: Frame, cli: Frame): string[] {
  return mi.arguments.flatMap(({ name, value, entryValue }) => {
    const other = cli.arguments.find((candidate) => candidate.name === name);
    const same = other?.value === value && other.entryValue === entryValue;
    return same
      ? []
      : [`#${mi.level} ${name}: ${value}, ${entryValue} in MI, ${other?.value}, ${other?.entryValue}`];
  });
}

function byNumber({ threads }: ReadTrace): readonly ReadThread[] {
  return threads.toSorted((one, other) => Number(one.number) - Number(other.number));
}

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "backtriage-mi-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describeWith(
  ["gdb", "gcc", "g++"],
  "gdb/MI, beside what gdb's command line prints of the same stacks",
  () => {
    it.each(programs)("agrees with it: $title", (program) => {
      const { traces } = readingOf(sessionOf(program, folder));
      expect(traces.map(({ dialect }) => dialect)).toEqual(["gdb-mi", "gdb"]);
      const [mi, cli] = traces;
      if (mi === undefined || cli === undefined) return;
      expect(mi.signal).toEqual(cli.signal);
      expect(mi.assertion?.expression).toBe(cli.assertion?.expression);
      const pairs = byNumber(cli).map((thread, index) => ({ thread, other: byNumber(mi)[index] }));
      expect(pairs.map(({ other }) => other?.number)).toEqual(pairs.map(({ thread }) => thread.number));
      for (const { thread, other } of pairs) {
        expect(other).toMatchObject({
          target: thread.target,
          lwp: thread.lwp,
          name: thread.name,
          crashed: thread.crashed,
        });
        expect(other?.frames.map(shared)).toEqual(thread.frames.map(shared));
        for (const [index, frame] of thread.frames.entries()) {
          const same = other?.frames[index];
          expect(same && argumentDifferences(same, frame)).toEqual([]);
          if (frame.address !== null) expect(same?.address).toBe(frame.address);
        }
      }
    });

    describe("the log", () => {
      it("has arguments with values, or it would prove little", () => {
        const [program] = programs;
        const [mi] = program === undefined ? [] : readingOf(sessionOf(program, folder)).traces;
        const values = (mi?.threads ?? []).flatMap(({ frames }) =>
          frames.flatMap((frame) => frame.arguments),
        );
        expect(values.filter(({ value }) => value !== null).length).toBeGreaterThan(4);
      });
    });
  },
);
