import type { Context } from "../model/trace.js";
import { contextText as inWords } from "../text/contexts.js";
import type { Judgement } from "./judge.js";

/**
 * What a pack's roles and facts say that a thread is and does, outermost first; what the session tells comes before, unless
 * frames show the same.
 */
export function contextsOf({ pack, stack, proofs }: Pick<Judgement, "pack" | "stack" | "proofs">): Context[] {
  const shown = pack.contexts
    .flatMap((context) => {
      const index = stack.indicesOf(context.name).at(-1);
      return index === undefined ? [] : [{ ...context, index }];
    })
    .sort((one, other) => other.index - one.index);
  const titles = new Set(shown.map(({ title }) => title));
  const told = pack.contexts.filter(({ name, title }) => proofs.has(name) && !titles.has(title));
  return [
    ...told.map((context) => ({ ...context, level: null })),
    ...shown.map(({ name, title, index }) => ({ name, title, level: stack.frames[index]?.level ?? null })),
  ];
}

/** Contexts as a message speaks of them: `the main loop, in a bottom half`. Null where nothing is known. */
export function contextText(contexts: readonly Context[]): string | null {
  return inWords(contexts.map(({ title }) => title)) || null;
}
