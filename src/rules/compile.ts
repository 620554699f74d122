import { type ReadTerm, readTerm } from "../facts/implies.js";
import type { CodeReader } from "../source/code.js";
import { compileCondition, listOf, type Test } from "./condition.js";
import { anyOf, type Matcher } from "./glob.js";
import type { Clause, Pack, PackPath, Remark, Rule } from "./language/pack.js";
import type { Condition } from "./language/when.js";
import { compileRoles, frameNamed, type RoleReader } from "./roles.js";
import { SourceRoles } from "./source-roles.js";

/** A clause of a state: the value where its test holds, or always. */
export interface CompiledClause {
  readonly is: string;
  readonly test: Test | null;
  readonly because: string | null;
  readonly confidence: NonNullable<Clause["confidence"]>;
}

export interface CompiledState {
  readonly name: string;
  readonly phrases: Readonly<Record<string, string>>;
  readonly clauses: readonly CompiledClause[];
}

export interface CompiledFact {
  readonly name: string;
  readonly title: string;
  readonly conditions: readonly ReadTerm[];
  readonly terms: Matcher;
  /** Null where no message proves it. */
  readonly messages: Matcher | null;
  readonly detected: string | null;
  readonly threadNames: Matcher;
  readonly abortingIn: readonly string[];
  readonly failingIn: readonly string[];
  readonly alone: boolean;
  readonly shownBy: Test | null;
  readonly refutedBy: readonly { readonly state: string; readonly values: readonly string[] }[];
}

/** A sentence that is said where its test holds, or always. */
export interface CompiledRemark {
  readonly test: Test | null;
  readonly text: string;
}

export interface CompiledHolder {
  readonly in: NonNullable<Rule["holders"]>[number]["in"];
  readonly test: Test;
  readonly known: boolean;
  readonly message: string;
}

export interface CompiledCut {
  readonly kind: string;
  readonly at: "blame" | "site" | "holder" | null;
  readonly text: string;
  readonly pros: readonly CompiledRemark[];
  readonly cons: readonly CompiledRemark[];
}

export interface CompiledRule {
  readonly id: string;
  readonly rule: Rule;
  /** The frames that it speaks of, where it names them by a condition. */
  readonly frames: Test | null;
  readonly grades: readonly { readonly test: Test; readonly severity: Rule["severity"] }[];
  readonly remarks: readonly CompiledRemark[];
  readonly doubts: readonly { readonly test: Test; readonly text: string }[];
  readonly holders: readonly CompiledHolder[];
  readonly cuts: readonly CompiledCut[];
  readonly absences: readonly { readonly test: Test; readonly message: string }[];
  readonly settlings: readonly {
    readonly command: string;
    readonly tells: string;
    readonly unless: Test | null;
  }[];
}

/** A pack that can run: it cannot fail, whatever stack it is shown. */
export interface CompiledPack {
  readonly pack: Pack;
  readonly rolesOf: RoleReader;
  /** What a source tree says for its roles. */
  readonly sourceRoles: SourceRoles;
  /** The roles of a function of which nothing but the name is known. */
  readonly rolesOfName: (name: string) => readonly string[];
  readonly bottom: readonly string[];
  readonly facts: readonly CompiledFact[];
  /** Its verdicts or rules ask for roles of the pack `runtime`, so that it may speak of threads that show none of its own. */
  readonly asksRuntime: boolean;
  /** What the facts' conditions speak of. */
  readonly asksFor: ReadonlySet<string>;
  readonly states: readonly CompiledState[];
  readonly verdicts: readonly { readonly name: string; readonly says: string; readonly test: Test }[];
  /** Roles and facts that say what a thread is and does. */
  readonly contexts: readonly { readonly name: string; readonly title: string }[];
  readonly path: CompiledPath | null;
  readonly rules: readonly CompiledRule[];
}

export interface CompiledPath {
  readonly core: readonly string[];
  readonly generic: readonly string[];
  readonly hidden: readonly string[];
  readonly boundary: readonly string[];
}

/**
 * Compiles a pack that the loader found to be without fault (src/rules/language/load.ts). Never throws for such a pack.
 * @param code the sources that its roles may ask; null where none are given
 */
export function compilePack(pack: Pack, code: CodeReader | null = null): CompiledPack {
  const sourceRoles = new SourceRoles(pack.roles, code);
  const rolesOf = compileRoles(pack.roles, sourceRoles);
  const facts: readonly CompiledFact[] = Object.entries(pack.facts ?? {}).map(([name, fact]) => ({
    name,
    title: fact.title,
    conditions: (fact.conditions ?? []).map(readTerm),
    terms: anyOf(fact.terms ?? []),
    messages: fact.messages === undefined ? null : anyOf(fact.messages),
    detected: fact.detected ?? null,
    threadNames: anyOf(fact["thread-names"] ?? []),
    abortingIn: listOf(fact["aborting-in"] ?? []),
    failingIn: listOf(fact["failing-in"] ?? []),
    alone: fact.alone ?? false,
    shownBy: fact["shown-by"] === undefined ? null : compileCondition(fact["shown-by"]),
    refutedBy: Object.entries(fact["refuted-by"] ?? {}).map(([state, values]) => ({
      state,
      values: listOf(values),
    })),
  }));
  return {
    pack,
    rolesOf,
    sourceRoles,
    rolesOfName: (name) => rolesOf(frameNamed(name)),
    bottom: listOf(pack.bottom ?? []),
    facts,
    asksRuntime: conditionsOnFrames(pack)
      .flatMap(rolesNamed)
      .some((name) => !Object.hasOwn(pack.roles, name)),
    asksFor: new Set(
      facts.flatMap(({ conditions }) => conditions.flatMap(({ comparison }) => comparison?.left ?? [])),
    ),
    states: Object.entries(pack.states ?? {}).map(([name, { values, decide }]) => ({
      name,
      phrases: values,
      clauses: decide.map(compileClause),
    })),
    verdicts: Object.entries(pack.verdicts ?? {}).map(([name, { says, when }]) => ({
      name,
      says,
      test: compileCondition(when),
    })),
    contexts: (pack.contexts ?? []).map((name) => ({
      name,
      title: pack.roles[name]?.title ?? pack.facts?.[name]?.title ?? name,
    })),
    path: pack.path === undefined ? null : compilePath(pack.path),
    rules: Object.entries(pack.rules).map(([name, rule]) =>
      compileRule(`${pack.prefix ?? pack.pack}/${name}`, rule),
    ),
  };
}

function compileClause({ is, when, because, confidence }: Clause): CompiledClause {
  return {
    is,
    test: when === undefined ? null : compileCondition(when),
    because: because ?? null,
    confidence: confidence ?? "certain",
  };
}

function compilePath({ core, generic, hidden, boundary }: PackPath): CompiledPath {
  return {
    core: listOf(core),
    generic: listOf(generic),
    hidden: listOf(hidden ?? []),
    boundary: listOf(boundary ?? []),
  };
}

function compileRemark({ when, text }: Remark): CompiledRemark {
  return { test: when === undefined ? null : compileCondition(when), text };
}

function compileRule(id: string, rule: Rule): CompiledRule {
  const optional = (condition: Parameters<typeof compileCondition>[0] | undefined): Test | null =>
    condition === undefined ? null : compileCondition(condition);
  return {
    id,
    rule,
    frames: "frames" in rule.on ? compileCondition(rule.on.frames) : null,
    grades: (rule.grade ?? []).map(({ when, severity }) => ({ test: compileCondition(when), severity })),
    remarks: (rule.remarks ?? []).map(compileRemark),
    doubts: (rule.doubts ?? []).map(({ when, text }) => ({ test: compileCondition(when), text })),
    holders: (rule.holders ?? []).map(({ in: where, when, known, message }) => ({
      in: where,
      test: compileCondition(when),
      known: known ?? false,
      message,
    })),
    cuts: (rule.cuts ?? []).map(({ kind, at, text, for: pros, against: cons }) => ({
      kind,
      at: at ?? null,
      text,
      pros: (pros ?? []).map(compileRemark),
      cons: (cons ?? []).map(compileRemark),
    })),
    absences: (rule.absent ?? []).map(({ no, message }) => ({ test: compileCondition(no), message })),
    settlings: (rule.settle ?? []).map(({ command, tells, unless }) => ({
      command,
      tells,
      unless: optional(unless),
    })),
  };
}

/** What makes frames the subject of a verdict or of a rule. */
function conditionsOnFrames({ verdicts, rules }: Pack): Condition[] {
  return [
    ...Object.values(verdicts ?? {}).map(({ when }) => when),
    ...Object.values(rules).flatMap(({ on }) => ("frames" in on ? [on.frames] : [])),
  ];
}

function rolesNamed({ role, within, calls, all, any, not }: Condition): string[] {
  const targets = [within, calls].flatMap((target) =>
    typeof target === "object" && !Array.isArray(target) ? rolesNamed(target) : listOf(target ?? []),
  );
  const parts = [...(all ?? []), ...(any ?? []), ...(not === undefined ? [] : [not])];
  return [...listOf(role ?? []), ...targets, ...parts.flatMap(rolesNamed)];
}
