import type { ReadThread, ThreadEnd } from "../model/trace.js";
import { frameOf, inlinedFlags } from "./frame.js";
import { Locals } from "./locals.js";
import type { FrameNode, ThreadHeaderNode } from "./nodes.js";
import type { SourceMap } from "./source-map.js";

/** What names a thread: its header, or the session's word on which one is selected. */
export interface ThreadName {
  readonly number: string | null;
  readonly target: string | null;
  readonly lwp: number | null;
  readonly name: string | null;
}

/** A stretch of the view. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** One frame's line, at `base` in the view. */
interface Row {
  readonly node: FrameNode;
  readonly base: number;
  locals: Locals | null;
}

/** Collects the frames of one thread, line by line. */
export class ThreadBuilder {
  readonly nodes: Row[] = [];
  private end: ThreadEnd | null = null;
  private readonly first: number;
  private last: number;

  /** @param start where the header, or else the first frame, begins in the view */
  constructor(
    private readonly map: SourceMap,
    readonly name: ThreadName,
    readonly headed: boolean,
    start: number,
    private readonly coroutine: ReadThread["coroutine"] = null,
  ) {
    this.first = start;
    this.last = start;
  }

  /** The highest level so far, -1 before the first frame. */
  level = -1;

  /** The frames by their level. */
  private readonly levels = new Map<number, FrameNode>();

  has(level: number): boolean {
    return this.levels.has(level);
  }

  /** Whether a frame says of its level what this thread's own frame does: it was copied twice. */
  repeats(node: FrameNode): boolean {
    const own = this.levels.get(node.level);
    return own !== undefined && sameFrame(own, node);
  }

  get place(): Place {
    return { start: this.first, end: this.last };
  }

  /** Adds a frame whose line begins at `base` in the view. */
  add(node: FrameNode, base: number): void {
    this.nodes.push({ node, base, locals: null });
    this.localsEnded = false;
    this.level = Math.max(this.level, node.level);
    this.levels.set(node.level, node);
    this.last = base + node.end;
  }

  private localsEnded = false;

  /** Something else stands below the frame: what is indented behind it is none of its locals. */
  endLocals(): void {
    this.localsEnded = true;
  }

  /** A source line may stand between a frame and its locals, nothing between two of these. */
  endStartedLocals(): void {
    this.localsEnded ||= this.nodes.at(-1)?.locals !== null;
  }

  get ended(): boolean {
    return this.end !== null;
  }

  /** Takes a line below a frame as one of its locals; false where it is none. */
  takeLocal(line: string, start: number): boolean {
    const row = this.nodes.at(-1);
    if (row === undefined || this.localsEnded || !mayBeLocal(line)) return false;
    const locals = row.locals ?? new Locals(this.map);
    if (!locals.take(line, start)) return false;
    row.locals = locals;
    this.last = start + line.length;
    return true;
  }

  /** An error alone ends a list of frames; behind the one that a core is loaded with, it is another command's. */
  close({ reason, message }: ThreadEnd, place: Place): void {
    if (this.nodes.length < 2 && message.startsWith("Cannot")) return;
    this.end = { reason, message };
    this.last = place.end;
  }

  /** @param name what is known of the thread besides its header */
  finish(index: number, crashed: boolean, name: ThreadName): ReadThread {
    const inlined = inlinedFlags(this.nodes.map(({ node }) => node));
    return {
      index,
      ...name,
      crashed,
      coroutine: this.coroutine,
      frames: this.nodes.map(({ node, base, locals }, at) =>
        frameOf(node, base, this.map, {
          inlined: inlined[at] ?? null,
          locals: locals === null ? null : locals.variables(),
        }),
      ),
      end: this.end ?? this.cutEnd(),
      span: this.map.span(this.first, this.last),
    };
  }

  /** The text stopped inside the last frame. */
  private cutEnd(): ThreadEnd | null {
    const last = this.nodes.at(-1);
    if (last === undefined || !last.node.cut) return null;
    return { reason: "cut", message: `frame #${last.node.level} is cut` };
  }
}

function sameFrame(one: FrameNode, other: FrameNode): boolean {
  return (
    one.function === other.function &&
    one.address === other.address &&
    one.line === other.line &&
    one.file === other.file
  );
}

/** Cheap: locals are indented, their values may close in column 0, and gdb says there that there are none. */
function mayBeLocal(line: string): boolean {
  return /^(?: {8}|[ \t]*[\t})\]]|No locals\.)/.test(line);
}

/** The name that a header gives. */
export function nameOf({ number, target, lwp, name }: ThreadHeaderNode): ThreadName {
  return { number, target, lwp, name };
}
