import type { Joint } from "./joint.js";

/** Words of C and C++ that another word may follow. */
const keywords =
  /(?:^|[^\w$])(?:sizeof|alignof|struct|union|enum|unsigned|signed|long|short|const|volatile|new|delete|not|and|or|typename|class|return|operator|case)$/;
/** Words that may follow another one. */
const infix = /^(?:and|or|xor|const|int|char|long|short|double)\b/;

/**
 * Tells what stands in the place of a break inside an expression of C or C++, as assertions print it: two names never
 * stand side by side, operators have blanks around them, and nothing stands behind `(`, `!` or around `->`.
 * @param before the expression up to the break, without blanks at its end
 * @param words what follows, without blanks at its start
 */
export function expressionJoint(before: string, words: string): Joint {
  const last = before.at(-1) ?? "";
  const next = words[0] ?? "";
  if (/[\w$]/.test(last) && /[\w$]/.test(next)) {
    if (insideQuotes(before)) return "unknown";
    return keywords.test(before) || infix.test(words) ? "blank" : "split";
  }
  if (insideQuotes(before)) return "unknown";
  if (
    /[&|=!<>-]/.test(last) &&
    /[&|=<>-]/.test(next) &&
    operators.has(lastOperator(before) + firstOperator(words))
  )
    return "split";
  if (/(?:[,?]|&&|\|\||[=!<>]=|[\s][<>=+/%])$/.test(before) || /^(?:&&|\|\||[=!<>]=|[<>=+/%] )/.test(words))
    return "blank";
  if (/[([!~]$|(?:^|[(,=&|]\s?)[&*-]$/.test(before) || /^[)\],;.[]/.test(words)) return "split";
  if (/->$|\.$|::$/.test(before) || /^(?:->|::)/.test(words)) return "split";
  return "unknown";
}

const operators = new Set(["&&", "||", "==", "!=", "<=", ">=", "->", "<<", ">>"]);

function lastOperator(text: string): string {
  return /[&|=!<>-]+$/.exec(text.slice(-4))?.[0] ?? "";
}

function firstOperator(text: string): string {
  return /^[&|=!<>-]+/.exec(text)?.[0] ?? "";
}

function insideQuotes(before: string): boolean {
  return (
    (before.split('"').length - before.split('\\"').length) % 2 === 1 || before.split('\\"').length % 2 === 0
  );
}
