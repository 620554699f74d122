import { clausesOf } from "../../facts/clauses.js";
import { detectors } from "../detectors/detectors.js";
import { placeholdersOf } from "../message.js";
import { type Names, namesIn } from "./names.js";
import { type Pack, placeholders, type Remark, type Rule } from "./pack.js";
import type { PackProblem } from "./problems.js";
import type { Condition } from "./when.js";

/**
 * Finds what a pack names and does not have: roles, facts, states, values, verdicts, placeholders; roles that include
 * themselves; states that ask for a later one.
 * @param base the pack whose roles every pack may name
 * @param names what the pack has, also where some of it was left out since its form is wrong
 */
export function packProblems(pack: Pack, base: Pack | null, names: Names = namesIn(pack)): PackProblem[] {
  return new Checker(pack, base, names).check();
}

class Checker {
  private readonly problems: PackProblem[] = [];
  private readonly roles: ReadonlySet<string>;
  private readonly facts: ReadonlySet<string>;
  private readonly ownRoles: ReadonlySet<string>;
  private readonly states: Pack["states"] & object;

  constructor(
    private readonly pack: Pack,
    base: Pack | null,
    private readonly names: Names,
  ) {
    this.ownRoles = new Set(names.roles);
    this.roles = new Set([...names.roles, ...Object.keys(base?.roles ?? {})]);
    this.facts = new Set(names.facts);
    this.states = pack.states ?? {};
  }

  check(): PackProblem[] {
    this.checkRoles();
    this.checkFacts();
    this.checkStates();
    for (const [name, { when }] of Object.entries(this.pack.verdicts ?? {}))
      this.condition(when, ["verdicts", name, "when"]);
    this.checkNames(this.pack.contexts, new Set([...this.roles, ...this.facts]), "role or fact", [
      "contexts",
    ]);
    this.checkNames(this.pack.bottom, this.roles, "role", ["bottom"]);
    for (const [key, roles] of Object.entries(this.pack.path ?? {}))
      this.checkNames(roles, this.roles, "role", ["path", key]);
    for (const [name, rule] of Object.entries(this.pack.rules)) this.checkRule(rule, ["rules", name]);
    return this.problems;
  }

  private report(path: readonly PropertyKey[], message: string, meant?: PackProblem["meant"]): void {
    this.problems.push({ path, message, meant });
  }

  private checkNames(
    names: string | readonly string[] | undefined,
    known: ReadonlySet<string>,
    what: string,
    path: readonly PropertyKey[],
  ): void {
    const report = (name: string, at: readonly PropertyKey[]): void => {
      if (!known.has(name)) this.report(at, `there is no ${what} \`${name}\``, { word: name, among: known });
    };
    if (typeof names === "string") report(names, path);
    else for (const [index, name] of (names ?? []).entries()) report(name, [...path, index]);
  }

  private checkRoles(): void {
    const tooMany = this.ownRoles.size > mostRoles;
    if (tooMany) this.report(["roles"], `a pack has no more than ${mostRoles} roles`);
    for (const [name, { includes = [] }] of Object.entries(this.pack.roles)) {
      const path = ["roles", name, "includes"];
      this.checkNames(includes, this.ownRoles, "role", path);
      if (!tooMany && this.reaches(name, name, new Set()))
        this.report(path, `the role \`${name}\` includes itself`);
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
        const at = ["facts", name, "conditions", index];
        if (clauses?.length !== 1 || clauses[0]?.length !== 1)
          this.report(at, `\`${condition}\` is no single comparison`);
        else if (clauses[0][0] !== condition)
          this.report(at, `write \`${condition}\` as \`${clauses[0][0]}\``);
      }
      this.checkNames(fact.detected, detectorNames, "detector", ["facts", name, "detected"]);
      const path = ["facts", name];
      this.checkNames(fact["aborting-in"], this.roles, "role", [...path, "aborting-in"]);
      this.checkNames(fact["failing-in"], this.roles, "role", [...path, "failing-in"]);
      // Facts are proved before any state is decided.
      if (fact["shown-by"] !== undefined) this.condition(fact["shown-by"], [...path, "shown-by"], {});
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
          this.report([...path, "is"], `the state \`${name}\` has no value \`${is}\``, {
            word: is,
            among: Object.keys(state.values),
          });
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
      this.checkNames(rule.on.verdict, new Set(this.names.verdicts), "verdict", [...path, "on", "verdict"]);
    if ("fact" in rule.on) this.checkNames(rule.on.fact, this.facts, "fact", [...path, "on", "fact"]);
    const detected = "detected" in rule.on ? rule.on.detected : undefined;
    this.checkNames(detected, detectorNames, "detector", [...path, "on", "detected"]);
    const filled = detectors.find((detector) => detector.name === detected)?.placeholders ?? [];
    const known = [...placeholders, ...filled, ...Object.keys(this.states)];
    for (const [text, where] of messagesOf(rule)) this.template(text, known, [...path, ...where]);
    for (const [index, { message }] of (rule.holders ?? []).entries())
      this.template(message, frameOnly, [...path, "holders", index, "message"]);
    for (const [condition, where] of conditionsOf(rule)) this.condition(condition, [...path, ...where]);
  }

  private template(text: string, known: readonly string[], path: readonly PropertyKey[]): void {
    for (const name of placeholdersOf(text)) {
      if (!known.includes(name))
        this.report(path, `nothing fills the placeholder \`{${name}}\``, { word: name, among: known });
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
      const state = Object.hasOwn(states, name) ? states[name] : undefined;
      if (state === undefined) {
        if (this.names.states.includes(name) && !Object.hasOwn(this.states, name)) continue;
        this.report([...path, name], `there is no state \`${name}\` before this`, {
          word: name,
          among: Object.keys(states),
        });
      } else
        this.checkNames(values, new Set(Object.keys(state.values)), `value of \`${name}\``, [...path, name]);
    }
  }
}

/** To look for circles among roles that include each other takes the square of their number. */
const mostRoles = 2000;

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
    ...(rule.doubts ?? []).map(({ text }, index): [string, PropertyKey[]] => [
      text,
      ["doubts", index, "text"],
    ]),
    ...(rule.settle ?? []).map(({ command }, index): [string, PropertyKey[]] => [
      command,
      ["settle", index, "command"],
    ]),
    ...(rule.advice ?? []).map((text, index): [string, PropertyKey[]] => [text, ["advice", index]]),
    ...(rule.cuts ?? []).flatMap((cut, index): [string, PropertyKey[]][] => [
      [cut.text, ["cuts", index, "text"]],
      ...sidesOf(cut, index).map(([{ text }, path]): [string, PropertyKey[]] => [text, [...path, "text"]]),
    ]),
  ];
}

/** What speaks for a cut and against it, with where it stands. */
function sidesOf(cut: NonNullable<Rule["cuts"]>[number], index: number): [Remark, PropertyKey[]][] {
  return (["for", "against"] as const).flatMap((side) =>
    (cut[side] ?? []).map((remark, at): [Remark, PropertyKey[]] => [remark, ["cuts", index, side, at]]),
  );
}

/** Every condition of a rule, with where it stands. */
function conditionsOf(rule: Rule): [Condition, readonly PropertyKey[]][] {
  const found: [Condition | undefined, PropertyKey[]][] = [
    ["frames" in rule.on ? rule.on.frames : undefined, ["on", "frames"]],
    ...(rule.grade ?? []).map(({ when }, index): [Condition, PropertyKey[]] => [
      when,
      ["grade", index, "when"],
    ]),
    ...(rule.remarks ?? []).map(({ when }, index): [Condition | undefined, PropertyKey[]] => [
      when,
      ["remarks", index, "when"],
    ]),
    ...(rule.doubts ?? []).map(({ when }, index): [Condition, PropertyKey[]] => [
      when,
      ["doubts", index, "when"],
    ]),
    ...(rule.holders ?? []).map(({ when }, index): [Condition, PropertyKey[]] => [
      when,
      ["holders", index, "when"],
    ]),
    ...(rule.cuts ?? []).flatMap((cut, index) =>
      sidesOf(cut, index).map(([{ when }, path]): [Condition | undefined, PropertyKey[]] => [
        when,
        [...path, "when"],
      ]),
    ),
    ...(rule.absent ?? []).map(({ no }, index): [Condition, PropertyKey[]] => [no, ["absent", index, "no"]]),
    ...(rule.settle ?? []).map(({ unless }, index): [Condition | undefined, PropertyKey[]] => [
      unless,
      ["settle", index, "unless"],
    ]),
  ];
  return found.flatMap(([condition, path]) => (condition === undefined ? [] : [[condition, path]]));
}
