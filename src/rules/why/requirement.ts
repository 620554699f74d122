import { listOf } from "../condition.js";
import type { Pack } from "../language/pack.js";
import type { Condition } from "../language/when.js";
import { type Conjunct, conjunctsOf } from "./conjuncts.js";

/** So many things of one kind are named; the others are counted. */
const mostNamed = 3;
/** Conditions are said down to this depth. */
const deepest = 3;

/** `a, b or c`; of many the first few and how many more there are. */
export function listed(words: readonly string[], joint: "or" | "and" = "or"): string {
  const shown = words.slice(0, words.length === mostNamed + 1 ? mostNamed + 1 : mostNamed);
  const left = words.length - shown.length;
  const all = left === 0 ? shown : [...shown, `${left} more`];
  const [last] = all.slice(-1);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${joint} ${last}`;
}

/** `iothread (an iothread)`: a role and its title, of the pack's own roles. */
export function roleText(name: string, { roles }: Pack): string {
  const title = Object.hasOwn(roles, name) ? roles[name]?.title : undefined;
  return title === undefined ? name : `${name} (${title})`;
}

/** `transaction-open (a memory transaction is open)`. */
export function factText(name: string, { facts = {} }: Pack): string {
  const title = Object.hasOwn(facts, name) ? facts[name]?.title : undefined;
  return title === undefined ? name : `${name} (${title})`;
}

/**
 * What a condition asks of a frame, as a clause of a sentence: `it or a caller is of role iothread (an iothread)`. Very deep
 * and very long conditions are cut. Throws nothing.
 * @param subject the word for the frame
 */
export function requirementText(condition: Condition, pack: Pack, subject = "it"): string {
  return said(condition, subject, pack, 0);
}

/** Titles only where there is nothing else to read. */
function rolesText(roles: readonly string[], pack: Pack, depth: number): string {
  return listed(depth > 1 || roles.length > 1 ? roles : roles.map((role) => roleText(role, pack)));
}

function said(condition: Condition, subject: string, pack: Pack, depth: number): string {
  if (depth >= deepest) return "…";
  return listed(
    conjunctsOf(condition).map((part) => saidOf(part, subject, pack, depth)),
    "and",
  );
}

function saidOf(part: Conjunct, subject: string, pack: Pack, depth: number): string {
  switch (part.kind) {
    case "role":
      return `${subject} has the role ${rolesText(part.roles, pack, depth)}`;
    case "within":
      return said(
        part.target,
        subject.endsWith("or a caller") ? "a caller of that" : `${subject} or a caller`,
        pack,
        depth + 1,
      );
    case "calls":
      return said(part.target, "a frame further in", pack, depth + 1);
    case "fact":
      return `${listed(part.facts.map((fact) => factText(fact, pack)))} is proved`;
    case "state":
      return `${part.state} is ${listed(part.values)}`;
    case "any":
      return `(${listed(part.alternatives.map((one) => said(one, subject, pack, depth + 1)))})`;
    case "not":
      return `not (${said(part.refused, subject, pack, depth + 1)})`;
  }
}

/** What would prove a fact of a pack, a phrase for each kind of proof. None for a fact that the pack does not have. */
export function proofTexts(name: string, pack: Pack): string[] {
  const fact = Object.hasOwn(pack.facts ?? {}, name) ? pack.facts?.[name] : undefined;
  if (fact === undefined) return [];
  const failing = fact["failing-in"];
  const where =
    failing === undefined
      ? ""
      : `, in a function of role ${listed(listOf(failing).map((role) => roleText(role, pack)))}`;
  const alone = fact.alone === true ? ", and nothing else" : "";
  const shows = (terms: readonly string[]): string =>
    `a failed check, or a printed value, that shows ${listed(terms.map((term) => `\`${term}\``))}${alone}${where}`;
  const terms = [...(fact.conditions ?? []), ...(fact.terms ?? [])];
  const shownBy = fact["shown-by"];
  const aborting = fact["aborting-in"];
  return [
    ...(terms.length === 0 ? [] : [shows(terms)]),
    ...(fact.messages === undefined
      ? []
      : [`a message of the dying program such as ${listed(fact.messages.map((one) => `\`${one}\``))}`]),
    ...(fact.detected === undefined ? [] : [`what the detector ${fact.detected} looks for`]),
    ...(shownBy === undefined ? [] : [`a frame of which this holds: ${requirementText(shownBy, pack)}`]),
    ...(aborting === undefined
      ? []
      : [
          `an abort without a readable check, right in a function of role ${listed(listOf(aborting).map((role) => roleText(role, pack)))}`,
        ]),
  ];
}
