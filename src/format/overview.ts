import type { Finding, Report } from "../model/report.js";
import type { Trace } from "../model/trace.js";
import type { Entry } from "./entries.js";
import { Reach } from "./reach.js";

/** What is told of an entry depends on the others. */
export interface Overview {
  readonly reach: Reach;
  /** The entries below which the threads of their trace are told: the first of each. */
  readonly withThreads: ReadonlySet<Entry>;
  /** The number under which a finding is told. */
  readonly numbers: ReadonlyMap<Finding, number>;
}

/** @param all in the order in which they are told */
export function overviewOf(all: readonly Entry[], report: Report): Overview {
  const first = new Map<Trace, Entry>();
  for (const entry of all) if (entry.trace !== null && !first.has(entry.trace)) first.set(entry.trace, entry);
  return {
    reach: new Reach(report.paths),
    withThreads: new Set(first.values()),
    numbers: new Map(
      all.flatMap(({ finding }, index): [Finding, number][] =>
        finding === null ? [] : [[finding, index + 1]],
      ),
    ),
  };
}
