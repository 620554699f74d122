import type { Frame, ReadThread, Variable } from "../../model/trace.js";
import type { Crash } from "../crash.js";
import { DyingStack } from "../dying-stack.js";
import type { Place } from "../evidence.js";
import { raise, stringFunction } from "../runtime-roles.js";
import type { DetectorScene } from "./detector.js";
import { type Fault, faultOf } from "./fault-address.js";
import { addressIn } from "./pointer.js";

/** A crash by an access to memory (or a jump) that could not be made, and the frames in which it happened. */
export interface DeadlyAccess {
  readonly crash: Crash;
  readonly thread: ReadThread;
  readonly frames: readonly Frame[];
  /** The index of the frame that made the access. */
  readonly origin: number;
  /** The index of the innermost frame that is not machinery. */
  readonly crashFrame: number;
  /** Where values may be that the access was made with: the origin, functions that only work on what they are given, the crash frame. */
  readonly suspects: readonly number[];
  /** Nothing but functions that work on the memory they are given stand between the crash frame and the access. */
  readonly throughStrings: boolean;
  /** The origin is where no code is: the crash frame, its caller, called there. */
  readonly nullCall: boolean;
  /** Where the thread went on, if that is no known function. */
  readonly jumpedTo: bigint | null;
  readonly fault: Fault;
  /** What somebody printed at the same stop. */
  readonly prints: readonly Variable[];
  readonly place: Place;
}

/** What the kernel sends for an access that cannot be made; Apple's has its own name for it. */
const accessSignals: readonly string[] = ["SIGSEGV", "SIGBUS", "EXC_BAD_ACCESS"];

/** The crashes of a trace that are such, less those for which the signal was sent by a program. Never throws. */
export function deadlyAccesses(scene: DetectorScene): DeadlyAccess[] {
  return scene.crashes.flatMap((crash) => accessOf(scene, crash) ?? []);
}

function accessOf(scene: DetectorScene, crash: Crash): DeadlyAccess | null {
  const thread = scene.trace.threads[crash.thread];
  if (thread === undefined || crash.kind !== "signal" || crash.frame === null) return null;
  if (crash.signal !== null && !accessSignals.includes(crash.signal.name)) return null;
  const { frames } = thread;
  const stack = new DyingStack(
    frames,
    frames.map((frame) => scene.rolesOf(frame)),
  );
  const nullCall = stack.showsNullCall && crash.frame > stack.origin;
  if (crash.signal === null && !nullCall) return null;
  const inner = indicesBetween(stack.origin, crash.frame);
  const fault = faultOf(scene, thread);
  if (fault.sent || inner.some((index) => stack.has(index, raise))) return null;
  const suspects = inner.filter((index) => index === stack.origin || stack.has(index, stringFunction));
  const first = frames[stack.origin];
  return {
    crash,
    thread,
    frames,
    origin: stack.origin,
    crashFrame: crash.frame,
    suspects: [...suspects, crash.frame],
    throughStrings: inner.every((index) => stack.has(index, stringFunction)),
    nullCall,
    jumpedTo: first?.function === null && first.library === null ? addressIn(first.address ?? "") : null,
    fault,
    prints: scene.trace.prints,
    place: { trace: scene.index, thread: thread.index, excerpt: scene.excerpt },
  };
}

function indicesBetween(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
}
