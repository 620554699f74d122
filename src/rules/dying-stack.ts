import type { Frame } from "../model/trace.js";
import { isRoutineSignal, signalName } from "../text/signals.js";
import { abort, deadly, delivery, machinery, raise, reporter, thrower } from "./runtime-roles.js";

/** The names under which handlers and `raise` take the number of a signal. */
const signalArgument = /^_*(?:s|n?sig(?:no|num|nal|nr|_?num|_?number|_?no|nalnumber|nal_?num)?)$/i;

/** No code is there: an address in the first page is that of a call through a null pointer. */
const nullPage = /^0x0*[0-9a-f]{0,3}$/;

/** One thread's frames as somebody sees them who looks for a crash. Indices are those of the frames. */
export class DyingStack {
  private readonly inside: readonly boolean[];
  /** Where the machinery ends that begins at the innermost frame. */
  private readonly innerEnd: number;
  /** Where a signal arrived that its handler was called for in earnest; -1 for nowhere. */
  private readonly arrival: number;

  constructor(
    readonly frames: readonly Frame[],
    private readonly roles: readonly (readonly string[])[],
  ) {
    this.inside = this.insideMachinery();
    this.innerEnd = this.machineryEnd(0);
    this.arrival = frames.findLastIndex((_, index) => this.has(index, delivery) && !this.isRoutine(index));
  }

  has(index: number, role: string): boolean {
    return this.roles[index]?.includes(role) ?? false;
  }

  /** A signal was delivered that is no everyday matter, or may be none. */
  get showsDelivery(): boolean {
    return this.arrival !== -1;
  }

  /** The thread called what is no code, and its caller is known. */
  get showsNullCall(): boolean {
    return this.isNullCall(this.origin) && this.frames.some(({ function: name }) => name !== null);
  }

  /** Whether a frame with this role is among the machinery of the death, before or behind a handler. */
  shows(role: string): boolean {
    const origin = this.arrival + 1;
    return (
      this.showsBetween(role, 0, this.innerEnd) || this.showsBetween(role, origin, this.machineryEnd(origin))
    );
  }

  /** Whether a frame with this role is among what `abort` called. */
  isAbortIn(role: string): boolean {
    const called = this.frames.findIndex((_, index) => this.has(index, abort));
    return this.showsBetween(role, 0, Math.min(called, this.innerEnd));
  }

  /**
   * The crash frame: the innermost that is not machinery. Where a signal was delivered, its handler is machinery of the
   * crash as well, unless an assertion failed in the handler itself. Null where all frames are machinery.
   */
  get crashFrame(): number | null {
    const { origin } = this;
    const start = this.isNullCall(origin) ? origin + 1 : origin;
    const end = this.frames.findIndex((_, index) => index >= start && !this.isInside(index));
    if (end !== -1) return end;
    return start === origin ? null : origin;
  }

  /** The innermost frames are missing, and nothing of the rest tells where a signal arrived. */
  get beginsLate(): boolean {
    return this.arrival === -1 && (this.frames[0]?.level ?? 0) > 0 && !this.isInside(0);
  }

  /** The signal that an argument of `raise` or the like gives, else that of the handler. */
  get signal(): string | null {
    const origin = this.arrival + 1;
    return (
      this.raisedBetween(0, this.innerEnd) ??
      (origin === 0 ? null : this.handled(this.arrival)) ??
      this.raisedBetween(origin, this.machineryEnd(origin))
    );
  }

  /** The index of the frame in which it happened: the innermost, or that which the signal interrupted. */
  get origin(): number {
    return this.showsBetween(reporter, 0, this.innerEnd) ? 0 : this.arrival + 1;
  }

  private isInside(index: number): boolean {
    return this.inside[index] === true;
  }

  /** Only the innermost frame can be one, or that which a signal interrupted: a null return address is no call. */
  private isNullCall(index: number): boolean {
    const frame = this.frames[index];
    if (index === 0 && frame?.level !== 0) return false;
    if (frame === undefined || frame.function !== null || frame.library !== null) return false;
    return frame.kind === "normal" && nullPage.test(frame.address ?? "");
  }

  private showsBetween(role: string, start: number, end: number): boolean {
    return this.roles.some((names, index) => index >= start && index < end && names.includes(role));
  }

  /** Where the machinery ends that begins at an index; a delivered signal ends it. */
  private machineryEnd(start: number): number {
    const end = this.frames.findIndex(
      (_, index) => index >= start && (!this.isInside(index) || this.has(index, delivery)),
    );
    return end === -1 ? this.frames.length : end;
  }

  /**
   * Machinery, and functions without a name that it called on its way to the end: `?? ()` between `abort` and
   * `std::terminate`.
   */
  private insideMachinery(): boolean[] {
    const inside = this.roles.map((names) => names.includes(machinery));
    let dying = false;
    for (let index = inside.length - 1; index >= 0; index--) {
      const frame = this.frames[index];
      if (frame?.function !== null || frame.kind !== "normal")
        dying = deadly.some((role) => this.has(index, role));
      else if (dying) inside[index] = true;
    }
    for (const index of this.helpersOfThrow()) inside[index] = true;
    return inside;
  }

  /**
   * Functions without a name right outside one that throws, in the same library, throw for their caller: libstdc++ hides
   * parts of its `std::__throw_out_of_range_fmt` and `operator new`.
   */
  private helpersOfThrow(): number[] {
    const helpers: number[] = [];
    let library: string | null = null;
    for (const [index, frame] of this.frames.entries()) {
      if (this.has(index, thrower)) library = frame.library;
      else if (frame.function !== null || frame.library !== library) library = null;
      else if (library !== null) helpers.push(index);
    }
    return helpers;
  }

  /** Whether the handler was called for a signal that programs send on purpose: what happens in it is its own fault. */
  private isRoutine(arrival: number): boolean {
    const name = this.handled(arrival);
    return name !== null && isRoutineSignal(name);
  }

  /** The signal that the handler was called for: its first argument, or that of the frames of the C library around it. */
  private handled(arrival: number): string | null {
    for (let index = arrival - 1; index >= 0; index--) {
      const name = this.signalGivenTo(index);
      if (name !== null || !this.isInside(index)) return name;
    }
    return null;
  }

  private raisedBetween(start: number, end: number): string | null {
    for (let index = start; index < end; index++) {
      const name = this.has(index, raise) ? this.signalGivenTo(index) : null;
      if (name !== null) return name;
    }
    return null;
  }

  private signalGivenTo(index: number): string | null {
    const argument = this.frames[index]?.arguments.find(({ name }) => signalArgument.test(name ?? ""));
    return signalName(argument?.value ?? "") ?? signalName(argument?.entryValue ?? "");
  }
}
