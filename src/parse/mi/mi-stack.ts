import type { ReadThread, ThreadEnd, Variable } from "../../model/trace.js";
import { cutEnd, cutMessage } from "../cut.js";
import { frameOf, markInlined } from "../frame.js";
import { foreignThread } from "../neighbours/foreign.js";
import type { FrameNode, ItemNode, Slice } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import type { MiArguments, MiFrames, MiVariable } from "./mi-frame.js";

/** What a record is about: as far as the command that it answers, or what was selected before, tells. */
export interface Asked {
  /** gdb's number of the thread; null where nothing tells. */
  readonly thread: string | null;
  readonly level: number;
  /** The command; null where the text does not show it. */
  readonly command: string | null;
}

/** What `-thread-info` says of a thread. */
export interface MiThread {
  readonly target: string | null;
  readonly name: string | null;
}

/** The stack of one thread at one stop, collected from the answers to several commands. */
export class MiStack {
  readonly frames: FrameNode[] = [];
  private readonly levels = new Map<number, FrameNode>();
  private readonly items = new Map<number, readonly ItemNode[]>();
  private readonly variables = new Map<number, readonly MiVariable[]>();
  private end: ThreadEnd | null = null;
  private first: number;
  private last: number;

  constructor(
    readonly asked: Asked,
    list: MiFrames<FrameNode>,
  ) {
    this.first = list.found[0]?.start ?? 0;
    this.last = this.first;
    this.add(list);
  }

  /** A stretch of the view, around everything that was told of this stack. */
  get place(): Slice {
    return { start: this.first, end: this.last };
  }

  /** Takes the frames of levels that it does not hold. */
  add({ found, cut }: MiFrames<FrameNode>): void {
    const before = this.last;
    for (const frame of found) {
      if (this.levels.has(frame.level)) continue;
      this.levels.set(frame.level, frame);
      this.frames.push(frame);
      this.cover(frame);
    }
    if (this.last > before)
      this.end = cut === null ? null : cutEnd(cutListMessage(cut.level, this.lastLevel));
  }

  /** Whether a list of frames can be of the same stack: it goes on where this one ends, or the same frames come again. */
  isOf(list: readonly FrameNode[], { thread, command }: Asked): boolean {
    const [first] = list;
    if (first === undefined || (thread !== null && thread !== this.asked.thread)) return false;
    if (first.level === this.lastLevel + 1) return true;
    // Where nothing tells of which thread a list is, another thread may wait at the very same place.
    if (thread === null || command === null || this.asked.command === null) return false;
    return list.some(({ level }) => this.levels.has(level)) && list.every((frame) => this.agrees(frame));
  }

  /** Whether these can be the arguments of its frames, of which it knows none. */
  lacks(found: readonly MiArguments[], { thread }: Asked): boolean {
    if (thread !== null && this.asked.thread !== null && thread !== this.asked.thread) return false;
    const known = found.filter(({ level }) => this.levels.has(level));
    return known.length > 0 && known.every(({ level }) => !this.items.has(level));
  }

  /** Whether it has frames of exactly the levels that there are arguments for. */
  matches(found: readonly MiArguments[]): boolean {
    return found.length === this.levels.size && found.every(({ level }) => this.levels.has(level));
  }

  takeArguments(found: readonly MiArguments[]): void {
    for (const { level, items } of found) {
      if (!this.levels.has(level)) continue;
      this.items.set(level, items);
      for (const item of items) this.cover(item);
    }
  }

  /** Takes the locals and arguments of one frame; false where they are another frame's. */
  takeVariables(found: readonly MiVariable[], { thread, level }: Asked): boolean {
    if (thread !== null && this.asked.thread !== null && thread !== this.asked.thread) return false;
    if (!this.levels.has(level) || this.variables.has(level)) return false;
    this.variables.set(level, found);
    for (const variable of found) this.cover(variable);
    return true;
  }

  /** The frames with the arguments that were told of them. */
  nodes(): FrameNode[] {
    return this.frames.map((frame) =>
      frame.items.length > 0
        ? frame
        : { ...frame, items: this.items.get(frame.level) ?? this.itemsOfVariables(frame.level) },
    );
  }

  thread(index: number, crashed: boolean, known: MiThread | undefined, map: SourceMap): ReadThread {
    const nodes = this.nodes();
    const frames = nodes.map((node) => ({
      ...frameOf(node, 0, map),
      locals: this.localsOf(node.level, map),
    }));
    if (nodes.every(({ address }) => address !== null)) markInlined(frames);
    const target = known?.target ?? null;
    return foreignThread({
      index,
      number: this.asked.thread,
      target,
      lwp: target === null ? null : lwpOf(target),
      name: known?.name ?? null,
      crashed,
      frames,
      end: this.end,
      span: map.span(this.first, this.last),
    });
  }

  private get lastLevel(): number {
    return this.frames.at(-1)?.level ?? -1;
  }

  private agrees(frame: FrameNode): boolean {
    const own = this.levels.get(frame.level);
    return own === undefined || (own.address === frame.address && own.function === frame.function);
  }

  private itemsOfVariables(level: number): ItemNode[] {
    return (this.variables.get(level) ?? [])
      .filter(({ argument }) => argument)
      .map(({ name, value, start, end }) => ({ start, end, name, value, entryValue: null }));
  }

  private localsOf(level: number, map: SourceMap): Variable[] | null {
    const told = this.variables.get(level);
    if (told === undefined) return null;
    return told
      .filter(({ argument }) => !argument)
      .map(({ name, value, start, end }) => ({
        name,
        value: value ?? notShown,
        span: map.span(start, end),
      }));
  }

  private cover({ start, end }: Slice): void {
    this.first = Math.min(this.first, start);
    this.last = Math.max(this.last, end);
  }
}

/** What gdb's command line prints for a value that it was told to leave out. */
const notShown = "...";

/** What to say of a list of frames that is cut: in the frame of a level, or behind the last one that is whole. */
export function cutListMessage(level: number | null, last: number | null): string {
  if (level !== null) return cutMessage(level);
  return last === null ? "the list of frames is cut" : `the list of frames is cut behind #${last}`;
}

/** `Thread 0x7ffff7dd06c0 (LWP 31423)` */
function lwpOf(target: string): number | null {
  const digits = /\bLWP (\d{1,15})\b/.exec(target)?.[1];
  return digits === undefined ? null : Number(digits);
}
