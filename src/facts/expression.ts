/** A C condition, as far as it was understood. */
export type Expression =
  | { readonly kind: "number"; readonly text: string; readonly value: bigint | null }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | { readonly kind: "postfix"; readonly operand: Expression; readonly operator: string }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Expression[] }
  | { readonly kind: "index"; readonly object: Expression; readonly index: Expression }
  | {
      readonly kind: "member";
      readonly object: Expression;
      readonly operator: "." | "->" | "::";
      readonly name: string;
    }
  | { readonly kind: "cast"; readonly type: string; readonly operand: Expression }
  | { readonly kind: "sizeof"; readonly text: string };
