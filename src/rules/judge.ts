import type { ConditionTypes } from "../facts/literal.js";
import type { Frame, FrameClass } from "../model/trace.js";
import type { CompiledPack } from "./compile.js";
import type { Place } from "./evidence.js";
import { detectedFacts, type Proof, prove, type Told } from "./proof.js";
import type { RoleReader } from "./roles.js";
import { rolesOfFrames, ThreadStack } from "./stack.js";

/** What one pack says of one thread. */
export interface Judgement {
  readonly pack: CompiledPack;
  readonly stack: ThreadStack;
  readonly proofs: ReadonlyMap<string, Proof>;
  /** The index of the frame that crashed, or of the innermost one. */
  readonly crash: number;
  /** For every frame, innermost first. */
  readonly verdicts: readonly (string | null)[];
}

/**
 * Judges the frames of one thread.
 * @param crash the index of the frame that crashed, or of the innermost one
 * @param base the roles that every pack knows
 */
export function judge(
  pack: CompiledPack,
  frames: readonly Frame[],
  crash: number,
  told: Told,
  types: ConditionTypes,
  base: RoleReader,
  place: Place,
): Judgement {
  const roles = rolesOfFrames(frames, pack, base);
  const known = detectedFacts(pack, told.detections, place);
  const byFrames = new ThreadStack(frames, roles, new Set(known.keys())).decide(pack.states);
  const proofs = prove({ pack, stack: byFrames, crash, proofs: known }, told, types, place);
  const stack =
    proofs.size === known.size
      ? byFrames
      : new ThreadStack(frames, roles, new Set(proofs.keys())).decide(pack.states);
  return { pack, stack, proofs, crash, verdicts: verdictsOf(pack, stack) };
}

function verdictsOf(pack: CompiledPack, stack: ThreadStack): (string | null)[] {
  const verdicts = new Array<string | null>(stack.length).fill(null);
  for (const { name, test } of pack.verdicts) {
    test.holds(stack).forEach((holds, index) => {
      if (holds === 1) verdicts[index] ??= name;
    });
  }
  return verdicts;
}

/** The classification of a thread's frames: what all packs say of each, in the packs' order. */
export function classify(frames: readonly Frame[], judgements: readonly Judgement[]): FrameClass[] {
  return frames.map(({ level }, index) => ({
    level,
    roles: [...new Set(judgements.flatMap(({ stack }) => stack.roles[index] ?? []))],
    states: Object.fromEntries(
      judgements.flatMap(({ pack, stack }) =>
        pack.states.map(({ name }) => [name, stack.stateAt(index, name) ?? "unknown"]),
      ),
    ),
    verdict:
      judgements.map(({ verdicts }) => verdicts[index] ?? null).find((verdict) => verdict !== null) ?? null,
  }));
}
