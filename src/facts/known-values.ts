import type { KnownValue } from "../model/trace.js";
import { type Expression, partsOf } from "./expression.js";
import { printed } from "./print.js";
import { readCondition } from "./read.js";
import {
  briefly,
  elementOf,
  meaningOf,
  memberOf,
  printedAgain,
  readShown,
  type ShownValue,
  type Value,
} from "./shown-value.js";

/** The value of a part of a condition, and what tells of it. */
export interface Found {
  readonly shown: ShownValue;
  readonly value: Value;
  /** How it stands in a condition in the place of its expression. */
  readonly brief: string;
  /** With the part's own name and value. */
  readonly known: KnownValue;
}

interface Place {
  readonly shown: ShownValue;
  readonly known: KnownValue;
  readonly whole: boolean;
}

/** The values that a trace gives to the parts of one condition. */
export class KnownValues {
  /** By canonical text; read only where asked for. */
  private readonly byText = new Map<string, KnownValue[]>();
  private readonly places = new Map<string, Place | null>();
  private readonly asked = new Map<Expression, Place | null>();
  /** Of what kind the names are: other expressions need not be looked for by their text. */
  private readonly kinds = new Set<Expression["kind"]>();
  private readonly changing: ReadonlySet<string>;
  private readonly truths = new Map<Expression, boolean | null>();

  /**
   * @param values what is preferred comes first
   * @param condition what `++` and `--` change in it has more than one value, and none of them is known
   */
  constructor(values: readonly KnownValue[], condition: Expression) {
    this.changing = new Set(stepped(condition));
    for (const known of values) {
      const { text, kind } = nameOf(known.name);
      this.kinds.add(kind);
      const others = this.byText.get(text);
      if (others === undefined) this.byText.set(text, [known]);
      else others.push(known);
    }
  }

  /** Returns the value of an expression, where the trace shows it: printed as it is, or as a part of a printed structure. */
  find(expression: Expression): Found | null {
    const place = this.placeOf(expression);
    const value = place === null ? null : meaningOf(place.shown);
    if (place === null || value === null) return null;
    const { shown, known, whole } = place;
    return {
      shown,
      value,
      brief: briefly(shown),
      known: whole ? known : { ...known, name: printed(expression), value: printedAgain(shown) },
    };
  }

  /** Asks for the truth of an expression once: in a chain of operators each link asks for those inside of it. */
  truthOnce(expression: Expression, ask: () => boolean | null): boolean | null {
    const before = this.truths.get(expression);
    if (before !== undefined) return before;
    const truth = ask();
    this.truths.set(expression, truth);
    return truth;
  }

  private placeOf(expression: Expression): Place | null {
    if (!this.kinds.has(expression.kind) && !hasParts.has(expression.kind)) return null;
    const asked = this.asked.get(expression);
    if (asked !== undefined) return asked;
    const text = printed(expression);
    const before = this.places.get(text);
    const place = before !== undefined ? before : this.search(expression, text);
    this.asked.set(expression, place);
    this.places.set(text, place);
    return place;
  }

  private search(expression: Expression, text: string): Place | null {
    return this.changing.has(text) ? null : (this.direct(text) ?? this.part(expression));
  }

  /**
   * The first that shows a value. What is `<optimized out>` in the frame could not be printed there: what was printed by
   * that name is another frame's.
   */
  private direct(text: string): Place | null {
    for (const known of this.byText.get(text) ?? []) {
      const shown = readShown(known.value);
      if (shown?.kind === "marker") return null;
      if (shown !== null && isShown(shown)) return { shown, known, whole: true };
    }
    return null;
  }

  private part(expression: Expression): Place | null {
    switch (expression.kind) {
      case "name":
        return this.ownMember(expression.name);
      case "member": {
        const { object, operator, name } = expression;
        const structure: Expression =
          operator === "." ? object : { kind: "unary", operator: "*", operand: object };
        return this.within(structure, (shown) => memberOf(shown, name));
      }
      case "index": {
        const index = this.indexOf(expression.index);
        return index === null ? null : this.within(expression.object, (shown) => elementOf(shown, index));
      }
      default:
        return null;
    }
  }

  /** In a method of C++ a name that is no argument and no local may be a member. */
  private ownMember(name: string): Place | null {
    if (!this.byText.has("this") || this.byText.has(name)) return null;
    return this.within({ kind: "unary", operator: "*", operand: self }, (shown) => memberOf(shown, name));
  }

  private within(structure: Expression, part: (shown: ShownValue) => ShownValue | null): Place | null {
    const place = this.placeOf(structure);
    const shown = place === null ? null : part(place.shown);
    return place === null || shown === null ? null : { shown, known: place.known, whole: false };
  }

  private indexOf(index: Expression): bigint | null {
    if (index.kind === "number") return /^\d{1,9}$/.test(index.text) ? BigInt(index.text) : null;
    const value = this.find(index)?.value;
    const [first, ...others] = value?.kind === "scalar" ? value.scalar : [];
    return first !== undefined && others.every((other) => other.value === first.value) ? first.value : null;
  }
}

const self: Expression = { kind: "name", name: "this" };

function isShown({ kind }: ShownValue): boolean {
  return kind !== "elided" && kind !== "text";
}

/** The expressions that are stepped. */
function stepped(expression: Expression): string[] {
  const own = expression.kind === "step" ? [printed(expression.operand)] : [];
  return [...own, ...partsOf(expression).flatMap(stepped)];
}

/** The text that equal expressions share, of what a value is of; that of a name that cannot be read is itself. */
function nameOf(name: string): { readonly text: string; readonly kind: Expression["kind"] } {
  if (/^\w+$/.test(name)) return { text: name, kind: "name" };
  const expression = readCondition(name.replace(/^'[^']*'::/, ""));
  return expression === null
    ? { text: name, kind: "name" }
    : { text: printed(expression), kind: expression.kind };
}

/** What may be a part of a printed structure. */
const hasParts: ReadonlySet<Expression["kind"]> = new Set(["name", "member", "index"]);
