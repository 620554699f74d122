import type { Reason, Reasoning } from "../../model/report.js";
import type { CompiledRule } from "../compile.js";
import { listOf } from "../condition.js";
import type { Found } from "../found.js";
import type { Scene } from "../scene.js";
import { type Account, accountOf, leaf, together } from "./account.js";
import { changesOf } from "./otherwise.js";

/** A report tells so many steps of one finding, each in so many UTF-16 units at the most. */
const mostReasons = 40;
const longestClaim = 600;

/** Why a rule speaks, from what it asks for down to the words of the input, and what would change that. Throws nothing. */
export function reasoningOf(rule: CompiledRule, scene: Scene, found: Found): Reasoning {
  return {
    because: reasonsOf(supportOf(rule, scene, found), 0).slice(0, mostReasons),
    changes: changesOf(rule, scene.judgement, found.at),
  };
}

/** What holds of that which the rule asks for; what it was told outright where it asks for no condition. */
function supportOf({ rule: { on } }: CompiledRule, { judgement, place }: Scene, { at, evidence }: Found) {
  const condition =
    "verdict" in on
      ? judgement.pack.pack.verdicts?.[on.verdict]?.when
      : "frames" in on
        ? on.frames
        : "fact" in on
          ? { fact: listOf(on.fact).filter((fact) => judgement.proofs.has(fact)) }
          : undefined;
  if (condition === undefined)
    return evidence
      .filter(({ weight }) => weight === "for")
      .map((one): Account => leaf(one.message, true, [one]));
  const account = accountOf(condition, judgement, at, place);
  return account.text === together ? account.parts : [account];
}

/** In the order in which a tree is drawn. What is denied needs no further reasons. */
function reasonsOf(accounts: readonly Account[], depth: number): Reason[] {
  return accounts
    .filter(({ holds }) => holds)
    .flatMap(({ text, parts, evidence }) => [
      { depth, claim: cut(text), span: parts.length > 0 ? null : (evidence[0]?.span ?? null) },
      ...reasonsOf(parts, depth + 1),
    ]);
}

/** Never between the halves of a pair. */
function cut(text: string): string {
  return text.length <= longestClaim
    ? text
    : `${text.slice(0, longestClaim).replace(/[\ud800-\udbff]$/, "")}…`;
}
