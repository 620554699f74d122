import { pairsIn } from "./brackets.js";
import { demangled } from "./mangled.js";
import { withoutMarks } from "./names.js";
import { operatorAt } from "./operators.js";

/**
 * What stays the same of a function's name whichever tool, compiler and build printed it. Kept: namespaces, classes, the
 * function, and for Rust the type and the trait of an `impl`. Left out, in this order:
 * - marks of copies, symbol versions, modules and hashes ({@link withoutMarks}); the numbers of nested functions (`f.123`);
 * - mangling of plain names ({@link demangled}) and Rust's old escapes (`$LT$`, `..`);
 * - template and generic arguments (`call<int>`, `call::<i32>`), parameter lists with what follows them (` const`, ` &&`),
 *   return types (`int call<int>(int)`), `requires` clauses, and what a thunk is said to be (`non-virtual thunk to `);
 * - ABI tags (`f[abi:cxx99]`) and inline namespaces of standard libraries (`std::__cxx11::`, `std::__1::`).
 * A lambda or closure is `{closure}` and an unnamed namespace `(anonymous)`, however it is spelled and numbered.
 * Takes time in proportion to the name and throws nothing; a name of which nothing would be left is returned without its
 * marks.
 */
export function functionPath(name: string): string {
  const symbol = withoutMarks(name);
  if (/^[-+]\[/.test(symbol)) return symbol.replace(/\([^()]{0,128}\)/, "");
  const path = new PathReader(withoutEscapes(demangled(symbol))).read();
  return withoutNumbers(path) || symbol;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["$LT$", "<"],
  ["$GT$", ">"],
  ["$RF$", "&"],
  ["$BP$", "*"],
  ["$LP$", "("],
  ["$RP$", ")"],
  ["$C$", ","],
  ["$u20$", " "],
  ["$u27$", "'"],
  ["$u5b$", "["],
  ["$u5d$", "]"],
  ["$u7b$", "{"],
  ["$u7d$", "}"],
  ["..", "::"],
]);

/** Rust's names before version 0 of its mangling, where no demangler was at work: `_$LT$T$u20$as$u20$zoo..Tr$GT$::f`. */
function withoutEscapes(name: string): string {
  if (!/\$(?:LT|RF|BP|LP|C|u[0-9a-f]{2})\$/.test(name)) return name;
  return name.replace(/(?<=^|:)_(?=\$)|\$\w{1,3}\$|\.\./g, (written) => escapes.get(written) ?? "");
}

/** gcc numbers nested functions and static variables, Go the functions in functions. */
function withoutNumbers(path: string): string {
  let plain = path;
  for (let marks = 0; marks < 8; marks++) {
    const mark = /\.\d{1,20}$/.exec(plain.slice(-24))?.[0];
    if (mark === undefined) break;
    plain = plain.slice(0, -mark.length);
  }
  return plain;
}

const word = /\w+/y;
const qualifier = / ?(?:const|volatile|noexcept|&&?)(?!\w)/y;
const requiring = / requires\b/y;
const clangLambda = /\$_\d+/y;
const llvmLambda = /'(?:lambda|unnamed)\d*'/y;
const braced = /\{+'?([\w.]+)/y;
const inlineNamespaces = new Set(["__cxx11", "__1", "__2", "__8", "__ndk1", "__Cr", "_V2"]);
const closures = new Set(["closure", "closure_env", "lambda"]);
const shims = new Set(["shim", "vtable.shim"]);

/** Reads a name from its start to its end, once. */
class PathReader {
  private at = 0;
  private path = "";
  /** Inside `operator std::map<int> const*`: its blanks are no end of a return type. */
  private converts = false;
  private readonly pairs: Int32Array;

  constructor(private readonly text: string) {
    this.pairs = pairsIn(text);
  }

  read(): string {
    while (this.at < this.text.length) this.step();
    return this.path;
  }

  private step(): void {
    const end = this.pairs[this.at] ?? 0;
    if (end > 0) this.group(end);
    else if (this.take(clangLambda) !== null || this.take(llvmLambda) !== null) this.path += "{closure}";
    else if (this.text[this.at] === " ") this.blank();
    else if (!this.identifier()) this.path += this.text[this.at++];
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  private identifier(): boolean {
    const symbol = operatorAt(this.text, this.at);
    if (symbol !== null) {
      this.at += symbol.length;
      this.path += symbol.replace(/ $/, "");
      this.converts = symbol === "operator ";
      if (this.converts) this.path += " ";
      return true;
    }
    const found = this.take(word)?.[0];
    if (found === undefined) return false;
    if (inlineNamespaces.has(found) && this.path.endsWith("::") && this.text.startsWith("::", this.at))
      this.at += 2;
    else this.path += found;
    return true;
  }

  /** What stands in front of a blank at the outermost level was a return type, unless brackets follow. */
  private blank(): void {
    this.at++;
    const next = this.text[this.at];
    if (this.converts) this.path += next === "(" || next === undefined ? "" : " ";
    else if (next !== undefined && !" <[(".includes(next)) this.path = "";
  }

  private group(end: number): void {
    const start = this.at;
    this.at = end + 1;
    switch (this.text[start]) {
      case "<":
        this.angles(start, end);
        break;
      case "(":
        this.parentheses(start, end);
        break;
      case "{":
        this.braces(start);
        break;
    }
  }

  private angles(start: number, end: number): void {
    const inside = this.text.slice(start + 1, start + 16);
    const afterPath = this.path.endsWith("::");
    if (inside.startsWith("lambda")) this.path += "{closure}";
    else if (/^(?:unnamed|anonymous)/.test(inside)) this.path += "(anonymous)";
    else if (this.path === "") this.path = selfType(this.outermost(start + 1, end));
    else if (afterPath && inside.startsWith("impl ")) this.path += `<${this.outermost(start + 1, end)}>`;
    else if (afterPath) this.path = this.path.slice(0, -2);
  }

  /** The text between two places, without what stands in brackets there. */
  private outermost(start: number, end: number): string {
    const kept: string[] = [];
    for (let at = start; at < end; at++) {
      const close = this.pairs[at] ?? 0;
      if (close > 0) at = close;
      else kept.push(this.text[at] ?? "");
    }
    return kept.join("");
  }

  private parentheses(start: number, end: number): void {
    const inside = this.text.slice(start + 1, Math.min(end, start + 64));
    if (/^anonymous\b/.test(inside)) {
      if (this.text[start - 1] === " ") this.path = "";
      this.path += "(anonymous)";
    } else if (inside.startsWith("*") && (start === 0 || this.text[start - 1] === ".")) {
      this.path += /^\*(\w*)/.exec(inside)?.[1] ?? "";
    } else {
      this.converts = false;
      while (this.take(qualifier) !== null);
      if (this.take(requiring) !== null) this.at = this.text.length;
    }
  }

  private braces(start: number): void {
    braced.lastIndex = start;
    const kind = braced.exec(this.text)?.[1] ?? "";
    if (closures.has(kind)) this.path += "{closure}";
    else if (kind === "anonymous") this.path += "(anonymous)";
    else if (!shims.has(kind)) this.path += `{${kind}}`;
    else if (this.path.endsWith("::")) this.path = this.path.slice(0, -2);
  }
}

/** `<zoo::Square>::area` is what others call `zoo::Square::area`; a trait's function keeps both names. */
function selfType(inside: string): string {
  return inside.includes(" as ") || inside.startsWith("impl ") ? `<${inside}>` : inside;
}
