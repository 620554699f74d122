import type { Frame, ReadThread, ThreadEnd } from "../../model/trace.js";
import { cutEnd, cutMessage } from "../cut.js";
import { frameOf, markInlined, namedFunction } from "../frame.js";
import type { FrameNode, ThreadHeaderNode } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import { Locals } from "./locals.js";

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
  readonly frames: Frame[] = [];
  /** The locals of the last frame. */
  private locals: Locals | null = null;
  /** The text stopped inside the last frame. */
  private lastCut = false;
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
  private readonly levels = new Map<number, Frame>();

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
    this.keepLocals();
    const frame = frameOf(node, base, this.map);
    this.frames.push(frame);
    this.localsEnded = false;
    this.lastCut = node.cut;
    this.level = Math.max(this.level, node.level);
    this.levels.set(node.level, frame);
    this.last = base + node.end;
  }

  private localsEnded = false;

  /** Something else stands below the frame: what is indented behind it is none of its locals. */
  endLocals(): void {
    this.localsEnded = true;
  }

  /** Behind a complaint in the midst of a value, the line end of the value's own line makes an empty one. */
  emptyLine(): void {
    if (this.locals?.interrupted !== true) this.endLocals();
  }

  /** A source line may stand between a frame and its locals, nothing between two of these. */
  endStartedLocals(): void {
    this.localsEnded ||= this.locals !== null;
  }

  get ended(): boolean {
    return this.end !== null;
  }

  /** Takes a line below a frame as one of its locals; false where it is none. */
  takeLocal(line: string, start: number): boolean {
    if (this.frames.length === 0 || this.localsEnded) return false;
    if (this.locals === null && !mayBeLocal(line)) return false;
    const locals = this.locals ?? new Locals(this.map);
    if (!locals.take(line, start)) return false;
    this.locals = locals;
    this.last = start + line.length;
    return true;
  }

  private keepLocals(): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined && this.locals !== null) frame.locals = this.locals.variables();
    this.locals = null;
  }

  /** An error alone ends a list of frames; behind the one that a core is loaded with, it is another command's. */
  close({ reason, message }: ThreadEnd, place: Place): void {
    if (this.frames.length < 2 && message.startsWith("Cannot")) return;
    this.end = { reason, message };
    this.last = place.end;
  }

  /** @param name what is known of the thread besides its header */
  finish(index: number, crashed: boolean, name: ThreadName): ReadThread {
    this.keepLocals();
    markInlined(this.frames);
    return {
      index,
      ...name,
      crashed,
      coroutine: this.coroutine,
      frames: this.frames,
      end: this.end ?? (this.lastCut ? cutEnd(cutMessage(this.frames.at(-1)?.level ?? 0)) : null),
      span: this.map.span(this.first, this.last),
    };
  }
}

function sameFrame(frame: Frame, node: FrameNode): boolean {
  return (
    frame.function === namedFunction(node) &&
    frame.address === node.address &&
    (frame.location?.line ?? null) === node.line &&
    (frame.location?.file ?? null) === node.file
  );
}

/** Cheap: the first of a frame's locals is indented, and gdb says in column 0 that there are none. */
function mayBeLocal(line: string): boolean {
  return /^(?: {8}|\t|[ \t]*No locals\.)/.test(line);
}

/** The name that a header gives. */
export function nameOf({ number, target, lwp, name }: ThreadHeaderNode): ThreadName {
  return { number, target, lwp, name };
}
