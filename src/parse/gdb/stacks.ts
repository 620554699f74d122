import type { Diagnostic } from "../../model/report.js";
import type { FrameNode, ThreadHeaderNode } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import { LineRuns } from "./line-runs.js";
import type { StopContext } from "./stop.js";
import { nameOf, ThreadBuilder, type ThreadName } from "./thread.js";
import { TraceBuilder } from "./trace.js";

/** A coroutine of QEMU whose stack comes next. */
interface Coroutine {
  readonly address: string;
  /** Where it is named in the view. */
  readonly start: number;
  /** It was asked for alone; else it entered the stack before. */
  readonly asked: boolean;
}

const nobody: ThreadName = { number: null, target: null, lwp: null, name: null };

/** Sorts frames into threads and traces: which go on, which begin a stack, and which were copied twice. */
export class Stacks {
  readonly traces: TraceBuilder[] = [];
  private thread: ThreadBuilder | null = null;
  private header: { readonly node: ThreadHeaderNode; readonly start: number } | null = null;
  private coroutine: Coroutine | null = null;
  /** Something came that no backtrace goes on behind: a command, a stop. */
  private divided = false;
  /** Since the last frame there was a line that is none of its trace. */
  private interrupted = false;
  private readonly repeats: LineRuns;

  constructor(
    private readonly map: SourceMap,
    diagnostics: Diagnostic[],
  ) {
    this.repeats = new LineRuns(
      map,
      diagnostics,
      "repeated-frames",
      (count) => `${count === 1 ? "a frame stands" : `${count} frames stand`} here for the second time`,
    );
  }

  /** The thread that the last frame belongs to. */
  get current(): ThreadBuilder | null {
    return this.thread;
  }

  get isHeaded(): boolean {
    return this.header !== null;
  }

  get isDivided(): boolean {
    return this.divided;
  }

  divide(): void {
    this.divided = true;
  }

  interrupt(): void {
    this.interrupted = true;
  }

  /** The header of the next thread, at `start` in the view. */
  headed(node: ThreadHeaderNode, start: number): void {
    this.header = { node, start };
  }

  /** The coroutine of the next stack; null where a command asks for something else. */
  entered(coroutine: Coroutine | null): void {
    this.coroutine = coroutine;
  }

  /**
   * Whether a frame goes on with the thread. Levels ascend inside it; a gap is allowed, for people cut frames out. A frame
   * that a frame filter elided stands indented below the one that it is elided into, and keeps its lower level.
   */
  goesOn({ level }: FrameNode, indent: number): boolean {
    if (this.thread === null || !this.isUndivided()) return false;
    return level > this.thread.level || (indent >= 4 && level > 0 && !this.thread.has(level));
  }

  /** Takes a frame that stands twice where a terminal's screens overlap in a copy; those of a second `bt` begin at 0. */
  takeRepeat(node: FrameNode, start: number): boolean {
    const twice =
      node.level > 0 && this.isUndivided() && !this.interrupted && this.thread?.repeats(node) === true;
    if (!twice) return false;
    this.repeats.add(this.map.view.text.slice(start + node.start, start + node.end), start + node.start);
    this.thread?.endLocals();
    return true;
  }

  /** Adds a frame whose line begins at `start` in the view to the thread that it goes on with or that was begun for it. */
  add(node: FrameNode, start: number): void {
    this.repeats.end();
    this.interrupted = false;
    this.thread?.add(node, start);
  }

  /**
   * Begins a thread with a frame at `start` in the view. Gives the trace that begins with it; null where the thread belongs
   * to the one before.
   */
  begin(start: number, stop: StopContext, command: string | null): TraceBuilder | null {
    const { header, coroutine } = this;
    const chained = coroutine !== null && !coroutine.asked && !this.divided && this.thread !== null;
    const last = this.traces.at(-1);
    const entered = chained && last !== undefined ? last.threads.length - 1 : null;
    const thread = new ThreadBuilder(
      this.map,
      header === null ? (stop.selected ?? nobody) : nameOf(header.node),
      header !== null,
      header?.start ?? (coroutine?.asked === false ? coroutine.start : start),
      coroutine === null ? null : { address: coroutine.address, entered },
    );
    const goesOn = last !== undefined && !this.divided && (chained || last.continuesWith(thread));
    const trace = goesOn ? last : this.beginTrace(stop, command);
    trace.add(thread);
    this.thread = thread;
    this.header = null;
    this.coroutine = null;
    this.divided = false;
    return goesOn ? null : trace;
  }

  finish(): void {
    this.repeats.end();
  }

  private beginTrace(stop: StopContext, command: string | null): TraceBuilder {
    const trace = new TraceBuilder(this.map, stop, command);
    this.traces.push(trace);
    return trace;
  }

  /** Nothing was said that begins another stack. */
  private isUndivided(): boolean {
    return this.header === null && this.coroutine === null && !this.divided;
  }
}
