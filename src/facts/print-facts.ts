import type { Fact } from "../model/trace.js";
import { clausesOf } from "./clauses.js";
import type { ConditionTypes } from "./literal.js";
import type { Clause } from "./normal-form.js";

/** `5`, `120 'x'`, `97 u'a'`, `true`: a decimal with a leading 0 is gdb's octal (`p/o`). */
const number = /^(?:(-?(?:0|[1-9]\d*))(?: [uUL]?'(?:[^'\\]|\\.{1,3})')?|(true|false))$/;
/** `0x0`, `0x55a326132580 <address_space_memory>`, `0x55a32575d9b0 "text"`, after the type that `print` puts before. */
const address = /^0x([0-9a-f]+)(?: .*)?$/s;

/**
 * Returns the facts that a printed value proves: `x == 5`; of a pointer only whether it is null, for an address is
 * another in every run. Nothing for values of other kinds (`<optimized out>`, strings, structs, words) and for names
 * that are no plain expression. Never throws.
 * @param name an expression as it was given to `print`, or a variable; its file (`'memory.c'::depth`) is left out
 */
export function factsOfPrint(
  name: string,
  value: string,
  source: Fact["source"],
  types: ConditionTypes,
): Fact[] {
  const comparison = comparisonWith(valueItself(value.trim()));
  if (comparison === null) return [];
  const clauses = clausesOf(`(${name.replace(/^'[^']*'::/, "")}) ${comparison}`, types);
  return (clauses ?? []).map((terms) => factOf(terms, source));
}

/** Returns a clause as the report shows it. */
export function factOf(terms: Clause, source: Fact["source"]): Fact {
  return { expression: terms.join(" || "), terms: [...terms], source, settled: terms.length === 1 };
}

function comparisonWith(value: string): string | null {
  const [, digits, word] = number.exec(value) ?? [];
  if (digits !== undefined || word !== undefined) return `== ${digits ?? word}`;
  const [, hexadecimal] = address.exec(value) ?? [];
  if (hexadecimal === undefined) return null;
  return /^0+$/.test(hexadecimal) ? "== 0" : "!= 0";
}

/** The value without the address of a reference (`@0x7ffe: 5`) or the type of a pointer (`(void (*)(int)) 0x55`). */
function valueItself(value: string): string {
  if (value.startsWith("(")) return value.slice(endOfBrackets(value)).trimStart();
  const [reference = ""] = /^@0x[0-9a-f]+: /.exec(value) ?? [];
  return value.slice(reference.length);
}

function endOfBrackets(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
