import type { Explanation, KnownValue } from "../model/trace.js";
import { visible } from "./visible.js";
import { hang, shorten, shortenMiddle } from "./width.js";

/** The column at which what a line tells begins. */
const told = 13;
/** A value takes no more columns. */
const longestValue = 60;

function labelled(label: string, text: string, columns: number): string[] {
  return text === "" ? [] : hang(`  ${label}`.padEnd(told), text, columns);
}

const sources: Readonly<Record<KnownValue["source"], string>> = {
  argument: "argument",
  entry: "argument, as it was at the call",
  local: "local",
  printed: "printed",
};

function sourceText({ source, level }: KnownValue): string {
  return level === null ? sources[source] : `#${level}, ${sources[source]}`;
}

/** Values with one source between the marks of a list, and their source behind the last. */
function valuesText(values: readonly KnownValue[]): string {
  const bySource = new Map<string, string[]>();
  for (const known of values) {
    const source = sourceText(known);
    const said = `${shortenMiddle(visible(known.name), longestValue)} = ${shorten(visible(known.value), longestValue)}`;
    bySource.set(source, [...(bySource.get(source) ?? []), said]);
  }
  return Array.from(bySource, ([source, said]) => `${said.join(", ")} (${source})`).join("; ");
}

const contradiction =
  "it failed, but with these values it holds: they are not those of the failure (changed since, or code that was optimised)";

/**
 * A failed condition beside the values that the trace shows, and the part that is false: lines of at most `columns`, safe
 * to print. None where there is no explanation.
 */
export function conditionLines(explanation: Explanation | null, columns: number): string[] {
  if (explanation === null) return [];
  const { withValues, values, falsePart, contradicted, unknown } = explanation;
  return [
    ...hang("  ", shorten(visible(withValues), 300), columns),
    ...labelled("false", shorten(visible(falsePart ?? ""), 300), columns),
    ...labelled("values", valuesText(values), columns),
    ...labelled("but", contradicted ? contradiction : "", columns),
    ...labelled("not shown", shorten(visible(unknown.join(", ")), 300), columns),
  ];
}
