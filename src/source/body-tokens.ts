import { type Stretch, type Token, tokensOf } from "./tokens.js";

/** Words in front of `(` that call nothing. */
const keywords = new Set([
  ...["if", "else", "while", "do", "for", "switch", "case", "default", "return", "goto", "break", "continue"],
  ...["sizeof", "typeof", "__typeof__", "__typeof", "_Alignof", "alignof", "__alignof__", "_Generic"],
  ...[
    "asm",
    "__asm__",
    "__asm",
    "volatile",
    "__volatile__",
    "__attribute__",
    "_Static_assert",
    "static_assert",
  ],
  ...[
    "const",
    "static",
    "struct",
    "union",
    "enum",
    "void",
    "int",
    "char",
    "long",
    "unsigned",
    "bool",
    "double",
  ],
]);

const closingOf: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
const closings = new Set(closingOf.values());

/** The tokens of a function's body by their index, and what belongs together among them. */
export class Tokens {
  readonly count: number;
  /** Every bracket has its other half. */
  readonly paired: boolean;
  /** The names in front of a colon where a label may stand. */
  readonly labels: ReadonlySet<string>;
  private readonly tokens: readonly Token[];
  private readonly pairs: Int32Array;

  constructor(body: Stretch) {
    this.tokens = [...tokensOf(body)];
    this.count = this.tokens.length;
    this.pairs = new Int32Array(this.count).fill(-1);
    this.paired = this.pairUp();
    this.labels = new Set(
      this.tokens.flatMap(({ text }, at) => (this.isLabel(at) && this.text(at - 1) !== "?" ? [text] : [])),
    );
  }

  /** A name or a sign; empty for all else, and where there is no token. */
  text(at: number): string {
    const token = this.tokens[at];
    return token === undefined || token.kind === "directive" ? "" : token.text;
  }

  line(at: number): number {
    return this.tokens[at]?.line ?? 0;
  }

  /** The word of a directive; null for any other token. */
  directive(at: number): string | null {
    const token = this.tokens[at];
    return token?.kind === "directive" ? token.text : null;
  }

  isName(at: number): boolean {
    return this.tokens[at]?.kind === "name";
  }

  /** The index of a bracket's other half; null for what is none. */
  pair(at: number): number | null {
    const other = this.pairs[at] ?? -1;
    return other === -1 ? null : other;
  }

  /** The index behind a token, or behind the other half of a bracket that opens here. */
  private behind(at: number): number {
    return Math.max(at, this.pair(at) ?? at) + 1;
  }

  isLabel(at: number): boolean {
    return this.isName(at) && this.text(at + 1) === ":" && !keywords.has(this.text(at));
  }

  /** A label, `case` or `default` begins here. */
  hasLabel(at: number): boolean {
    return this.isLabel(at) || this.text(at) === "case" || this.text(at) === "default";
  }

  isCall(at: number): boolean {
    return this.isName(at) && this.text(at + 1) === "(" && !keywords.has(this.text(at));
  }

  /** The index of the statement in front of which a macro stands, as in `FOREACH(x) { … }`; null where none does. */
  bodyOfMacro(at: number): number | null {
    const close = this.isCall(at) ? this.pair(at + 1) : null;
    if (close === null) return null;
    return this.text(close + 1) === "{" || this.isName(close + 1) ? close + 1 : null;
  }

  /** The index of the colon that ends `case …`; null where none does. */
  colonAfter(from: number): number | null {
    let questions = 0;
    for (let at = from; at < this.count; at = this.behind(at)) {
      const text = this.text(at);
      if (text === "?") questions++;
      else if (text === ":" && questions-- === 0) return at;
      else if (text === ";" || text === "}") return null;
    }
    return null;
  }

  /**
   * The index behind a statement that begins at `from` and has no statements of its own: behind its semicolon, or in front
   * of what ends the block that it is the last of. Null where `#if` cuts it.
   */
  endOfSimple(from: number): number | null {
    let conditions = 0;
    for (let at = from; at < this.count; at = this.behind(at)) {
      const directive = this.directive(at);
      const text = this.text(at);
      if (directive === "if") conditions++;
      else if (directive !== null && conditions === 0) return this.endWithoutSemicolon(from, at);
      else if (directive === "endif") conditions--;
      else if (text === "}") return conditions === 0 ? this.endWithoutSemicolon(from, at) : null;
      else if (text === ";") return conditions === 0 ? at + 1 : null;
    }
    return conditions === 0 ? this.endWithoutSemicolon(from, this.count) : null;
  }

  /** A macro needs no semicolon where it is the last of a block, or of a branch of `#if`. */
  private endWithoutSemicolon(from: number, end: number): number | null {
    return end > from && this.text(end - 1) === ")" ? end : null;
  }

  /** `(1)`, `(true)`, and `for` without a condition. @param at the index of the keyword */
  alwaysTrue(at: number): boolean {
    if (this.text(at) !== "for") return /^(?:1|true|TRUE)$/.test(this.only(at + 1));
    const close = this.pair(at + 1) ?? at;
    for (let inner = at + 2; inner < close; inner = this.behind(inner))
      if (this.text(inner) === ";") return this.text(inner + 1) === ";";
    return false;
  }

  /** `(0)`, `(false)`. @param at the index of the keyword */
  alwaysFalse(at: number): boolean {
    return /^(?:0|false|FALSE)$/.test(this.only(at + 1));
  }

  /** The only token in brackets; empty where there are more. */
  private only(open: number): string {
    return this.pair(open) === open + 2 ? this.text(open + 1) : "";
  }

  /** False where a bracket has no other half, or one of another kind. */
  private pairUp(): boolean {
    const open: number[] = [];
    for (let at = 0; at < this.count; at++) {
      const text = this.text(at);
      if (closingOf.has(text)) open.push(at);
      else if (closings.has(text)) {
        const opening = open.pop();
        if (opening === undefined || closingOf.get(this.text(opening)) !== text) return false;
        this.pairs[opening] = at;
        this.pairs[at] = opening;
      }
    }
    return open.length === 0;
  }
}
