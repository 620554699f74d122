import { linesOf } from "../text/lines.js";

/** A stretch of whole lines of a text; offsets are UTF-16 units. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Everything in it is as gdb prints it: no obstacle has anything to do there. */
  readonly intact: boolean;
}

/** Shorter texts are looked at in one piece: what an obstacle learns from the whole is worth more than the time. */
const worthDividing = 32 * 1024;
/** A stretch has so many frames at least; short ones cost more to divide than they save. */
const fewestFrames = 16;
/** So many lines at either end of a stretch go to its neighbours, which may go on with a frame, or be margins of its text. */
const context = 3;

/** A whole frame on one line, its place at the end, or (where the next line is no part of it) without one. */
const frame = /^#\d{1,6} {1,2}[^\s&#`][!"$%'-;=>?-_a-~ <]*\)(?: at [\w./+-]+:\d+| from [\w./+-]+)?$/;
/** What else `thread apply all bt full` prints on lines of its own. */
const other =
  /^(?:|No locals\.|No symbol table info available\.|Thread \d+ \(Thread 0x[0-9a-f]+ \(LWP \d+\)\):|\(gdb\)(?: (?:bt|where|thread apply all bt)?(?: full)?)?|Program (?:received|terminated with) signal SIG[A-Z]+, [A-Z][a-z ]+\.| {8}[A-Za-z_]\w* = [!"$%'-;=>?-_a-~ <]*[\w"'>}])$/;
/** In a frame or a local: what some obstacle looks for. */
const suspicious =
  /\S {2}|[^@]entry=|=[,)]|=(?:3D|20$|09$)|[(,],| [,)]|\\[^\w"'\\]|\*\*|\]\(|<\/?(?:https?:|(?:br|p|pre|span|div|a|b|i|u|tt|em|code|strong|font|td|tr|li)[ >/])|@hidden|\[[\d;]*[mK]|\bat\b.*\bat\b|\t|-{2}/;

/**
 * Divides a long text into stretches that are as gdb prints them and the rest. Most of a log full of traces is intact, and
 * one look at a line is cheaper than that of every obstacle.
 */
export function partsOf(text: string): Part[] {
  if (text.length < worthDividing) return [{ start: 0, end: text.length, intact: false }];
  const divider = new Divider();
  for (const { start, end } of linesOf(text)) divider.line(text.slice(start, end), start);
  return divider.finish(text.length);
}

class Divider {
  private readonly parts: Part[] = [];
  /** Where the rest begins that is not divided yet. */
  private from = 0;
  /** The starts of the intact lines up to here. */
  private run: number[] = [];
  private frames = 0;

  line(line: string, start: number): void {
    const isFrame = frame.test(line);
    if ((isFrame || other.test(line)) && !suspicious.test(isFrame ? line.slice(3) : line.trimStart())) {
      this.run.push(start);
      if (isFrame) this.frames++;
    } else this.endRun();
  }

  finish(end: number): Part[] {
    this.endRun();
    if (this.from < end) this.parts.push({ start: this.from, end, intact: false });
    return this.parts;
  }

  private endRun(): void {
    const start = this.run[context];
    const end = this.run.at(-context);
    if (this.frames >= fewestFrames && start !== undefined && end !== undefined && start < end) {
      if (this.from < start) this.parts.push({ start: this.from, end: start, intact: false });
      this.parts.push({ start, end, intact: true });
      this.from = end;
    }
    this.run = [];
    this.frames = 0;
  }
}
