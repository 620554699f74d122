import type { Evidence } from "../../model/report.js";
import type { CompiledClause } from "../compile.js";
import { compileCondition } from "../condition.js";
import { frameEvidence, type Place } from "../evidence.js";
import type { Judgement } from "../judge.js";
import type { Clause, Pack } from "../language/pack.js";
import type { Condition } from "../language/when.js";
import { fill } from "../message.js";
import { type Conjunct, conditionOf, conjunctsOf } from "./conjuncts.js";
import { frameName } from "./frame-name.js";
import { nearestFrame } from "./nearest-frame.js";
import { phraseOf } from "./phrase.js";
import { factText, listed, proofTexts, requirementText, roleText } from "./requirement.js";

/** Why a condition holds at a frame or does not: the same of each of its parts. */
export interface Account {
  /** One line, with text of the input as it is. */
  readonly text: string;
  readonly holds: boolean;
  readonly parts: readonly Account[];
  readonly evidence: readonly Evidence[];
  /** Where it does not hold: what would make it hold, in a few words each. */
  readonly would: readonly string[];
}

/** No account has more parts, and none is deeper: what is left out is said in one line. */
const mostParts = 120;
const deepest = 12;
/** So many clauses that could have given another value are told. */
const mostClauses = 3;
/** So many alternatives of which none holds are told. */
const mostAlternatives = 8;
/** So many kinds of proof are told of what nothing proves. */
const mostProofs = 3;

/** The heading of parts that must all hold. */
export const together = "all of these";

/**
 * Accounts for a condition at the frame `index` of a judged thread, innermost first. The tree is bounded, the time is linear in
 * the frames. Throws nothing; at a frame that is not there nothing holds but what is denied.
 */
export function accountOf(condition: Condition, judgement: Judgement, index: number, place: Place): Account {
  return new Accountant(judgement, place).whole(condition, index, { depth: 0, wished: false });
}

/** A line of an account without parts. */
export function leaf(text: string, holds: boolean, evidence: readonly Evidence[] = []): Account {
  return { text, holds, parts: [], evidence, would: [] };
}

/** How far an account goes into its parts. */
interface Reach {
  readonly depth: number;
  /** Inside what only would give another value: there it is enough to say what holds and what does not. */
  readonly wished: boolean;
}

class Accountant {
  private made = 0;
  /** What was told in full: the second time a line is enough. */
  private readonly told = new Set<string>();

  constructor(
    private readonly judgement: Judgement,
    private readonly place: Place,
  ) {}

  whole(condition: Condition, index: number, reach: Reach): Account {
    const parts = this.partsOf(condition, index, reach);
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return composite(
      together,
      parts.every(({ holds }) => holds),
      parts,
    );
  }

  private partsOf(condition: Condition, index: number, { depth, wished }: Reach): Account[] {
    return conjunctsOf(condition).map((part) => this.part(part, index, { depth: depth + 1, wished }));
  }

  private part(part: Conjunct, index: number, reach: Reach): Account {
    this.made++;
    if (this.made > mostParts || reach.depth > deepest) {
      const condition = conditionOf(part);
      return leaf(requirementText(condition, this.pack), this.holds(condition, index));
    }
    switch (part.kind) {
      case "role":
        return this.role(part.roles, index, "");
      case "within":
      case "calls":
        return this.reached(part.kind, part.target, index, reach);
      case "fact":
        return this.fact(part.facts);
      case "state":
        return this.state(part.state, part.values, index, reach);
      case "any":
        return this.any(part.alternatives, index, reach);
      case "not":
        return this.denied(part.refused, index, reach);
    }
  }

  private get pack(): Pack {
    return this.judgement.pack.pack;
  }

  private holds(condition: Condition, index: number): boolean {
    return compileCondition(condition).holds(this.judgement.stack)[index] === 1;
  }

  /** @param relation what the frame is to the one that was asked: `caller `, or nothing */
  private role(roles: readonly string[], index: number, relation: string): Account {
    const { stack } = this.judgement;
    const having = roles.filter((role) => stack.hasRole(index, role));
    const name = `${relation}${frameName(stack.frames[index])}`;
    if (having.length === 0) return leaf(`${name} lacks the role ${this.roles(roles, "or")}`, false);
    const text = `${name} has the role ${this.roles(having, "and")}`;
    return leaf(text, true, this.frameEvidence(index, having, text));
  }

  private roles(roles: readonly string[], joint: "or" | "and"): string {
    return listed(
      roles.map((role) => roleText(role, this.pack)),
      joint,
    );
  }

  private frameEvidence(index: number, roles: readonly string[], text: string): Evidence[] {
    const { stack, pack } = this.judgement;
    const frame = stack.frames[index];
    if (frame === undefined) return [];
    const sources = pack.sourceRoles.reasons(stack.frames, index, roles, this.place).evidence;
    return [frameEvidence(frame, "for", text, this.place), ...sources];
  }

  /** The frame itself or one further out (`within`), or one further in (`calls`), that meets the target. */
  private reached(kind: "within" | "calls", target: Condition, index: number, reach: Reach): Account {
    const { stack } = this.judgement;
    const holds = compileCondition(target).holds(stack);
    const found = kind === "within" ? holds.indexOf(1, index) : holds.subarray(0, index).lastIndexOf(1);
    const [first, ...others] = conjunctsOf(target);
    const roles = first?.kind === "role" && others.length === 0 ? first.roles : null;
    if (found !== -1 && index < stack.length) {
      const relation = found === index ? "" : kind === "within" ? "caller " : "callee ";
      if (roles !== null) return this.role(roles, found, relation);
      const met = this.whole(target, found, reach);
      return { ...met, text: `${relation}${frameName(stack.frames[found])} meets ${met.text}` };
    }
    const name = frameName(stack.frames[index]);
    const nobody = kind === "within" ? `neither ${name} nor a caller` : `no callee of ${name}`;
    if (roles !== null) return leaf(`${nobody} has the role ${this.roles(roles, "or")}`, false);
    const text = `${nobody} meets this: ${requirementText(target, this.pack)}`;
    const near = reach.wished
      ? null
      : nearestFrame(target, stack, kind === "within" ? [index, stack.length] : [0, index]);
    if (near === null) return leaf(text, false);
    const whole = this.whole(target, near, reach);
    const parts = whole.text === together ? whole.parts : [whole];
    return composite(text, false, [composite(`nearest is ${frameName(stack.frames[near])}`, false, parts)]);
  }

  private fact(facts: readonly string[]): Account {
    const { proofs } = this.judgement;
    const proved = facts.filter((name) => proofs.has(name));
    const names = listed(
      (proved.length > 0 ? proved : facts).map((name) => factText(name, this.pack)),
      proved.length > 0 ? "and" : "or",
    );
    const again = this.again(`fact ${facts.join()}`);
    if (proved.length > 0) {
      const evidence = proved.flatMap((name) => proofs.get(name)?.evidence ?? []);
      const parts = again ? [] : evidence.map((one) => leaf(one.message, true, [one]));
      return { ...composite(`proved: ${names}`, true, parts), evidence };
    }
    const would = again ? [] : facts.flatMap((name) => proofTexts(name, this.pack));
    return { ...leaf(`nothing proves ${names}`, false), would: would.slice(0, mostProofs) };
  }

  private again(key: string): boolean {
    const known = this.told.has(key);
    this.told.add(key);
    return known;
  }

  private state(state: string, values: readonly string[], index: number, reach: Reach): Account {
    const value = this.judgement.stack.stateAt(index, state);
    const decided = this.decision(state, index, reach);
    if (value === null || values.includes(value)) return decided;
    const text = `${state} is not ${listed(values)}`;
    if (reach.wished) return composite(text, false, [decided]);
    const wanted = this.clausesFor(state, values, index).map((clause) =>
      this.unmet(state, clause, index, reach.depth),
    );
    return composite(text, false, [decided, ...wanted]);
  }

  /** Which clause decided a state, and why. */
  private decision(state: string, index: number, reach: Reach): Account {
    const clause = this.judgement.stack.decidedBy(index, state);
    if (clause === null)
      return leaf(`${state} is not decided: nothing on this thread is what the pack speaks of`, false);
    const when = this.written(state, clause)?.when;
    if (when === undefined) return leaf(`${state} is ${clause.is}: nothing tells more`, true);
    const because = this.because(clause, index) ?? phraseOf(state, clause.is, this.judgement);
    const text = `${state} is ${clause.is}${because === "" ? "" : `: ${because}`}`;
    const parts = this.again(`state ${state} ${index}`) ? [] : this.partsOf(when, index, reach);
    return composite(text, true, parts);
  }

  /** A clause's own words, at the frame that made it apply. */
  private because({ because, test }: CompiledClause, index: number): string | null {
    const { stack } = this.judgement;
    const witness = test?.witnesses(stack, index).find(({ kind }) => kind === "frame");
    if (because === null || witness?.kind !== "frame") return null;
    return fill(because, { frame: frameName(stack.frames[witness.index]) });
  }

  private clauses(state: string): readonly CompiledClause[] {
    return this.judgement.pack.states.find(({ name }) => name === state)?.clauses ?? [];
  }

  /** A clause as it stands in the pack. */
  private written(state: string, clause: CompiledClause): Clause | undefined {
    return this.pack.states?.[state]?.decide[this.clauses(state).indexOf(clause)];
  }

  /** The clauses that would give one of the values, those first of which most holds. */
  private clausesFor(state: string, values: readonly string[], index: number): CompiledClause[] {
    const share = (clause: CompiledClause): number => {
      const parts = conjunctsOf(this.written(state, clause)?.when ?? {});
      return parts.filter((part) => this.holds(conditionOf(part), index)).length / Math.max(1, parts.length);
    };
    return this.clauses(state)
      .filter(({ is, test }) => values.includes(is) && test !== null)
      .map((clause) => ({ clause, share: share(clause) }))
      .toSorted((one, other) => other.share - one.share)
      .slice(0, mostClauses)
      .map(({ clause }) => clause);
  }

  private unmet(state: string, clause: CompiledClause, index: number, depth: number): Account {
    const when = this.written(state, clause)?.when ?? {};
    const parts = this.partsOf(when, index, { depth: depth + 1, wished: true });
    const deciding = this.judgement.stack.decidedBy(index, state);
    const all = this.clauses(state);
    const isLater =
      deciding !== null && deciding.test !== null && all.indexOf(deciding) < all.indexOf(clause);
    const before = isLater ? [leaf(`what makes it ${deciding.is} counts before this`, false)] : [];
    return composite(`it would be ${clause.is} with all of these`, false, [...parts, ...before]);
  }

  private any(alternatives: readonly Condition[], index: number, reach: Reach): Account {
    const holding = alternatives.find((one) => this.holds(one, index));
    if (holding !== undefined) return this.whole(holding, index, reach);
    const parts = alternatives.slice(0, mostAlternatives).map((one) => this.whole(one, index, reach));
    const left = alternatives.length - parts.length;
    const more = left > 0 ? [leaf(`${left} more, none of which holds`, false)] : [];
    return composite("one of these", false, [...parts, ...more]);
  }

  private denied(refused: Condition, index: number, reach: Reach): Account {
    const { text, holds, parts, evidence } = this.whole(refused, index, reach);
    const deciding = parts.filter((part) => part.holds === holds);
    return { ...composite(`not: ${text}`, !holds, deciding), evidence };
  }
}

function composite(text: string, holds: boolean, parts: readonly Account[]): Account {
  return { text, holds, parts, evidence: [], would: [] };
}
