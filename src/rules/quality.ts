import type { Frame, Quality, ReadThread, ReadTrace } from "../model/trace.js";
import { canonicalName } from "../text/names.js";
import type { Crash } from "./crash.js";
import type { RoleReader } from "./roles.js";
import { deadly, machinery, threadStart } from "./runtime-roles.js";

type Reason = Quality["reasons"][number];

/** How much the functions count, from that of the crash outwards: near it a missing one hurts most. */
const weights = [4, 3, 2, 1, 1] as const;
/** What is known of one of them: its line, its name alone, nothing. */
const grades = { line: 2, name: 1, nothing: 0 } as const;
const best = grades.line * weights.reduce((sum, weight) => sum + weight, 0);

/** These print arguments where they know them. */
const withArguments: readonly string[] = ["gdb", "gdb-mi", "lldb"];

/**
 * How much can be told from a trace, and what keeps it from being more. It is measured on the thread that crashed, else on
 * the first, from the crash frame outwards and without machinery. `full`: five functions (or all up to `main` or the
 * thread's start) with their lines, nothing missing and nothing odd further out. `usable`: at least half of that, counting a
 * name without a line for half and the innermost most. `poor`: something. `useless`: none of them has a name. What a
 * text lacks never makes it better.
 */
export function qualityOf(trace: ReadTrace, crash: Crash | null, rolesOf: RoleReader): Quality {
  const thread = trace.threads[crash?.thread ?? 0];
  if (thread === undefined || thread.frames.length === 0)
    return { rating: "useless", reasons: [reason("no-frames", "The trace has no frames.")] };
  const stretch = new Stretch(thread, crash?.frame ?? 0, rolesOf);
  const reasons = [
    ...untold(trace, crash),
    ...stretch.missingNames(),
    ...stretch.missingLines(),
    ...(withArguments.includes(trace.dialect) ? stretch.missingArguments() : []),
    ...stretch.damage(),
    ...stretch.missingFrames(),
  ];
  const rating = ratingOf(stretch.score, reasons.length > 0);
  return { rating, reasons: rating === "full" ? [] : reasons };
}

function ratingOf(score: number, isFlawed: boolean): Quality["rating"] {
  if (score === 0) return "useless";
  if (score * 2 < best) return "poor";
  return score < best || isFlawed ? "usable" : "full";
}

function reason(code: string, message: string): Reason {
  return { code, message };
}

function untold(trace: ReadTrace, crash: Crash | null): Reason[] {
  const threads = trace.threads.filter(({ coroutine }) => coroutine === null).length;
  if (crash !== null || threads < 2) return [];
  return [reason("no-crash-thread", `Nothing tells which of the ${threads} threads crashed.`)];
}

/** The frames of a thread from the crash frame outwards. */
class Stretch {
  /** By their levels, for a frame filter prints them in another order; what stands beyond the start of the thread is none. */
  private readonly frames: readonly Frame[];
  /** Those of the program. */
  private readonly own: readonly Frame[];
  /** The thread is shown down to where it begins. */
  private readonly isComplete: boolean;
  /** How many frames are missing behind a level. */
  private readonly gaps: ReadonlyMap<number, number>;
  private readonly first: number;
  /** How many frames are missing before the crash frame: one of them may be it. */
  private readonly before: number;

  constructor(
    private readonly thread: ReadThread,
    start: number,
    rolesOf: RoleReader,
  ) {
    const crash = thread.frames[start]?.level ?? 0;
    const all = thread.frames.toSorted((one, other) => one.level - other.level);
    const outwards = all.filter(({ level }) => level >= crash);
    const end = outwards.findIndex((frame) => isMain(frame) || rolesOf(frame).includes(threadStart));
    this.isComplete = end !== -1;
    this.frames = this.isComplete ? outwards.slice(0, end + 1) : outwards;
    this.own = this.frames.filter((frame) => isOwn(frame, rolesOf));
    this.gaps = gapsIn(all);
    this.first = all[0]?.level ?? 0;
    const shown = new Set(all.map(({ level }) => level).filter((level) => level < crash)).size;
    const isDying = all.slice(0, 1).some((frame) => rolesOf(frame).some((role) => deadly.includes(role)));
    this.before = crash - shown - (isDying ? this.first : 0);
  }

  /** What is known of the first functions; those that a gap hides count as unknown. */
  get score(): number {
    const slots = unknown(this.before);
    const own = new Set(this.own);
    for (const frame of this.frames) {
      if (slots.length >= weights.length) break;
      if (own.has(frame)) slots.push(gradeOf(frame));
      slots.push(...unknown(this.gaps.get(frame.level) ?? 0));
    }
    const isNamed = this.own.some(({ function: name }) => name !== null);
    const beyond = this.isComplete && isNamed ? grades.line : grades.nothing;
    return weights.reduce((sum, weight, index) => sum + weight * (slots[index] ?? beyond), 0);
  }

  missingNames(): Reason[] {
    const missing = this.own.filter(({ function: name }) => name === null).length;
    return missing === 0
      ? []
      : [reason("missing-symbols", `${share(missing, this.own.length)} no known name.`)];
  }

  missingLines(): Reason[] {
    const near = this.own.slice(0, weights.length).filter(({ function: name }) => name !== null);
    const missing = near.filter((frame) => !hasLine(frame)).length;
    return missing === 0 ? [] : [reason("missing-lines", `${share(missing, near.length)} no line number.`)];
  }

  /** `...` stands for what the settings leave out; functions that take none are common, but not five in a row. */
  missingArguments(): Reason[] {
    const near = this.own.slice(0, weights.length).filter(hasLine);
    const items = near.flatMap((frame) => frame.arguments);
    const isMissing = items.length === 0 ? near.length === weights.length : items.every(isHidden);
    return isMissing && near.length > 0
      ? [reason("missing-arguments", "No function shows its arguments.")]
      : [];
  }

  damage(): Reason[] {
    const { end } = this.thread;
    const odd = this.frames.slice(1, -1).filter(isOdd).length;
    const said = end?.reason === "stopped" && !this.isComplete ? end.message : "";
    if (/corrupt stack|did not save the PC/.test(said))
      return [reason("corrupt-stack", `gdb found the stack corrupt behind frame #${this.last}.`)];
    if (odd > 0) return [reason("corrupt-stack", `${counted(odd, "frame")} of the stack cannot be code.`)];
    if (said !== "") return [reason("unwinding-stopped", `gdb could not go on behind frame #${this.last}.`)];
    return [];
  }

  missingFrames(): Reason[] {
    return [...this.startsLate(), ...this.hasGaps(), ...this.isCut()];
  }

  private get last(): number {
    return this.frames.at(-1)?.level ?? 0;
  }

  private startsLate(): Reason[] {
    return this.first === 0 ? [] : [reason("starts-late", `The trace begins at frame #${this.first}.`)];
  }

  private hasGaps(): Reason[] {
    const missing = [...this.gaps.values()].reduce((sum, length) => sum + length, 0);
    return missing === 0
      ? []
      : [reason("gap", `${counted(missing, "frame")} in the middle ${are(missing)} left out.`)];
  }

  private isCut(): Reason[] {
    const { end } = this.thread;
    if (end?.reason === "cut") return [reason("cut", `The text ends inside frame #${this.last}.`)];
    if (this.isComplete) return [];
    if (this.frames.length === 1) return [reason("one-frame", "Only one frame is shown.")];
    if (end?.reason === "more-frames")
      return [reason("cut", `More frames follow behind frame #${this.last}.`)];
    return [reason("ends-early", `The trace ends at frame #${this.last}, before the start of the thread.`)];
  }
}

function isOwn(frame: Frame, rolesOf: RoleReader): boolean {
  return frame.kind === "normal" && !rolesOf(frame).includes(machinery);
}

/** How many levels are missing behind each, where some are. */
function gapsIn(frames: readonly Frame[]): Map<number, number> {
  const gaps = new Map<number, number>();
  for (const [index, { level }] of frames.entries()) {
    const missing = (frames[index + 1]?.level ?? level) - level - 1;
    if (missing > 0) gaps.set(level, missing);
  }
  return gaps;
}

/** So many functions of which nothing is known, as far as they count. */
function unknown(count: number): number[] {
  return new Array<number>(Math.min(count, weights.length)).fill(grades.nothing);
}

function isHidden({ value }: Frame["arguments"][number]): boolean {
  return value === "...";
}

function gradeOf(frame: Frame): number {
  if (frame.function === null) return grades.nothing;
  return hasLine(frame) ? grades.line : grades.name;
}

function hasLine({ location }: Frame): boolean {
  return location !== null && location.line !== null;
}

function isMain({ function: name }: Frame): boolean {
  return /^(?:w?main|w?WinMain|MAIN__|main\.main|.*::main)$/.test(canonicalName(name ?? "").slice(-128));
}

/** A return address in the first page, or one that a string or a pattern filled. */
function isOdd({ function: name, address }: Frame): boolean {
  const digits = /^0x0*([0-9a-f]*)$/.exec(address ?? "")?.[1];
  if (name !== null || digits === undefined) return false;
  return digits.length <= 3 || /^(..)\1{3,}$/.test(digits);
}

function share(part: number, whole: number): string {
  if (whole === 1) return "The only function has";
  return part === whole
    ? `All ${whole} functions have`
    : `${part} of ${whole} functions ${part === 1 ? "has" : "have"}`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `One ${noun}` : `${count} ${noun}s`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}
