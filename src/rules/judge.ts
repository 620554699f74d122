import type { Frame, FrameClass } from "../model/trace.js";
import type { CompiledPack } from "./compile.js";
import type { Conditions } from "./conditions.js";
import type { Place } from "./evidence.js";
import { factsOfThread, type Proof, prove, type Told } from "./proof.js";
import type { RoleReader } from "./roles.js";
import { rolesOfFrames, ThreadStack } from "./stack.js";

/** What one pack says of one thread. */
export interface Judgement {
  readonly pack: CompiledPack;
  /** A frame or a fact is one of those that the pack speaks of: it says nothing of the states of other threads. */
  readonly concerned: boolean;
  readonly stack: ThreadStack;
  readonly proofs: ReadonlyMap<string, Proof>;
  /** The index of the frame that crashed, or of the innermost one. */
  readonly crash: number;
  /** For every frame, innermost first; none where the thread does not concern the pack. */
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
  conditions: Conditions,
  base: RoleReader,
  place: Place,
): Judgement {
  const { roles, shows } = rolesOfFrames(frames, pack, base);
  const known = factsOfThread(pack, told, place);
  const byFrames = new ThreadStack(frames, roles, new Set(known.keys()));
  if (shows || pack.asksRuntime) byFrames.decide(pack.states);
  const proofs = prove({ pack, stack: byFrames, crash, proofs: known }, told, conditions, place);
  const concerned = shows || pack.asksRuntime || proofs.size > known.size;
  const stack =
    proofs.size === known.size ? byFrames : new ThreadStack(frames, roles, new Set(proofs.keys()));
  if (concerned && stack !== byFrames) stack.decide(pack.states);
  return { pack, concerned, stack, proofs, crash, verdicts: concerned ? verdictsOf(pack, stack) : [] };
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
  const concerned = judgements.filter((judgement) => judgement.concerned);
  return frames.map(({ level }, index) => ({
    level,
    roles: rolesOf(judgements, index),
    states: statesOf(concerned, index),
    verdict:
      concerned.map(({ verdicts }) => verdicts[index] ?? null).find((verdict) => verdict !== null) ?? null,
  }));
}

/** Most packs know nothing of a frame but what every pack knows: that is one list, and not copied. */
function rolesOf(judgements: readonly Judgement[], index: number): string[] {
  const lists = new Set(judgements.map(({ stack }) => stack.roles[index] ?? []));
  return [...new Set(Array.from(lists).flat())];
}

function statesOf(concerned: readonly Judgement[], index: number): Record<string, string> {
  const states: Record<string, string> = {};
  for (const { pack, stack } of concerned)
    for (const { name } of pack.states) states[name] = stack.stateAt(index, name) ?? "unknown";
  return states;
}
