import type { Finding } from "../model/report.js";
import type { ReadAssertion, ReadThread } from "../model/trace.js";
import type { Crash } from "./crash.js";
import type { Place } from "./evidence.js";
import type { Judgement } from "./judge.js";
import type { Detections } from "./proof.js";
import type { Siblings } from "./siblings.js";

/** A finding before it is given its fingerprint, and before anybody asks whether it counts. */
export type RawFinding = Omit<Finding, "fingerprint" | "suppressed">;

/** One thread, what a pack says of it, and all else that a rule may look at. */
export interface Scene {
  readonly judgement: Judgement;
  readonly thread: ReadThread;
  readonly crash: Crash | null;
  readonly assertion: ReadAssertion | null;
  readonly place: Place;
  /** All threads of the trace, as the same pack judges them. */
  readonly siblings: Siblings;
  /** What the detectors found in the trace. */
  readonly detections: Detections;
  /** Whether the thread may be the one that the trace is about: the crashed one, or any where none crashed. */
  readonly suspect: boolean;
  /** The text of the thread is damaged: what it shows may not be all. */
  readonly damaged: boolean;
}
