export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOperator = "|" | "^" | "&" | "<<" | ">>" | "+" | "-" | "*" | "/" | "%";
export type UnaryOperator = "-" | "+" | "~" | "*" | "&";

/** A C condition, as it was written; whitespace and parentheses are gone. */
export type Expression =
  /** Also a character, and `true`, `false`, `NULL`, `nullptr`. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  /** `errp`, `Foo::bar`, `isa<Function>`. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  /** `++x`, `x--`: it changes what it reads. */
  | {
      readonly kind: "step";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly operand: Expression;
    }
  | { readonly kind: "cast"; readonly type: string; readonly operand: Expression }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | Comparison
  | {
      readonly kind: "logical";
      readonly operator: "&&" | "||";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternative: Expression;
    }
  | { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Expression[] }
  | { readonly kind: "index"; readonly object: Expression; readonly index: Expression }
  | {
      readonly kind: "member";
      readonly object: Expression;
      readonly operator: "." | "->";
      readonly name: string;
    }
  /** `sizeof(struct foo)`, `alignof(x)`: `inside` is the text in the parentheses. */
  | { readonly kind: "sizeof"; readonly operator: string; readonly inside: string };

export interface Comparison {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** Returns the direct parts of an expression, left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "string":
    case "name":
    case "sizeof":
      return [];
    case "not":
    case "unary":
    case "step":
    case "cast":
      return [expression.operand];
    case "arithmetic":
    case "comparison":
    case "logical":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.test, expression.consequent, expression.alternative];
    case "call":
      return [expression.callee, ...expression.arguments];
    case "index":
      return [expression.object, expression.index];
    case "member":
      return [expression.object];
  }
}
