export type TokenKind = "name" | "literal" | "sign" | "directive";

/** A token of C. Comments and what the preprocessor defines are none. */
export interface Token {
  readonly kind: TokenKind;
  /**
   * A name or a sign as it stands there (`&&`, `||`, `::` and `->` are one sign), empty for a literal other than a
   * number; for a directive its word: `if` (also for `ifdef`, `ifndef`), `elif`, `else`, `endif`, `line`.
   */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** In UTF-16 units into the whole text. */
  readonly start: number;
  readonly end: number;
}

/** A stretch of a C text that begins outside of any comment and literal. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The line of `start`, counted from 1. */
  readonly line: number;
}

/** The tokens of a stretch, but for those that `#if 0` takes out. Linear in the text; never throws, whatever it holds. */
export function* tokensOf(stretch: Stretch): Generator<Token> {
  /** For each `#if` around: what became of its text so far. */
  const conditions: ("taken" | "left-out" | "only-rest")[] = [];
  let leftOut = 0;
  for (const token of new Scanner(stretch).tokens()) {
    if (token.kind !== "directive") {
      if (leftOut === 0) yield token;
    } else if (token.text === "if" || token.text === "if 0") {
      const dead = token.text === "if 0";
      conditions.push(dead ? "left-out" : "taken");
      if (dead) leftOut++;
      else if (leftOut === 0) yield token;
    } else if (token.text === "endif") {
      const condition = conditions.pop();
      if (condition === "left-out") leftOut--;
      else if (condition !== "only-rest" && leftOut === 0) yield token;
    } else if (conditions.at(-1) === "left-out") {
      leftOut--;
      conditions[conditions.length - 1] = token.text === "else" ? "only-rest" : "taken";
      if (leftOut === 0 && token.text === "elif") yield { ...token, text: "if" };
    } else if (leftOut === 0) yield token;
  }
}

const nameAt = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
/** Of `1e+5` the first half; what a number is worth decides nothing here. */
const numberAt = /\.?\d[\w.]*/y;
const signAt = /&&|\|\||::|->|[^\s\w]/y;
const directiveAt = /[ \t]*(ifdef|ifndef|if|elifdef|elifndef|elif|else|endif|line)\b|[ \t]*\d+[ \t]*"/y;
const neverTrue = /[ \t]*(?:0|false)[ \t]*(?:$|\n|\r|\/[/*])/y;

class Scanner {
  private readonly text: string;
  private readonly end: number;
  private at: number;
  private line: number;
  /** Nothing but blanks stood on the line so far: a `#` begins a directive. */
  private fresh = true;

  constructor({ text, start, end, line }: Stretch) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.line = line;
  }

  *tokens(): Generator<Token> {
    while (this.at < this.end) {
      if (this.skipped()) continue;
      const token = this.text[this.at] === "#" && this.fresh ? this.directive() : this.token();
      if (token !== null) yield token;
    }
  }

  /** Skips one blank, line end or comment; false where none is there. */
  private skipped(): boolean {
    const sign = this.text[this.at];
    const next = this.text[this.at + 1];
    if (sign === "\n") {
      this.line++;
      this.fresh = true;
      this.at++;
    } else if (sign === "/" && next === "*") this.moveTo(this.after("*/", this.at + 2));
    else if (sign === "/" && next === "/") this.moveTo(this.lineEnd());
    else if (sign === "\\" && (next === "\n" || next === "\r")) this.moveTo(this.after("\n", this.at));
    else if (sign === " " || sign === "\t" || sign === "\r" || sign === "\f" || sign === "\v") this.at++;
    else return false;
    return true;
  }

  private token(): Token | null {
    this.fresh = false;
    const start = this.at;
    const line = this.line;
    const sign = this.text[start];
    if (sign === '"' || sign === "'") {
      this.moveTo(this.literalEnd(sign));
      return { kind: "literal", text: "", line, start, end: this.at };
    }
    const name = this.match(nameAt);
    if (name !== null) return { kind: "name", text: name, line, start, end: this.at };
    const number = this.match(numberAt);
    if (number !== null) {
      this.skipDigitGroups();
      return { kind: "literal", text: number, line, start, end: this.at };
    }
    const found = this.match(signAt);
    if (found !== null) return { kind: "sign", text: found, line, start, end: this.at };
    this.at++;
    return null;
  }

  /** The rest of `1'000'000`. */
  private skipDigitGroups(): void {
    while (this.text[this.at] === "'" && /\w/.test(this.text[this.at + 1] ?? "")) {
      this.at++;
      this.match(numberAt) ?? this.match(nameAt);
    }
  }

  /** A line that begins with `#`, with all lines that it continues on. */
  private directive(): Token | null {
    const start = this.at;
    const line = this.line;
    this.at++;
    directiveAt.lastIndex = this.at;
    const found = directiveAt.exec(this.text);
    const word = found === null ? null : (found[1] ?? "line");
    this.at = Math.min(this.end, found === null ? this.at : directiveAt.lastIndex);
    neverTrue.lastIndex = this.at;
    const dead = word === "if" && neverTrue.test(this.text);
    this.skipDirective();
    const text = word === null ? null : dead ? "if 0" : (wordFor[word] ?? word);
    return text === null ? null : { kind: "directive", text, line, start, end: this.at };
  }

  /** To the end of a directive: a comment in it may go over lines, a quote ends with its line. */
  private skipDirective(): void {
    while (this.at < this.end && this.text[this.at] !== "\n") {
      const sign = this.text[this.at];
      if (sign === '"' || sign === "'") this.moveTo(this.literalEnd(sign));
      else if (!this.skipped()) this.at++;
    }
  }

  /** The end of a literal that begins here: behind its second quote, or at the end of the line that lacks it. */
  private literalEnd(quote: string): number {
    for (let at = this.at + 1; at < this.end; at++) {
      const sign = this.text[at];
      if (sign === quote) return at + 1;
      if (sign === "\n") return at;
      if (sign === "\\") at += this.text[at + 1] === "\r" && this.text[at + 2] === "\n" ? 2 : 1;
    }
    return this.end;
  }

  /** The end of this line; a backslash before it goes on. */
  private lineEnd(): number {
    for (let from = this.at; ; ) {
      const end = this.text.indexOf("\n", from);
      if (end === -1) return this.end;
      const before = this.text[end - 1] === "\r" ? end - 2 : end - 1;
      if (this.text[before] !== "\\") return end;
      from = end + 1;
    }
  }

  private after(mark: string, from: number): number {
    const found = this.text.indexOf(mark, from);
    return found === -1 ? this.end : found + mark.length;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at = Math.min(this.end, this.at + found.length);
    return found;
  }

  /** Moves on, and counts the lines in between. */
  private moveTo(place: number): void {
    const end = Math.min(place, this.end);
    for (; this.at < end; this.at++) if (this.text[this.at] === "\n") this.line++;
  }
}

const wordFor: Readonly<Record<string, string>> = {
  ifdef: "if",
  ifndef: "if",
  elifdef: "elif",
  elifndef: "elif",
};
