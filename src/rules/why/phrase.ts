import type { Judgement } from "../judge.js";

/** How the pack speaks of a state's value, where that fits into a sentence; a sentence of its own does not. */
export function phraseOf(state: string, value: string, { pack }: Pick<Judgement, "pack">): string {
  const phrase = pack.states.find(({ name }) => name === state)?.phrases[value] ?? "";
  return /^[a-z]/.test(phrase) ? phrase : "";
}
