import type { Confidence, Evidence } from "../model/report.js";
import type { Holding } from "./holders.js";

/** What a rule found, before it is put into words. */
export interface Found {
  /** The index of the frame that the states of the finding are those of. */
  readonly at: number;
  /** Indices, innermost first. */
  readonly frames: readonly number[];
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  /** Who holds the state that the finding is about, or may; the likeliest first. */
  readonly holdings: readonly Holding[];
  /** Where the path begins, and what is said of that frame. */
  readonly start: { readonly index: number; readonly note: string } | null;
  /** The start is the outermost frame of the operation in progress: its caller did not do it. */
  readonly bounded: boolean;
  /** What a detector has to say, by placeholder. */
  readonly data: Readonly<Record<string, string>>;
}
