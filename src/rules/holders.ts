import type { Candidate } from "../model/report.js";
import type { CompiledHolder, CompiledRule } from "./compile.js";
import { frameEvidence, type Place } from "./evidence.js";
import { fill } from "./message.js";
import type { Scene } from "./scene.js";
import type { Met } from "./siblings.js";

/** Somebody who holds a state, or may. */
export interface Holding extends Candidate {
  /** The index of the frame where it is one of the finding's own thread. */
  readonly own: number | null;
}

/** More are not told. */
const mostHoldings = 8;

/** Everybody whom a rule names as holder or candidate, the likeliest first: who is known to hold it, then in the rule's order. */
export function holdingsOf({ holders }: CompiledRule, scene: Scene): Holding[] {
  const found = holders.flatMap((holder) => metBy(holder, scene).map((met) => holdingOf(holder, met, scene)));
  const held = found.filter((holding) => holding !== null);
  return [...held.filter(({ known }) => known), ...held.filter(({ known }) => !known)].slice(0, mostHoldings);
}

function metBy({ in: where, test }: CompiledHolder, { judgement, siblings, thread }: Scene): readonly Met[] {
  if (where === "own-thread") {
    const index = test.holds(judgement.stack).lastIndexOf(1);
    return index === -1 ? [] : [{ thread, index }];
  }
  const others = where === "coroutines" ? siblings.coroutinesMeeting(test) : siblings.threadsMeeting(test);
  return others.filter((met) => met.thread !== thread);
}

function holdingOf(
  { message, known }: CompiledHolder,
  { thread, index }: Met,
  { place, thread: own }: Scene,
): Holding | null {
  const frame = thread.frames[index];
  if (frame === undefined || place.trace === null) return null;
  const there: Place = { ...place, thread: thread.index };
  const said = fill(message, { frame: frame.function ?? "??" });
  const evidence = frameEvidence(frame, known ? "for" : "open", said, there);
  const isOwn = thread === own;
  return {
    trace: place.trace,
    thread: thread.index,
    level: frame.level,
    function: frame.function,
    known,
    evidence: isOwn ? evidence : { ...evidence, kind: "thread" },
    own: isOwn ? index : null,
  };
}
