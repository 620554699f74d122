import type { Evidence } from "../../model/report.js";
import type { ReadThread, ReadTrace } from "../../model/trace.js";
import { type Place, wordsEvidence } from "../evidence.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";

/**
 * Tells the thread that began the process, where its outer frames are cut or have no names. In a core it is the one with the
 * lowest LWP of all that gdb met, in a running process gdb's thread 1 (seen with gdb 13 on Linux). Likely and no more: numbers
 * of processes wrap.
 */
export const mainThread: Detector = { name: "main-thread", placeholders: [], detect };

function detect({ trace, index, excerpt }: DetectorScene): readonly Detection[] {
  const lowest = lowestOfAll(trace);
  return trace.threads.flatMap((thread): Detection[] => {
    const place: Place = { trace: index, thread: thread.index, excerpt };
    const found = evidenceOf(thread, trace, lowest, place);
    if (found === null) return [];
    return [{ thread: thread.index, frames: [], evidence: [found], confidence: "likely", data: {} }];
  });
}

function evidenceOf(
  thread: ReadThread,
  { process }: ReadTrace,
  lowestShown: number | null,
  place: Place,
): Evidence | null {
  // A coroutine's stack is nobody's own.
  if (thread.coroutine !== null) return null;
  const { kind, threads, lowest } = process;
  if (kind === "running" && isFirst(thread)) {
    const message = "gdb's thread 1 of a running process is the one that began it";
    return wordsEvidence("thread", message, thread.span, place);
  }
  if (kind === "core" && lowest !== null && thread.lwp === lowest.lwp) {
    const message = `LWP ${lowest.lwp} is the lowest of the core's ${threads}: the thread that began the process`;
    return wordsEvidence("thread", message, lowest.span, place);
  }
  if (kind === "running" || lowest !== null) return null;
  if (lowestShown === null || thread.lwp !== lowestShown) return null;
  const message = `LWP ${thread.lwp} is the lowest of all threads: the one that began the process`;
  return wordsEvidence("thread", message, thread.span, place);
}

function isFirst({ number }: ReadThread): boolean {
  return number === "1" || number === "1.1";
}

/** The lowest LWP, where all threads of one process are shown: several, numbered without a gap. */
function lowestOfAll({ threads }: ReadTrace): number | null {
  const numbers = new Set(
    threads.flatMap(({ number, lwp }) => (number === null || lwp === null ? [] : [number])),
  );
  const complete = threads.length > 1 && threads.every((_, index) => numbers.has(String(index + 1)));
  if (!complete) return null;
  return threads.reduce((least, { lwp }) => Math.min(least, lwp ?? least), Number.POSITIVE_INFINITY);
}
