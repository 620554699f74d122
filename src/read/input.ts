import type { Diagnostic, Source } from "../model/report.js";
import type { Window } from "../text/window.js";

/** What a reader makes of one artifact: the stretches of its text that may hold something, in their order. */
export interface Input {
  readonly source: Source;
  readonly windows: readonly Window[];
  /** What the reader itself has to say: undecodable bytes, lines too long to look at. */
  readonly diagnostics: readonly Diagnostic[];
}
