import { z } from "zod";
import type { Document } from "../../src/index.js";
import { type Check, check, countedTraces, type framesOf, type Label, threadsOf } from "./label.js";

const level = z.int().nonnegative();

/** A label that knows what a stack of QEMU means: who holds the transaction, and which frames look at a view inside it. */
export const judgedSchema = z.object({
  file: z.string(),
  /** Those of the crashed thread. */
  frames: level,
  functions: z.array(z.string()),
  assertion: z.string().nullable(),
  verdict: z.enum(["offending", "foreign", "safe-commit", "safe", "undecided"]),
  touches_flatview_frames: z.array(level),
  /** Outermost first. It may begin at a caller that the text does not show. */
  offending_path: z.array(z.string()).nullable(),
  blame: z.string().nullable(),
  site: z.string().nullable(),
  thread_role: z.string(),
});

type Judged = z.infer<typeof judgedSchema>;

export function labelOfJudged(label: Judged): Label {
  return {
    file: label.file,
    traits: [label.verdict, label.thread_role],
    ambiguous: false,
    holdsNone: label.frames === 0,
    lookalikes: 0,
    counts: (document) => countsOf(document, label),
    fields: (document) => fieldsOf(document, label),
  };
}

/** Such a text is one trace; of its threads it is the crashed one whose frames are known. */
function countsOf(document: Document, { frames }: Judged): Check[] {
  const traces = countedTraces(document);
  return [check("traces", traces.length, 1), check("frames", crashedFrames(document).length, frames)];
}

function crashedFrames(document: Document): ReturnType<typeof framesOf> {
  const threads = threadsOf(countedTraces(document));
  const crashed = threads.find((thread) => thread.crashed) ?? threads[0];
  return crashed?.frames ?? [];
}

function fieldsOf(document: Document, label: Judged): Check[] {
  const [finding] = document.findings.filter(({ verdict }) => verdict !== null);
  return [
    check("functions", crashedFrames(document).map(nameOf), label.functions),
    check("assertion", document.assertions[0]?.expression ?? null, label.assertion),
    check("verdict", finding?.verdict ?? verdictOfFrames(document), label.verdict),
    check("touching frames", touchingLevels(document), label.touches_flatview_frames),
    check("blame", finding?.blame?.function ?? null, label.blame),
    check("site", finding?.site?.function ?? null, label.site),
    ...pathOf(finding?.path ?? [], label),
  ];
}

function nameOf({ function: name }: { readonly function: string | null }): string {
  return name ?? "??";
}

/** What is harmless makes no finding: then the frames tell. */
function verdictOfFrames(document: Document): string {
  return classesOf(document).find(({ verdict }) => verdict !== null)?.verdict ?? "undecided";
}

function classesOf(document: Document) {
  const threads = threadsOf(countedTraces(document));
  return (threads.find((thread) => thread.crashed) ?? threads[0])?.classification ?? [];
}

function touchingLevels(document: Document): number[] {
  return classesOf(document)
    .filter(({ verdict }) => verdict !== null)
    .map((frame) => frame.level);
}

/** Compared from its first function that the report shows; equal neighbours count once. */
function pathOf(
  path: readonly { readonly function: string | null }[],
  { offending_path: whole }: Judged,
): Check[] {
  if (whole === null) return [];
  const names = path.map(nameOf);
  const folded = whole.filter((name, at) => name !== whole[at - 1]);
  return [check("path", names, folded.slice(Math.max(0, folded.indexOf(names[0] ?? ""))))];
}
