import type { Diagnostic } from "../model/report.js";
import type { ReadAssertion, ReadTrace } from "../model/trace.js";
import type { Line } from "../text/lines.js";
import type { SourceMap } from "./source-map.js";

/** What a reader of one tool's output found in one view. */
export interface Told {
  readonly traces: readonly ReadTrace[];
  /** Failed assertions that the tool reports and that belong to no trace of its own. */
  readonly assertions: readonly ReadAssertion[];
  readonly diagnostics: readonly Diagnostic[];
  /** The stretches of the view that are the tool's: no other reader looks at them. In order; whole lines. */
  readonly taken: readonly Line[];
}

/** The output of one tool that prints traces and is not gdb's command line. */
export interface Dialect {
  readonly name: ReadTrace["dialect"];
  /** Found in every view that holds one of its traces. Cheap: it is asked of every view. */
  readonly mark: RegExp;
  /** Reads its traces out of a cleaned view, in order; leaves everything else alone. Linear, never throws. */
  readonly read: (map: SourceMap) => Told;
}
