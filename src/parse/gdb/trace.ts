import type { Process, ReadAssertion, ReadTrace, Variable } from "../../model/trace.js";
import { assertionOfFrames } from "../assertion.js";
import type { SourceMap } from "../source-map.js";
import { printsWithoutHeaders } from "./commands.js";
import type { StopContext } from "./stop.js";
import type { Place, ThreadBuilder, ThreadName } from "./thread.js";
import type { ThreadNames } from "./thread-names.js";

/** Collects the threads that one command printed. */
export class TraceBuilder {
  readonly threads: ThreadBuilder[] = [];
  private readonly numbers = new Set<string | null>();

  /** What was printed at the same stop; more may follow. */
  readonly prints: Variable[] = [];

  /** @param command what was typed to get it */
  constructor(
    private readonly map: SourceMap,
    private readonly stop: StopContext,
    readonly command: string | null,
  ) {}

  add(thread: ThreadBuilder): void {
    this.threads.push(thread);
    this.numbers.add(thread.name.number);
  }

  /** Whether a thread belongs to the same command: all have headers, and no number comes twice; or none was to have any. */
  continuesWith(thread: ThreadBuilder): boolean {
    if (printsWithoutHeaders(this.command)) return true;
    return thread.headed && this.threads[0]?.headed === true && !this.numbers.has(thread.name.number);
  }

  /** From the first thread to the last. */
  get place(): Place {
    return { start: this.threads[0]?.place.start ?? 0, end: this.threads.at(-1)?.place.end ?? 0 };
  }

  finish(names: ThreadNames): ReadTrace {
    const crashed = this.crashedIndex();
    const threads = this.threads.map((thread, index) =>
      thread.finish(index, index === crashed, names.complete(thread.name)),
    );
    const { start, end } = this.place;
    return {
      dialect: "gdb",
      command: this.command,
      program: this.stop.program,
      process: this.process(),
      signal: this.stop.signal,
      assertion: this.assertion(crashed),
      threads,
      prints: [...this.prints],
      messages: [],
      span: this.map.span(start, end),
    };
  }

  /** `[New LWP n]` is said of every thread of a core, and of all but the first of a process that gdb attached to. */
  private process(): Process {
    const { core, births, signal } = this.stop;
    const { count: threads, lowest } = births;
    if (core && lowest !== null) {
      const span = this.map.span(lowest.line.start, lowest.line.end);
      return { kind: "core", threads, lowest: { lwp: lowest.lwp, span } };
    }
    const running = signal !== null || lowest?.core === false;
    return { kind: core ? "core" : running ? "running" : null, threads, lowest: null };
  }

  /** The thread that the stop report names; the rules may find it by its frames where no report does. */
  private crashedIndex(): number {
    const { crashed, signal, core, switched } = this.stop;
    if (signal === null) return -1;
    const only = this.threads.length === 1 ? this.threads[0] : undefined;
    if (crashed === null) {
      if (only !== undefined) return switched ? -1 : 0;
      return core ? this.threads.findIndex(({ name }) => name.number === "1" || name.number === "1.1") : -1;
    }
    if (only !== undefined && only.name.number === null && only.name.lwp === null) return 0;
    return this.threads.findIndex(({ name }) => sameThread(name, crashed));
  }

  private assertion(crashed: number): ReadAssertion | null {
    const threads = crashed === -1 ? this.threads : this.threads.slice(crashed, crashed + 1);
    for (const { frames } of threads) {
      const assertion = assertionOfFrames(frames);
      if (assertion !== null) return assertion;
    }
    return null;
  }
}

function sameThread(one: ThreadName, other: ThreadName): boolean {
  if (one.lwp !== null && other.lwp !== null) return one.lwp === other.lwp;
  return one.number !== null && one.number === other.number;
}
