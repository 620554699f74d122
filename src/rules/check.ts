import { clausesOf } from "../facts/clauses.js";
import { detectors } from "./detectors/detectors.js";
import { placeholdersOf } from "./message.js";
import { type Condition, type Pack, placeholders, type Rule } from "./pack.js";

/** Something in a pack that has the right form and makes no sense, and where it stands. */
export interface PackProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Finds what a pack names and does not have: roles, facts, states, values, verdicts, placeholders; roles that include
 * themselves; states that ask for a later one.
 * @param base the pack whose roles every pack may name
 */
export function packProblems(pack: Pack, base: Pack | null): PackProblem[] {
  return new Checker(pack, base).check();
}

class Checker {
  private readonly problems: PackProblem[] = [];
  private readonly roles: ReadonlySet<string>;
  private readonly facts: ReadonlySet<string>;
  private readonly states: Pack["states"] & object;

  constructor(
    private readonly pack: Pack,
    base: Pack | null,
  ) {
    this.roles = new Set([...Object.keys(pack.roles), ...Object.keys(base?.roles ?? {})]);
    this.facts = new Set(Object.keys(pack.facts ?? {}));
    this.states = pack.states ?? {};
  }

  check(): PackProblem[] {
    this.checkRoles();
    this.checkFacts();
    this.checkStates();
    for (const [name, { when }] of Object.entries(this.pack.verdicts ?? {}))
      this.condition(when, ["verdicts", name, "when"]);
    this.checkNames(this.pack.bottom, this.roles, "role", ["bottom"]);
    for (const [key, roles] of Object.entries(this.pack.path ?? {}))
      this.checkNames(roles, this.roles, "role", ["path", key]);
    for (const [name, rule] of Object.entries(this.pack.rules)) this.checkRule(rule, ["rules", name]);
    return this.problems;
  }

  private report(path: readonly PropertyKey[], message: string): void {
    this.problems.push({ path, message });
  }

  private checkNames(
    names: string | readonly string[] | undefined,
    known: ReadonlySet<string>,
    what: string,
    path: readonly PropertyKey[],
  ): void {
    for (const name of typeof names === "string" ? [names] : (names ?? [])) {
      if (!known.has(name)) this.report(path, `there is no ${what} \`${name}\``);
    }
  }

  private checkRoles(): void {
    for (const [name, { includes = [] }] of Object.entries(this.pack.roles)) {
      const path = ["roles", name, "includes"];
      this.checkNames(includes, new Set(Object.keys(this.pack.roles)), "role", path);
      if (this.reaches(name, name, new Set())) this.report(path, `the role \`${name}\` includes itself`);
    }
  }

  private reaches(from: string, wanted: string, seen: Set<string>): boolean {
    if (seen.has(from)) return false;
    seen.add(from);
    const includes = this.pack.roles[from]?.includes ?? [];
    return includes.some((name) => name === wanted || this.reaches(name, wanted, seen));
  }

  private checkFacts(): void {
    const types = { unsigned: new Set(this.pack.types?.unsigned ?? []) };
    for (const [name, fact] of Object.entries(this.pack.facts ?? {})) {
      for (const [index, condition] of (fact.conditions ?? []).entries()) {
        const clauses = clausesOf(condition, types);
        const path = ["facts", name, "conditions", index];
        if (clauses?.length !== 1 || clauses[0]?.length !== 1)
          this.report(path, `\`${condition}\` is no single comparison`);
        else if (clauses[0][0] !== condition)
          this.report(path, `write \`${condition}\` as \`${clauses[0][0]}\``);
      }
      this.checkNames(fact.detected, detectorNames, "detector", ["facts", name, "detected"]);
      this.checkNames(fact["aborting-in"], this.roles, "role", ["facts", name, "aborting-in"]);
      this.stateValues(fact["refuted-by"], this.states, ["facts", name, "refuted-by"]);
    }
  }

  private checkStates(): void {
    const earlier: Record<string, (typeof this.states)[string]> = {};
    for (const [name, state] of Object.entries(this.states)) {
      for (const [index, { is, when, because = "" }] of state.decide.entries()) {
        const path = ["states", name, "decide", index];
        this.template(because, frameOnly, [...path, "because"]);
        if (!Object.hasOwn(state.values, is))
          this.report([...path, "is"], `the state \`${name}\` has no value \`${is}\``);
        if (when !== undefined) this.condition(when, [...path, "when"], earlier);
      }
      if (state.decide.at(-1)?.when !== undefined) {
        this.report(
          ["states", name, "decide"],
          `the last clause of \`${name}\` must apply always: leave its \`when\` out`,
        );
      }
      earlier[name] = state;
    }
  }

  private checkRule(rule: Rule, path: readonly PropertyKey[]): void {
    if ("verdict" in rule.on)
      this.checkNames(rule.on.verdict, new Set(Object.keys(this.pack.verdicts ?? {})), "verdict", [
        ...path,
        "on",
        "verdict",
      ]);
    if ("fact" in rule.on) this.checkNames(rule.on.fact, this.facts, "fact", [...path, "on", "fact"]);
    const detected = "detected" in rule.on ? rule.on.detected : undefined;
    this.checkNames(detected, detectorNames, "detector", [...path, "on", "detected"]);
    const filled = detectors.find((detector) => detector.name === detected)?.placeholders ?? [];
    const known = [...placeholders, ...filled, ...Object.keys(this.states)];
    for (const [text, where] of messagesOf(rule)) this.template(text, known, [...path, ...where]);
    this.template(rule.holder?.message ?? "", frameOnly, [...path, "holder", "message"]);
    this.template(rule.candidate?.message ?? "", frameOnly, [...path, "candidate", "message"]);
    for (const [condition, where] of conditionsOf(rule)) this.condition(condition, [...path, ...where]);
  }

  private template(text: string, known: readonly string[], path: readonly PropertyKey[]): void {
    for (const name of placeholdersOf(text)) {
      if (!known.includes(name)) this.report(path, `nothing fills the placeholder \`{${name}}\``);
    }
  }

  private condition(condition: Condition, path: readonly PropertyKey[], states = this.states): void {
    this.checkNames(condition.role, this.roles, "role", [...path, "role"]);
    this.checkNames(condition.fact, this.facts, "fact", [...path, "fact"]);
    this.stateValues(condition.state, states, [...path, "state"]);
    for (const key of ["within", "calls"] as const) {
      const target = condition[key];
      if (typeof target === "object" && !Array.isArray(target))
        this.condition(target, [...path, key], states);
      else this.checkNames(target, this.roles, "role", [...path, key]);
    }
    for (const key of ["all", "any"] as const) {
      for (const [index, part] of (condition[key] ?? []).entries())
        this.condition(part, [...path, key, index], states);
    }
    if (condition.not !== undefined) this.condition(condition.not, [...path, "not"], states);
  }

  private stateValues(
    wanted: Record<string, string | string[]> | undefined,
    states: Pack["states"] & object,
    path: readonly PropertyKey[],
  ): void {
    for (const [name, values] of Object.entries(wanted ?? {})) {
      const state = states[name];
      if (state === undefined) this.report([...path, name], `there is no state \`${name}\` before this`);
      else
        this.checkNames(values, new Set(Object.keys(state.values)), `value of \`${name}\``, [...path, name]);
    }
  }
}

const detectorNames = new Set(detectors.map((detector) => detector.name));

/** What is said of one frame may name it, and nothing else. */
const frameOnly = ["frame"];

/** Every text of a rule that is filled from the finding, with where it stands. */
function messagesOf(rule: Rule): [string, readonly PropertyKey[]][] {
  return [
    [rule.message, ["message"]],
    ...(rule.remarks ?? []).map(({ text }, index): [string, PropertyKey[]] => [
      text,
      ["remarks", index, "text"],
    ]),
    ...(rule.advice ?? []).map((text, index): [string, PropertyKey[]] => [text, ["advice", index]]),
  ];
}

/** Every condition of a rule, with where it stands. */
function conditionsOf(rule: Rule): [Condition, readonly PropertyKey[]][] {
  const found: [Condition | undefined, PropertyKey[]][] = [
    ...(rule.grade ?? []).map(({ when }, index): [Condition, PropertyKey[]] => [
      when,
      ["grade", index, "when"],
    ]),
    ...(rule.remarks ?? []).map(({ when }, index): [Condition, PropertyKey[]] => [
      when,
      ["remarks", index, "when"],
    ]),
    [rule.holder?.here, ["holder", "here"]],
    [rule.holder?.elsewhere, ["holder", "elsewhere"]],
    [rule.candidate?.when, ["candidate", "when"]],
    ...(rule.absent ?? []).map(({ no }, index): [Condition, PropertyKey[]] => [no, ["absent", index, "no"]]),
    ...(rule.settle ?? []).map(({ unless }, index): [Condition | undefined, PropertyKey[]] => [
      unless,
      ["settle", index, "unless"],
    ]),
  ];
  return found.flatMap(([condition, path]) => (condition === undefined ? [] : [[condition, path]]));
}
