import { z } from "zod";
import type { Document } from "../../src/index.js";
import { type Check, check, countedTraces, framesOf, type Label, threadsOf } from "./label.js";

const count = z.int().nonnegative();

/** A label that counts what a text shows and names what stands at its ends; nothing of it is a judgement. */
export const countedSchema = z.object({
  file: z.string(),
  traits: z.array(z.string()),
  ambiguous: z.boolean().default(false),
  expect: z.object({
    traces: count,
    threads: count,
    frames: count,
    /** Of every thread of every trace, the function of the frame that was printed first; `??` where there is none. */
    first: z.array(z.string()),
    /** The last frame of the first thread. */
    last: z.object({ number: count, function: z.string() }).nullable(),
    signal: z.string().nullable(),
    assertion: z.string().nullable(),
    /** Null where it is not known. */
    crash_frame: z.string().nullable(),
    /** As right as `crash_frame`, where it is not null. */
    crash_frame_alt: z.string().nullable(),
    kinds: z.array(z.enum(["gdb", "core", "mi", "other"])),
    lookalike_frames: count,
  }),
});

type Expected = z.infer<typeof countedSchema>["expect"];

const kindNames = { gdb: "gdb", core: "systemd-coredump", mi: "gdb-mi", other: "other" } as const;

export function labelOfCounted({ file, traits, ambiguous, expect }: z.infer<typeof countedSchema>): Label {
  return {
    file,
    traits,
    ambiguous,
    holdsNone: expect.frames === 0,
    lookalikes: expect.lookalike_frames,
    counts: (document) => countsOf(document, expect),
    fields: (document) => fieldsOf(document, expect),
  };
}

function countsOf(document: Document, expect: Expected): Check[] {
  const traces = countedTraces(document);
  return [
    check("traces", traces.length, expect.traces),
    check("threads", threadsOf(traces).length, expect.threads),
    check("frames", framesOf(traces).length, expect.frames),
  ];
}

function fieldsOf(document: Document, expect: Expected): Check[] {
  const traces = countedTraces(document);
  const threads = threadsOf(traces);
  const last = threads[0]?.frames.at(-1);
  return [
    check(
      "first",
      threads.map(({ frames }) => nameOf(frames[0])),
      expect.first,
    ),
    check("last", last === undefined ? null : `#${last.level} ${nameOf(last)}`, lastOf(expect)),
    check("signal", traces.find(({ signal }) => signal !== null)?.signal?.name ?? null, expect.signal),
    check("assertion", document.assertions[0]?.expression ?? null, expect.assertion),
    check("kinds", kindsOf(traces), expect.kinds.map((kind) => kindNames[kind]).toSorted()),
    ...crashFrameOf(traces, expect),
  ];
}

function nameOf(frame: { readonly function: string | null } | undefined): string {
  return frame?.function ?? "??";
}

function lastOf({ last }: Expected): string | null {
  return last === null ? null : `#${last.number} ${last.function}`;
}

function kindsOf(traces: Document["traces"]): string[] {
  return [...new Set(traces.map(({ dialect }) => dialect))].toSorted();
}

function crashFrameOf([trace]: Document["traces"], expect: Expected): Check[] {
  if (expect.crash_frame === null) return [];
  const got = trace?.crashFrame === undefined || trace.crashFrame === null ? null : nameOf(trace.crashFrame);
  const wanted = got === expect.crash_frame_alt ? expect.crash_frame_alt : expect.crash_frame;
  return [check("crash frame", got, wanted)];
}
