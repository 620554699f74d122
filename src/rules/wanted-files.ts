import type { Document, Report } from "../model/report.js";
import type { Trace } from "../model/trace.js";
import { isC } from "../source/tree.js";

/** What is asked of a source tree at most: a trace may be made to name every file there is. */
const mostFrames = 2000;
const mostFiles = 200;

/**
 * The C files, as gdb printed their paths, that could tell more about a report: those of all frames with a line in the traces
 * where an assertion failed or where a rule spoke that says more than what crashed (any but `crash/…`). In the order of the
 * text, each once, of the first 2,000 such frames at most 200.
 */
export function wantedFiles({ documents }: Pick<Report, "documents">): string[] {
  const files = new Set<string>();
  let frames = 0;
  for (const location of documents.flatMap(tracesThatMatter).flatMap(locationsIn)) {
    if (++frames > mostFrames || files.size === mostFiles) break;
    if (location.line !== null && isC(location.file)) files.add(location.file);
  }
  return [...files];
}

function tracesThatMatter({ traces, findings }: Document): Trace[] {
  const spokenOf = new Set(
    findings
      .filter(({ rule }) => !rule.startsWith("crash/"))
      .flatMap(({ trace, alsoIn }) => (trace === null ? alsoIn : [trace, ...alsoIn])),
  );
  return traces.filter((trace, index) => trace.assertion !== null || spokenOf.has(index));
}

function locationsIn({ threads }: Trace) {
  return threads.flatMap(({ frames }) =>
    frames.flatMap(({ location }) => (location === null ? [] : [location])),
  );
}
