import type { Limits } from "./limits.js";
import { frameReach, phrases } from "./needles.js";
import type { Hit } from "./scan.js";

/** A part of a text around one or more hits, not yet whole lines. */
interface Stretch {
  readonly start: number;
  end: number;
}

/** A stretch that no later hit can change. */
export interface Settled {
  readonly start: number;
  readonly end: number;
  /** Where the next stretch begins; infinite where it is further away than the longest line. */
  readonly ceiling: number;
}

const longestBefore = Math.max(frameReach.before, ...phrases.map(({ reach }) => reach.before));

/**
 * Joins what lies within reach of hits that are near each other, and the frames of one stack however long the locals between
 * them are: a frame whose level follows, and a thread after one with a higher number (gdb prints them downwards).
 */
export class Stretches {
  private readonly open: Stretch[] = [];
  /** The last frame, while another of its stack can come. */
  private frame: { readonly at: number; readonly level: number; readonly stretch: Stretch } | null = null;
  private thread: number | null = null;

  constructor(private readonly limits: Limits) {}

  /** No stretch that is not settled begins before this, once every hit before `place` is known. */
  earliest(place: number): number {
    return Math.min(this.open[0]?.start ?? Number.POSITIVE_INFINITY, place - longestBefore);
  }

  /** Takes the next hit; they come in their order. */
  add(hit: Hit): void {
    const stretch = this.stretchFor(hit);
    if (hit.level !== null) this.frame = { at: hit.at, level: hit.level, stretch };
    if (hit.thread !== null) this.thread = hit.thread;
  }

  /** Takes out, in order, what is settled once every hit before `place` is known; all of it where `place` is infinite. */
  settled(place: number): Settled[] {
    if (this.frame !== null && place - this.frame.at > this.limits.longestLocals) this.frame = null;
    const out: Settled[] = [];
    for (const [index, { start, end }] of this.open.entries()) {
      if (this.open[index] === this.frame?.stretch) break;
      const next = this.open[index + 1];
      if (next === undefined && place - longestBefore < end + this.limits.longestLine) break;
      out.push({ start, end, ceiling: next?.start ?? Number.POSITIVE_INFINITY });
    }
    if (out.length > 0) this.open.splice(0, out.length);
    return out;
  }

  private stretchFor({ at, reach, level, thread }: Hit): Stretch {
    const joined = this.frame !== null && this.continues(at, level, thread) ? this.frame.stretch : null;
    if (joined !== null) this.open.length = this.open.indexOf(joined) + 1;
    const start = Math.max(0, at - reach.before);
    const last = this.open.at(-1);
    if (last !== undefined && (joined !== null || start <= last.end)) {
      last.end = Math.max(last.end, at + reach.after);
      return last;
    }
    const stretch = { start, end: at + reach.after };
    this.open.push(stretch);
    return stretch;
  }

  /** Whether a frame or a thread's header at `at` belongs to the stack of the last frame, or to the same list of threads. */
  private continues(at: number, level: number | null, thread: number | null): boolean {
    if (this.frame === null || at - this.frame.at > this.limits.longestLocals) return false;
    if (level !== null) return level === this.frame.level + 1;
    return thread !== null && this.thread !== null && thread < this.thread;
  }
}
