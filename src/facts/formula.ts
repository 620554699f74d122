import { comparisonOf, opposite, ordered } from "./comparison.js";
import type { Comparison, Expression } from "./expression.js";

/** The truth of a condition: terms in canonical form, joined by logic, with negation only inside the terms. */
export type Formula =
  | { readonly kind: "constant"; readonly holds: boolean }
  | { readonly kind: "term"; readonly comparison: Comparison }
  | { readonly kind: "all" | "any"; readonly parts: readonly Formula[] }
  /** Both sides are true or both are false; where `equal` is false, one of them is true. */
  | { readonly kind: "same"; readonly left: Formula; readonly right: Formula; readonly equal: boolean }
  | {
      readonly kind: "choice";
      readonly test: Formula;
      readonly consequent: Formula;
      readonly alternative: Formula;
    };

/** The formula that is always true, or never. */
export function constant(holds: boolean): Formula {
  return { kind: "constant", holds };
}

/** Joins formulas by `&&` ("all") or `||` ("any"): flat, without constants. */
export function joined(kind: "all" | "any", formulas: readonly Formula[]): Formula {
  const neutral = kind === "all";
  const parts = formulas.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (parts.some((part) => part.kind === "constant" && part.holds !== neutral)) return constant(!neutral);
  const [first, ...others] = parts.filter((part) => part.kind !== "constant");
  if (first === undefined) return constant(neutral);
  return others.length === 0 ? first : { kind, parts: [first, ...others] };
}

/** Says that two formulas are both true or both false, or (where `equal` is false) that they are not. */
export function same(left: Formula, right: Formula, equal: boolean): Formula {
  if (left.kind === "constant") return left.holds === equal ? right : negated(right);
  if (right.kind === "constant") return right.holds === equal ? left : negated(left);
  return { kind: "same", left, right, equal };
}

/** Returns the formula that is true where this one is not. */
export function negated(formula: Formula): Formula {
  switch (formula.kind) {
    case "constant":
      return constant(!formula.holds);
    case "term":
      return { kind: "term", comparison: opposite(formula.comparison) };
    case "all":
    case "any":
      return { kind: formula.kind === "all" ? "any" : "all", parts: formula.parts.map(negated) };
    case "same":
      return { ...formula, equal: !formula.equal };
    case "choice":
      return {
        ...formula,
        consequent: negated(formula.consequent),
        alternative: negated(formula.alternative),
      };
  }
}

/** Returns the C expression that is 1 where the formula is true and 0 where it is not. */
export function expressionOf(formula: Formula): Expression {
  switch (formula.kind) {
    case "constant":
      return { kind: "number", text: formula.holds ? "1" : "0" };
    case "term":
      return formula.comparison;
    case "all":
    case "any": {
      const operator = formula.kind === "all" ? "&&" : "||";
      return formula.parts
        .map(expressionOf)
        .reduce((left, right) => ({ kind: "logical", operator, left, right }));
    }
    case "same":
      return ordered(
        comparisonOf(formula.equal ? "==" : "!=", expressionOf(formula.left), expressionOf(formula.right)),
      );
    case "choice":
      return {
        kind: "conditional",
        test: expressionOf(formula.test),
        consequent: expressionOf(formula.consequent),
        alternative: expressionOf(formula.alternative),
      };
  }
}
