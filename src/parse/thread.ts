import type { Frame, ReadThread, ThreadEnd } from "../model/trace.js";
import { frameOf, markInlined } from "./frame.js";
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

/** Collects the frames of one thread, line by line. */
export class ThreadBuilder {
  readonly nodes: { readonly node: FrameNode; readonly base: number; readonly locals: Locals }[] = [];
  private end: ThreadEnd | null = null;
  private readonly first: number;
  private last: number;

  /** @param start where the header, or else the first frame, begins in the view */
  constructor(
    private readonly map: SourceMap,
    readonly name: ThreadName,
    readonly headed: boolean,
    start: number,
  ) {
    this.first = start;
    this.last = start;
  }

  /** The highest level so far, -1 before the first frame. */
  level = -1;

  private readonly levels = new Set<number>();

  has(level: number): boolean {
    return this.levels.has(level);
  }

  get place(): Place {
    return { start: this.first, end: this.last };
  }

  /** Adds a frame whose line begins at `base` in the view. */
  add(node: FrameNode, base: number): void {
    this.nodes.push({ node, base, locals: new Locals(this.map) });
    this.level = Math.max(this.level, node.level);
    this.levels.add(node.level);
    this.last = base + node.end;
  }

  /** Something else stands below the frame: what is indented behind it is none of its locals. */
  endLocals(): void {
    this.nodes.at(-1)?.locals.end();
  }

  /** A source line may stand between a frame and its locals, nothing between two of these. */
  endStartedLocals(): void {
    this.nodes.at(-1)?.locals.endStarted();
  }

  get ended(): boolean {
    return this.end !== null;
  }

  /** Takes a line below a frame as one of its locals; false where it is none. */
  takeLocal(line: string, start: number): boolean {
    const taken = this.nodes.at(-1)?.locals.take(line, start) ?? false;
    if (taken) this.last = start + line.length;
    return taken;
  }

  close(end: ThreadEnd, place: Place): void {
    this.end = end;
    this.last = place.end;
  }

  finish(index: number, crashed: boolean): ReadThread {
    const frames = this.nodes.map(
      ({ node, base, locals }): Frame => ({
        ...frameOf(node, base, this.map),
        locals: locals.variables(),
      }),
    );
    return {
      index,
      ...this.name,
      crashed,
      coroutine: null,
      frames: markInlined(frames),
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

/** The name that a header gives. */
export function nameOf({ number, target, lwp, name }: ThreadHeaderNode): ThreadName {
  return { number, target, lwp, name };
}
