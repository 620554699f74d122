import type { Pack, Rule } from "../rules/language/pack.js";

/** A rule under the id that findings show. */
export interface RuleEntry {
  /** `PACK/RULE`. */
  readonly id: string;
  readonly name: string;
  readonly rule: Rule;
  readonly pack: Pack;
}

/** The rules of the packs, in their order. */
export function ruleBook(packs: readonly Pack[]): RuleEntry[] {
  return packs.flatMap((pack) =>
    Object.entries(pack.rules).map(([name, rule]) => ({
      id: `${pack.prefix ?? pack.pack}/${name}`,
      name,
      rule,
      pack,
    })),
  );
}

/** The rule of that id; the name alone does where no two packs share it. */
export function findRule(book: readonly RuleEntry[], word: string): RuleEntry | undefined {
  const named = book.filter(({ name }) => name === word);
  return book.find(({ id }) => id === word) ?? (named.length === 1 ? named[0] : undefined);
}
