import type { Confidence, Evidence } from "../../model/report.js";
import type { Detection, DetectorScene } from "./detector.js";
import { type Cycle, type Edge, lockGraphOf } from "./lock-graph.js";
import { edgeWords, ownerEvidence, waitEvidence } from "./lock-words.js";

/** A trace tells of so many circles; a report with more helps nobody. */
const mostCycles = 32;
/** So many threads of one circle are told one by one. */
const mostEdges = 32;

/** What each deadlock fills in a message: the circle in words, its length, who waits behind it, what gdb can be asked. */
export const deadlockPlaceholders: readonly string[] = ["cycle", "count", "behind", "ask"];

/**
 * The circles of a trace that meet a test, one detection for each, of the thread that comes first in the text. Certain where
 * each lock says itself who owns it; likely where guards on the stacks say so, or one owner is inferred; nothing where more
 * are. Beside a crash only what is certain is told: the crash may be why nobody goes on. Linear; throws nothing.
 */
export function deadlocksOf(scene: DetectorScene, isMeant: (cycle: Cycle) => boolean): Detection[] {
  const told: Told[] = [];
  for (const cycle of lockGraphOf(scene).cycles) {
    const confidence = isMeant(cycle) ? confidenceIn(cycle.edges) : null;
    if (confidence === null || (scene.crashes.length > 0 && confidence !== "certain")) continue;
    if (told.length < mostCycles) told.push({ cycle, confidence });
  }
  return told.flatMap((one) => deadlockOf(one, scene));
}

interface Told {
  readonly cycle: Cycle;
  readonly confidence: Confidence;
}

function deadlockOf({ cycle: { edges, behind }, confidence }: Told, scene: DetectorScene): Detection[] {
  const [first] = edges;
  const about = first.wait.thread.index;
  const told = edges.slice(0, mostEdges);
  const [one, ...others] = told.flatMap((edge) => evidenceFor(edge, scene, about));
  if (one === undefined) return [];
  const open = edges.find(({ owner }) => owner !== null && owner.how !== "printed");
  const cycle = [
    ...told.map((edge) => edgeWords(edge, scene)),
    ...(told.length < edges.length ? [`… ${edges.length - told.length} more …`] : []),
  ].join("; ");
  return [
    {
      thread: about,
      frames: first.wait.frames,
      evidence: [one, ...others],
      confidence,
      data: {
        cycle,
        count: `${edges.length}`,
        behind: behindWords(behind),
        ask: open?.wait.lock?.ask ?? "",
      },
    },
  ];
}

function confidenceIn(edges: readonly Edge[]): Confidence | null {
  const isOf = (how: string) => (edge: Edge) => edge.owner?.how === how;
  const inferred = edges.filter(isOf("inferred")).length;
  if (inferred > 1) return null;
  return inferred === 0 && !edges.some(isOf("guarded")) ? "certain" : "likely";
}

function evidenceFor(edge: Edge, scene: DetectorScene, about: number): Evidence[] {
  const { wait, owner } = edge;
  const waiting = waitEvidence(wait, scene, about);
  return owner === null || wait.lock === null
    ? waiting
    : [...waiting, ownerEvidence(owner, wait.lock, scene)];
}

function behindWords(behind: number): string {
  if (behind === 0) return "";
  return behind === 1 ? "; one more thread waits behind them" : `; ${behind} more threads wait behind them`;
}
