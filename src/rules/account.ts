import type { Evidence } from "../model/report.js";
import type { CompiledClause } from "./compile.js";
import { compileCondition } from "./condition.js";
import { type Conjunct, conditionOf, conjunctsOf } from "./conjuncts.js";
import { frameEvidence, type Place } from "./evidence.js";
import { frameName } from "./frame-name.js";
import type { Judgement } from "./judge.js";
import { fill } from "./message.js";
import { nearestFrame } from "./nearest-frame.js";
import type { Clause, Condition } from "./pack.js";
import { factText, listed, proofTexts, requirementText, roleText } from "./requirement.js";

/** Why a condition holds at a frame or does not: the same of each of its parts. */
export interface Account {
  /** One line, with text of the input as it is. */
  readonly text: string;
  readonly holds: boolean;
  readonly parts: readonly Account[];
  readonly evidence: readonly Evidence[];
}

/** No account has more parts, and none is deeper: what is left out is said in one line. */
const mostParts = 120;
const deepest = 12;
/** So many clauses that could have given another value are told. */
const mostClauses = 3;

/**
 * Accounts for a condition at the frame `index` of a judged thread, innermost first. The tree is bounded, the time is linear in
 * the frames. Throws nothing; at a frame that is not there nothing holds but what is denied.
 */
export function accountOf(condition: Condition, judgement: Judgement, index: number, place: Place): Account {
  return new Accountant(judgement, place).whole(condition, index, 0);
}

/** A line of an account without parts. */
export function leaf(text: string, holds: boolean, evidence: readonly Evidence[] = []): Account {
  return { text, holds, parts: [], evidence };
}

class Accountant {
  private made = 0;

  constructor(
    private readonly judgement: Judgement,
    private readonly place: Place,
  ) {}

  whole(condition: Condition, index: number, depth: number): Account {
    const parts = this.partsOf(condition, index, depth);
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return { text: "all of these", holds: parts.every(({ holds }) => holds), parts, evidence: [] };
  }

  private partsOf(condition: Condition, index: number, depth: number): Account[] {
    return conjunctsOf(condition).map((part) => this.part(part, index, depth + 1));
  }

  private part(part: Conjunct, index: number, depth: number): Account {
    this.made++;
    if (this.made > mostParts || depth > deepest) {
      const condition = conditionOf(part);
      return leaf(requirementText(condition, this.judgement.pack.pack), this.holds(condition, index));
    }
    switch (part.kind) {
      case "role":
        return this.role(part.roles, index);
      case "within":
      case "calls":
        return this.reached(part.kind, part.target, index, depth);
      case "fact":
        return this.fact(part.facts);
      case "state":
        return this.state(part.state, part.values, index, depth);
      case "any":
        return this.any(part.alternatives, index, depth);
      case "not":
        return this.denied(part.refused, index, depth);
    }
  }

  private holds(condition: Condition, index: number): boolean {
    return compileCondition(condition).holds(this.judgement.stack)[index] === 1;
  }

  private role(roles: readonly string[], index: number): Account {
    const { stack, pack } = this.judgement;
    const having = roles.filter((role) => stack.hasRole(index, role));
    const name = frameName(stack.frames[index]);
    if (having.length === 0) return leaf(`${name} lacks the role ${this.roles(roles)}`, false);
    const text = `${name} has the role ${listed(
      having.map((role) => roleText(role, pack.pack)),
      "and",
    )}`;
    return leaf(text, true, this.frameEvidence(index, having, text));
  }

  private roles(roles: readonly string[]): string {
    return listed(roles.map((role) => roleText(role, this.judgement.pack.pack)));
  }

  private frameEvidence(index: number, roles: readonly string[], text: string): Evidence[] {
    const { stack, pack } = this.judgement;
    const frame = stack.frames[index];
    if (frame === undefined) return [];
    const sources = pack.sourceRoles.reasons(stack.frames, index, roles, this.place).evidence;
    return [frameEvidence(frame, "for", text, this.place), ...sources];
  }

  /** The frame itself or one further out (`within`), or one further in (`calls`), that meets the target. */
  private reached(kind: "within" | "calls", target: Condition, index: number, depth: number): Account {
    const { stack } = this.judgement;
    const holds = compileCondition(target).holds(stack);
    const found = kind === "within" ? holds.indexOf(1, index) : holds.subarray(0, index).lastIndexOf(1);
    const how = kind === "within" ? "called within" : "calls";
    if (found !== -1 && index < stack.length) {
      const met = this.whole(target, found, depth);
      return {
        ...met,
        text:
          met.parts.length === 0
            ? `${how}: ${met.text}`
            : `${how} ${frameName(stack.frames[found])}, for which hold ${met.text}`,
      };
    }
    const name = frameName(stack.frames[index]);
    const where = kind === "within" ? `neither ${name} nor a caller` : `no frame that ${name} called`;
    const [first, ...others] = conjunctsOf(target);
    if (first?.kind === "role" && others.length === 0)
      return leaf(`${where} has the role ${this.roles(first.roles)}`, false);
    const near = nearestFrame(target, stack, kind === "within" ? [index, stack.length] : [0, index]);
    const text = `${where} meets: ${requirementText(target, this.judgement.pack.pack)}`;
    if (near === null) return leaf(text, false);
    const whole = this.whole(target, near, depth);
    const nearest = {
      ...whole,
      text: `nearest is ${frameName(stack.frames[near])}${whole.parts.length === 0 ? `: ${whole.text}` : ""}`,
    };
    return { text, holds: false, parts: [nearest], evidence: [] };
  }

  private fact(facts: readonly string[]): Account {
    const { proofs, pack } = this.judgement;
    const proved = facts.flatMap((name) => {
      const proof = proofs.get(name);
      return proof === undefined ? [] : [{ name, proof }];
    });
    if (proved.length > 0) {
      const evidence = proved.flatMap(({ proof }) => proof.evidence);
      const parts = evidence.map((one) => leaf(one.message, true, [one]));
      const names = listed(
        proved.map(({ name }) => factText(name, pack.pack)),
        "and",
      );
      return { text: `proved: ${names}`, holds: true, parts, evidence };
    }
    const parts = facts.flatMap((name) =>
      proofTexts(name, pack.pack).map((would) => leaf(`it would take ${would}`, false)),
    );
    const names = listed(facts.map((name) => factText(name, pack.pack)));
    return { text: `nothing proves ${names}`, holds: false, parts, evidence: [] };
  }

  private state(state: string, values: readonly string[], index: number, depth: number): Account {
    const decided = this.decision(state, index, depth);
    const value = this.judgement.stack.stateAt(index, state);
    if (value !== null && values.includes(value)) return decided;
    if (value === null) return decided;
    const wanted = this.clausesFor(state, values, index).map((clause) =>
      this.unmet(state, clause, index, depth),
    );
    return {
      text: `${state} is ${value}, and not ${listed(values)}`,
      holds: false,
      parts: [decided, ...wanted],
      evidence: [],
    };
  }

  /** Which clause decided a state, and why. */
  private decision(state: string, index: number, depth: number): Account {
    const { stack, pack } = this.judgement;
    const clause = stack.decidedBy(index, state);
    if (clause === null)
      return leaf(`${state} is not decided: nothing on this thread is what the pack speaks of`, false);
    const when = this.written(state, clause)?.when;
    if (when === undefined) return leaf(`${state} is ${clause.is}: no clause before it applies`, true);
    const phrase = pack.states.find(({ name }) => name === state)?.phrases[clause.is] ?? "";
    const because = this.because(clause, index) ?? (/^[a-z]/.test(phrase) ? phrase : "");
    return {
      text: `${state} is ${clause.is}${because === "" ? "" : `: ${because}`}`,
      holds: true,
      parts: this.partsOf(when, index, depth + 1),
      evidence: [],
    };
  }

  /** A clause's own words, at the frame that made it apply. */
  private because({ because, test }: CompiledClause, index: number): string | null {
    const { stack } = this.judgement;
    const witness = test?.witnesses(stack, index).find(({ kind }) => kind === "frame");
    if (because === null || witness?.kind !== "frame") return null;
    return fill(because, { frame: frameName(stack.frames[witness.index]) });
  }

  /** A clause as it stands in the pack. */
  private written(state: string, clause: CompiledClause): Clause | undefined {
    const { pack } = this.judgement;
    const at = pack.states.find(({ name }) => name === state)?.clauses.indexOf(clause) ?? -1;
    return pack.pack.states?.[state]?.decide[at];
  }

  /** The clauses that would give one of the values, those first of which most holds. */
  private clausesFor(state: string, values: readonly string[], index: number): CompiledClause[] {
    const share = (clause: CompiledClause): number => {
      const parts = conjunctsOf(this.written(state, clause)?.when ?? {});
      return parts.filter((part) => this.holds(conditionOf(part), index)).length / Math.max(1, parts.length);
    };
    return (this.judgement.pack.states.find(({ name }) => name === state)?.clauses ?? [])
      .filter(({ is, test }) => values.includes(is) && test !== null)
      .map((clause) => ({ clause, share: share(clause) }))
      .toSorted((one, other) => other.share - one.share)
      .slice(0, mostClauses)
      .map(({ clause }) => clause);
  }

  private unmet(state: string, clause: CompiledClause, index: number, depth: number): Account {
    const { stack, pack } = this.judgement;
    const when = this.written(state, clause)?.when ?? {};
    const parts = this.partsOf(when, index, depth + 1);
    const deciding = stack.decidedBy(index, state);
    const clauses = pack.states.find(({ name }) => name === state)?.clauses ?? [];
    const before =
      deciding !== null && deciding.test !== null && clauses.indexOf(deciding) < clauses.indexOf(clause)
        ? [leaf(`what makes it ${deciding.is} stands before this and would have to fail`, false)]
        : [];
    return {
      text: `${clause.is} it would be with`,
      holds: false,
      parts: [...parts, ...before],
      evidence: [],
    };
  }

  private any(alternatives: readonly Condition[], index: number, depth: number): Account {
    const holding = alternatives.find((one) => this.holds(one, index));
    if (holding !== undefined) return this.whole(holding, index, depth);
    const parts = alternatives.map((one) => this.whole(one, index, depth));
    return { text: "one of these", holds: false, parts, evidence: [] };
  }

  private denied(refused: Condition, index: number, depth: number): Account {
    const inner = this.whole(refused, index, depth);
    const parts = inner.parts.filter(({ holds }) => holds === inner.holds);
    return { text: `not: ${inner.text}`, holds: !inner.holds, parts, evidence: inner.evidence };
  }
}
