import type { Confidence, Evidence } from "../../model/report.js";
import type { ReadTrace } from "../../model/trace.js";
import type { Crash } from "../crash.js";
import type { Excerpt } from "../evidence.js";
import type { RoleReader } from "../roles.js";

/** A trace as a detector sees it. */
export interface DetectorScene {
  readonly trace: ReadTrace;
  /** The index of the trace in its document. */
  readonly index: number;
  /** The crash, or those that may be it; none for the stack of a process that only stopped. */
  readonly crashes: readonly Crash[];
  /** The roles of the pack `runtime`, which every pack may name. */
  readonly rolesOf: RoleReader;
  readonly excerpt: Excerpt;
}

/** Something that a detector found. It decides nothing: a pack makes a fact or a finding of it. */
export interface Detection {
  /** The index of the thread that it is about. */
  readonly thread: number;
  /** The indices of the frames that it rests on, innermost first; none where it is about a thread as a whole. */
  readonly frames: readonly number[];
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly confidence: Confidence;
  /** What the message of a rule may name, by placeholder: one text for each of the detector's `placeholders`. */
  readonly data: Readonly<Record<string, string>>;
}

/** Finds what the language of packs cannot say, because it takes computing: one file each in this folder. */
export interface Detector {
  /** The word by which packs name it. */
  readonly name: string;
  /** The placeholders that each of its detections fills. */
  readonly placeholders: readonly string[];
  /** Pure, linear in the trace; never throws. */
  readonly detect: (scene: DetectorScene) => readonly Detection[];
}
