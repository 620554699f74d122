import type { Evidence } from "../../model/report.js";
import type { Frame, ReadThread } from "../../model/trace.js";
import { frameEvidence } from "../evidence.js";
import type { DetectorScene } from "./detector.js";
import type { Edge } from "./lock-graph.js";
import type { Owner } from "./lock-owners.js";
import { doingOf, type Lock, type Wait } from "./lock-waits.js";

/** How a message speaks of a thread: `Thread 3 (CPU 0/KVM)`. */
export function threadWords({ number, name, lwp, index }: ReadThread): string {
  const called = name === null ? "" : ` (${name})`;
  if (number !== null) return `Thread ${number}${called}`;
  return lwp === null ? `thread ${index + 1} of the text${called}` : `LWP ${lwp}${called}`;
}

/** How a message speaks of a lock: by its name, else by its address. */
export function lockWords({ symbol, address }: Lock): string {
  return symbol ?? `the lock at ${address}`;
}

/** `Thread 3 (CPU 0/KVM) waits for qemu_global_mutex, held by Thread 1`. */
export function edgeWords({ wait, to }: Edge, scene: DetectorScene): string {
  const holder = scene.trace.threads[to];
  const other = holder === undefined ? "a thread that is not shown" : threadWords(holder);
  const who = threadWords(wait.thread);
  if (wait.lock === null) return `${who} waits for the end of ${other}`;
  return `${who} waits for ${lockWords(wait.lock)}, held by ${other}`;
}

/** That a thread waits, shown by the frame that asked for the lock or, where that is not known, by the innermost one that takes it. */
export function waitEvidence(wait: Wait, scene: DetectorScene, about: number): Evidence[] {
  const { thread, caller, frames, lock } = wait;
  const frame = thread.frames[caller ?? frames[0]];
  if (frame === undefined) return [];
  const what =
    wait.kind === "thread"
      ? "the end of another thread"
      : lock === null
        ? "a lock that is not named"
        : lockWords(lock);
  const message = `${threadWords(thread)} waits for ${what} in ${frame.function ?? "??"}`;
  return [evidenceIn(frame, message, thread.index, scene, about)];
}

/** What a thread does that holds a lock: its innermost frame that is the program's own. */
export function doingEvidence(thread: ReadThread, scene: DetectorScene, about: number): Evidence[] {
  const frame = doingOf(thread, scene.rolesOf);
  if (frame === null) return [];
  return [
    evidenceIn(frame, `${threadWords(thread)} is in ${frame.function ?? "??"}`, thread.index, scene, about),
  ];
}

function evidenceIn(
  frame: Frame,
  message: string,
  thread: number,
  { index, excerpt }: DetectorScene,
  about: number,
): Evidence {
  const evidence = frameEvidence(frame, "for", message, { trace: index, thread, excerpt });
  return thread === about ? evidence : { ...evidence, kind: "thread" };
}

/** Who owns a lock, and how that is known. */
export function ownerEvidence(owner: Owner, lock: Lock, scene: DetectorScene): Evidence {
  const holder = owner.thread === null ? undefined : scene.trace.threads[owner.thread];
  const who = holder === undefined ? `LWP ${owner.lwp}, which is not shown` : threadWords(holder);
  const doubts = { printed: "", guarded: "", inferred: ", if that is this lock" };
  const message = `${lockWords(lock)} is held by ${who}: ${owner.evidence.message}${doubts[owner.how]}`;
  return { ...owner.evidence, message };
}
