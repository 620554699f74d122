import { isRoutineSignal } from "../../text/signals.js";
import type { FrameNode } from "../nodes.js";
import { parseFrame } from "./gdb-line.js";
import type { StopContext } from "./stop.js";

/** A frame's line in the view, which stands `base` behind what its offsets count from. */
export interface Placed {
  readonly node: FrameNode;
  readonly base: number;
}

/** gdb prints the place of a stop without a level. */
const level = "#0  ";
/** The place stands so many lines behind the report at the most. */
const mostLines = 2;

/** The place that gdb prints where a program stops, and the first frame that was shown since. */
export class StopPlace {
  private place: Placed | null = null;
  private first: FrameNode | null = null;
  private lines = 0;

  /** Takes a line behind the report of a stop as its place; false where it is none. Offsets into the view. */
  take(line: string, start: number, { signal }: StopContext): boolean {
    if (signal === null || isRoutineSignal(signal.name) || this.first !== null || this.place !== null)
      return false;
    if (++this.lines > mostLines || !/^(?:0x|[A-Za-z_~(])/.test(line)) return false;
    const node = parseFrame(level + line);
    if (node === null || node.cut || (node.file === null && node.address === null)) return false;
    this.place = { node: { ...node, start: level.length }, base: start - level.length };
    return true;
  }

  /** A frame begins a stack. */
  shown(node: FrameNode): void {
    this.first ??= node;
  }

  /** Whether a frame is another than that which the first stack of the stop began with. */
  differs({ function: name }: FrameNode): boolean {
    return this.first !== null && this.first.function !== name;
  }

  /** The program runs on: its place, where no stack was shown. */
  end(): Placed | null {
    const place = this.first === null ? this.place : null;
    this.place = null;
    this.first = null;
    this.lines = 0;
    return place;
  }
}
