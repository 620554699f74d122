import type { Confidence, Evidence } from "../model/report.js";
import { confidences } from "../model/scales.js";
import type { CompiledPack } from "./compile.js";
import type { Test, Witness } from "./condition.js";
import { distinct, frameEvidence, type Place } from "./evidence.js";
import { fill } from "./message.js";
import type { ThreadStack } from "./stack.js";

/** Why something holds at a frame. */
export interface Reasons {
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
}

/** What reasons are taken from. */
interface Known {
  readonly pack: Pick<CompiledPack, "sourceRoles">;
  readonly stack: ThreadStack;
  readonly proofs: ReadonlyMap<string, Reasons>;
}

/** The less sure of several. */
export function leastSure(several: readonly Confidence[]): Confidence {
  return confidences[Math.max(0, ...several.map((one) => confidences.indexOf(one)))] ?? "possible";
}

/** The chain of reasoning behind a test that holds at the frame `index`, from the facts and frames that it rests on. */
export function reasonsFor(test: Test, index: number, judgement: Known, place: Place): Reasons {
  const reasons = test
    .witnesses(judgement.stack, index)
    .map((witness) => reasonsOf(witness, judgement, place));
  return combined(reasons);
}

/** The reasons for the value that a state has at the frame `index`. */
export function reasonsForState(state: string, index: number, judgement: Known, place: Place): Reasons {
  const { stack } = judgement;
  const clause = stack.decidedBy(index, state);
  if (clause === null || clause.test === null) return { evidence: [], confidence: "certain" };
  const witnesses = clause.test.witnesses(stack, index);
  const said = clause.because === null ? [] : spoken(witnesses, clause.because, judgement, place);
  const deeper = combined(witnesses.map((witness) => reasonsOf(witness, judgement, place)));
  return {
    evidence: distinct([...deeper.evidence, ...said]),
    confidence: leastSure([clause.confidence, deeper.confidence]),
  };
}

/** A clause's own words, at the frame of which it speaks: the first that it names. Others are where that one stands. */
function spoken(witnesses: readonly Witness[], because: string, { stack }: Known, place: Place): Evidence[] {
  const named = witnesses.find(({ kind }) => kind === "frame");
  const frame = named?.kind === "frame" ? stack.frames[named.index] : undefined;
  return frame === undefined
    ? []
    : [frameEvidence(frame, "for", fill(because, { frame: frame.function ?? "??" }), place)];
}

function reasonsOf(witness: Witness, judgement: Known, place: Place): Reasons {
  if (witness.kind === "fact") return judgement.proofs.get(witness.fact) ?? nothing;
  if (witness.kind === "state") return reasonsForState(witness.state, witness.index, judgement, place);
  const { pack, stack } = judgement;
  return pack.sourceRoles.reasons(stack.frames, witness.index, witness.roles, place);
}

const nothing: Reasons = { evidence: [], confidence: "certain" };

function combined(several: readonly Reasons[]): Reasons {
  return {
    evidence: distinct(several.flatMap(({ evidence }) => evidence)),
    confidence: leastSure(several.map(({ confidence }) => confidence)),
  };
}
