import { sliceOf } from "./mutate.js";
import type { Random } from "./random.js";

/** A text that can be made as long as one likes: the middle is repeated. */
export interface Pump {
  readonly before: string;
  readonly middle: string;
  readonly after: string;
}

/** The milliseconds of processor time that a text takes; Infinity where it takes far too long. */
export type Clock = (input: string) => number;

/** Twice the text may cost 2.2 times; what is measured here, once, under coverage, is rougher. */
const mostGrowth = 3;
/** Milliseconds: what is faster cannot be measured. */
const shortest = 8;
/** Milliseconds for each UTF-16 unit: linear, but so slow that it must be something else. */
const slowest = 0.02;
const repetitions = 5;

/** A way to make `input` long: some slice of it again and again, or all of it. */
export function pumpOf(input: string, random: Random): Pump {
  const { before, slice, after } = sliceOf(input, random);
  const whole = { before: "", middle: `${input}\n`, after: "" };
  return slice === "" || random.oneIn(4) ? whole : { before, middle: slice, after };
}

/** The pump's text of `length` UTF-16 units or a little less. */
export function pumped({ before, middle, after }: Pump, length: number): string {
  const room = Math.max(0, length - before.length - after.length);
  return before + middle.repeat(Math.floor(room / Math.max(1, middle.length))) + after;
}

/** In UTF-16 units. */
export interface Lengths {
  /** Where a pump is looked at first, and at half of it. */
  readonly first: number;
  /** Where it is looked at to be sure, and at half and a quarter of it. */
  readonly last: number;
}

/**
 * What is wrong with the time that a pump's texts take as they grow, in words; null where it is linear. A suspicion is
 * measured again, and the least of several times counts: what else the machine does only adds. A single doubling says
 * little, because of the heap's own steps (33 ms for what took 2 ms at half the length, and twice that at twice the length).
 */
export function growthOf(pump: Pump, { first, last }: Lengths, clock: Clock): string | null {
  const once = (length: number): Timed => timed(pumped(pump, length), clock);
  if (!isSuspicious([once(first / 2), once(first)])) return null;
  const surely = (length: number): Timed => {
    const text = pumped(pump, length);
    return { length: text.length, time: leastOf(text, clock) };
  };
  const series = [surely(last / 4), surely(last / 2), surely(last)];
  if (!isSuspicious(series)) return null;
  return series.map(({ length, time }) => `${length} units take ${time.toFixed(1)} ms`).join(", ");
}

interface Timed {
  readonly length: number;
  readonly time: number;
}

function timed(text: string, clock: Clock): Timed {
  return { length: text.length, time: clock(text) };
}

/** Whether the last takes far too long, or each takes more than twice the one of half its length, by far. */
function isSuspicious(series: readonly Timed[]): boolean {
  const last = series.at(-1);
  if (last === undefined || last.time < shortest) return false;
  const grows = series.slice(1).every((one, at) => growthBetween(series[at], one) > mostGrowth);
  return grows || isSlow(last.length, last.time);
}

/** How much more time twice the text takes. */
function growthBetween(half: Timed | undefined, whole: Timed): number {
  if (half === undefined) return 1;
  const lengths = whole.length / Math.max(1, half.length);
  return (2 * whole.time) / Math.max(half.time, shortest / 8) / lengths;
}

/** Whether the time, in milliseconds, is more than any text of that length (UTF-16 units) may take. */
export function isSlow(length: number, time: number): boolean {
  return time > slowest * Math.max(length, 2048);
}

/** The least of several times that `input` takes: the others were disturbed. */
export function leastOf(input: string, clock: Clock): number {
  let least = Number.POSITIVE_INFINITY;
  for (let left = repetitions; left > 0; left -= 1) least = Math.min(least, clock(input));
  return least;
}
