import type { Candidate, Document, Evidence, Finding } from "../model/report.js";
import type { Thread } from "../model/trace.js";
import { evidenceText } from "./evidence.js";
import type { Palette } from "./palette.js";
import { heldLines } from "./path.js";
import { threadName } from "./threads.js";

/** Stacks of other threads that are shown. */
const mostStacks = 3;

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Those who are told in a section of their own: where nobody is known to hold it, or there are several. */
function toldOf({ holder, candidates }: Finding): readonly Candidate[] {
  return holder === null || candidates.length > 1 ? candidates : [];
}

/** Everybody who may hold the state, the likeliest first. */
export function candidateSection(finding: Finding, document: Document, columns: number): Section {
  const told = toldOf(finding);
  const one = finding.holder === null ? "Who may hold it" : "Who holds it, or may";
  return {
    heading: told.length > 1 ? `${one}, likeliest first` : one,
    lines: told.flatMap((candidate, index) => {
      const label = candidate.known ? " holds it: " : " ";
      return evidenceText(`  ${index + 1}.${label}`, candidate.evidence, document, columns);
    }),
  };
}

/** The evidence that no section about holders tells. */
export function otherEvidence(finding: Finding): Evidence[] {
  const told = new Set(toldOf(finding).map(({ evidence }) => keyOf(evidence)));
  return finding.evidence.filter((evidence) => !told.has(keyOf(evidence)));
}

function keyOf({ trace, thread, level, message }: Evidence): string {
  return JSON.stringify([trace, thread, level, message]);
}

/** The stacks of other threads that hold the state of a finding, or may, up to the frame that does. */
export function holderStacks(finding: Finding, document: Document, palette: Palette): Section[] {
  const seen = new Set<string>();
  const others = finding.candidates.filter(({ trace, thread }) => {
    const key = `${trace} ${thread}`;
    const isOther = (trace !== finding.trace || thread !== finding.thread) && !seen.has(key);
    seen.add(key);
    return isOther;
  });
  return others.slice(0, mostStacks).flatMap((candidate) => {
    const thread = document.traces[candidate.trace]?.threads[candidate.thread];
    return thread === undefined ? [] : [stackOf(thread, candidate, palette)];
  });
}

function stackOf(thread: Thread, { level, known }: Candidate, palette: Palette): Section {
  return {
    heading: `Stack of ${threadName(thread)}, which ${known ? "holds it" : "may hold it"}, innermost first`,
    lines: heldLines(thread, level, known ? "holds it" : "candidate", palette),
  };
}
