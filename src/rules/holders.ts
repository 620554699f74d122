import type { Holder } from "../model/report.js";
import type { CompiledRule } from "./compile.js";
import { frameEvidence } from "./evidence.js";
import type { Held } from "./found.js";
import { fill } from "./message.js";
import type { Scene } from "./scene.js";

/** The outermost frame of the finding's own thread that is known to hold the state. */
export function holderHere({ holderHere: test, rule }: CompiledRule, { judgement, place }: Scene) {
  const index = test?.holds(judgement.stack).lastIndexOf(1) ?? -1;
  const frame = judgement.stack.frames[index];
  if (frame === undefined || rule.holder === undefined || place.trace === null || place.thread === null)
    return null;
  const message = fill(rule.holder.message, { frame: frame.function ?? "??" });
  const holder: Holder = {
    trace: place.trace,
    thread: place.thread,
    level: frame.level,
    function: frame.function,
  };
  return { index, held: { holder, evidence: frameEvidence(frame, "for", message, place) } };
}

/** A frame of another thread that is known to hold it. */
export function holderElsewhere(
  { holderElsewhere: test, rule }: CompiledRule,
  { siblings, thread, place }: Scene,
): Held | null {
  if (test === null || rule.holder === undefined || place.trace === null) return null;
  const found = siblings.meeting(test).find((sibling) => sibling.thread !== thread);
  const frame = found?.thread.frames[found.index];
  if (found === undefined || frame === undefined) return null;
  const message = fill(rule.holder.message, { frame: frame.function ?? "??" });
  const there = { ...place, thread: found.thread.index };
  return {
    holder: { trace: place.trace, thread: found.thread.index, level: frame.level, function: frame.function },
    evidence: { ...frameEvidence(frame, "for", message, there), kind: "thread" },
  };
}

/** The outermost frame that may hold it. */
export function candidateOf({ candidate: test, rule }: CompiledRule, { judgement, place }: Scene) {
  const index = test?.holds(judgement.stack).lastIndexOf(1) ?? -1;
  const frame = judgement.stack.frames[index];
  if (frame === undefined || rule.candidate === undefined) return null;
  const message = fill(rule.candidate.message, { frame: frame.function ?? "??" });
  return { index, note: "candidate", evidence: frameEvidence(frame, "open", message, place) };
}
