import { type ReadTerm, readTerm } from "../facts/implies.js";
import { compileCondition, listOf, type Test } from "./condition.js";
import { anyOf, type Matcher } from "./glob.js";
import type { Clause, Pack, PackPath, Rule } from "./pack.js";
import { compileRoles, type RoleReader } from "./roles.js";

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
  readonly messages: Matcher;
  readonly detected: string | null;
  readonly abortingIn: readonly string[];
  readonly refutedBy: readonly { readonly state: string; readonly values: readonly string[] }[];
}

export interface CompiledRule {
  readonly id: string;
  readonly rule: Rule;
  readonly grades: readonly { readonly test: Test; readonly severity: Rule["severity"] }[];
  readonly remarks: readonly { readonly test: Test; readonly text: string }[];
  readonly holderHere: Test | null;
  readonly holderElsewhere: Test | null;
  readonly candidate: Test | null;
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
  readonly bottom: readonly string[];
  readonly facts: readonly CompiledFact[];
  readonly states: readonly CompiledState[];
  readonly verdicts: readonly { readonly name: string; readonly says: string; readonly test: Test }[];
  readonly path: CompiledPath | null;
  readonly rules: readonly CompiledRule[];
}

export interface CompiledPath {
  readonly core: readonly string[];
  readonly generic: readonly string[];
  readonly hidden: readonly string[];
  readonly boundary: readonly string[];
}

/** Compiles a pack that the loader found to be without fault (src/rules/load.ts). Never throws for such a pack. */
export function compilePack(pack: Pack): CompiledPack {
  return {
    pack,
    rolesOf: compileRoles(pack.roles),
    bottom: listOf(pack.bottom ?? []),
    facts: Object.entries(pack.facts ?? {}).map(([name, fact]) => ({
      name,
      title: fact.title,
      conditions: (fact.conditions ?? []).map(readTerm),
      terms: anyOf(fact.terms ?? []),
      messages: anyOf(fact.messages ?? []),
      detected: fact.detected ?? null,
      abortingIn: listOf(fact["aborting-in"] ?? []),
      refutedBy: Object.entries(fact["refuted-by"] ?? {}).map(([state, values]) => ({
        state,
        values: listOf(values),
      })),
    })),
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

function compileRule(id: string, rule: Rule): CompiledRule {
  const optional = (condition: Parameters<typeof compileCondition>[0] | undefined): Test | null =>
    condition === undefined ? null : compileCondition(condition);
  return {
    id,
    rule,
    grades: (rule.grade ?? []).map(({ when, severity }) => ({ test: compileCondition(when), severity })),
    remarks: (rule.remarks ?? []).map(({ when, text }) => ({ test: compileCondition(when), text })),
    holderHere: optional(rule.holder?.here),
    holderElsewhere: optional(rule.holder?.elsewhere),
    candidate: optional(rule.candidate?.when),
    absences: (rule.absent ?? []).map(({ no, message }) => ({ test: compileCondition(no), message })),
    settlings: (rule.settle ?? []).map(({ command, tells, unless }) => ({
      command,
      tells,
      unless: optional(unless),
    })),
  };
}
