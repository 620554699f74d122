import { type Token, tokensOf } from "./tokens.js";

/** The body of a function: what stands between its braces. */
export interface FunctionBody {
  /** The names in front of the body that are followed by `(`: that of the function is one, macros may be others. */
  readonly names: ReadonlySet<string>;
  /** Behind the opening brace and in front of the closing one, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The lines of the two braces, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/**
 * The functions of a C file, in the order of their ends. A function around whose braces `#if` and `#else` disagree is
 * left out, and so are all of a file whose `#line` says that its lines are another's. Linear; never throws.
 */
export function functionsIn(text: string): readonly FunctionBody[] {
  const finder = new Finder();
  for (const token of tokensOf({ text, start: 0, end: text.length, line: 1 })) finder.take(token);
  return finder.found();
}

/** An open bracket, with what is open around it. */
interface Bracket {
  readonly sign: string;
  readonly outer: Bracket | null;
  /** The function that it belongs to. */
  readonly body: OpenBody | null;
  /** The brace of `extern "C"` or of a namespace: what it holds is at the top. */
  readonly transparent: boolean;
}

interface OpenBody {
  readonly names: ReadonlySet<string>;
  readonly start: number;
  readonly first: number;
  told: boolean;
}

/** What is open at an `#if`, and after the first of its branches. */
interface Branches {
  readonly before: Bracket | null;
  first: { readonly after: Bracket | null } | null;
  even: boolean;
}

const closingOf: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

class Finder {
  private readonly bodies: (FunctionBody & { readonly open: OpenBody })[] = [];
  private readonly branches: Branches[] = [];
  private open: Bracket | null = null;
  private declaration = new Declaration();
  private numbered = false;

  take(token: Token): void {
    if (token.kind === "directive") this.directive(token.text);
    else if (token.kind === "sign") this.sign(token);
    if (token.kind !== "directive" && this.atTop()) this.declaration.take(token);
  }

  found(): readonly FunctionBody[] {
    return this.numbered ? [] : this.bodies.filter(({ open }) => open.told);
  }

  private atTop(): boolean {
    return this.open === null || this.open.transparent;
  }

  private sign(token: Token): void {
    const { text } = token;
    if (text === "{") this.brace(token);
    else if (text === "(" || text === "[") {
      if (this.atTop()) this.declaration.bracket(text);
      this.push(text, this.open?.body ?? null);
    } else if (closingOf.has(text)) this.close(token);
    else if (text === ";" && this.atTop()) this.declaration = this.declaration.ended();
  }

  private push(sign: string, body: OpenBody | null, transparent = false): void {
    this.open = { sign, outer: this.open, body, transparent };
  }

  private brace({ end, line }: Token): void {
    const body = this.open?.body ?? null;
    if (!this.atTop()) this.push("{", body);
    else if (this.declaration.opensLinkage()) {
      this.declaration = new Declaration();
      this.push("{", null, true);
    } else {
      const names = this.declaration.names();
      this.push("{", names === null ? null : { names, start: end, first: line, told: true });
    }
  }

  private close({ text, start, line }: Token): void {
    const wanted = closingOf.get(text);
    if (this.open?.sign !== wanted) {
      this.doubt(this.open);
      // A brace ends whatever was left open in it; another bracket ends nothing.
      if (text !== "}") return;
      while (this.open !== null && this.open.sign !== "{") this.open = this.open.outer;
    }
    const closed = this.open;
    if (closed === null) return;
    this.open = closed.outer;
    if (text !== "}" || !this.atTop()) return;
    this.declaration = new Declaration();
    const { body } = closed;
    if (body === null) return;
    this.bodies.push({
      names: body.names,
      start: body.start,
      end: start,
      first: body.first,
      last: line,
      open: body,
    });
  }

  private doubt(bracket: Bracket | null): void {
    if (bracket?.body) bracket.body.told = false;
  }

  private directive(word: string): void {
    if (word === "line") this.numbered = true;
    else if (word === "if") this.branches.push({ before: this.open, first: null, even: true });
    else this.endBranch(word === "endif");
  }

  /** Each branch begins with what is open before the first; after the last, what the first left open is. */
  private endBranch(last: boolean): void {
    const group = last ? this.branches.pop() : this.branches.at(-1);
    if (group === undefined) return;
    if (this.open !== group.before) group.even = false;
    group.first ??= { after: this.open };
    if (!group.even) for (const end of [group.before, group.first.after, this.open]) this.doubt(end);
    this.open = last ? group.first.after : group.before;
  }
}

/** What stands at the top of a file since the last declaration ended. */
class Declaration {
  private readonly callable: string[] = [];
  private first: Token | null = null;
  private last: Token | null = null;
  private assigns = false;
  /** A word follows a parameter list: the declaration of a parameter in the old style, or an attribute. */
  private wordAfter = false;

  /** @param older the names of a function whose parameters may be declared one by one in front of its body */
  constructor(private readonly older: readonly string[] = []) {}

  take(token: Token): void {
    if (token.kind === "sign" && /[;{}]/.test(token.text)) return;
    if (token.kind === "sign" && token.text === "=") this.assigns = true;
    if (token.kind === "name" && this.last?.text === ")" && this.callable.length > 0) this.wordAfter = true;
    this.first ??= token;
    this.last = token;
  }

  bracket(sign: string): void {
    if (sign === "(" && this.last?.kind === "name") this.callable.push(this.last.text);
  }

  ended(): Declaration {
    if (this.callable.length === 0) return new Declaration(this.first === null ? [] : this.older);
    return new Declaration(this.wordAfter ? this.callable : []);
  }

  /** The names that a function may have whose body begins here; null where no body of a function does. */
  names(): ReadonlySet<string> | null {
    if (this.assigns) return null;
    const names = this.first === null ? this.older : this.callable;
    return names.length === 0 ? null : new Set(names);
  }

  /** `extern "C"`, `namespace x`. */
  opensLinkage(): boolean {
    const { first, last } = this;
    return first?.text === "namespace" || (first?.text === "extern" && last?.kind === "literal");
  }
}
