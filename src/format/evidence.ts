import type { Document, Evidence } from "../model/report.js";
import type { Palette } from "./palette.js";
import { place, stretch } from "./place.js";
import { visible } from "./visible.js";
import { hang, shorten } from "./width.js";

/** The frame that evidence is about, unless its message names it already. */
function frameText({ level, thread, trace, message }: Evidence, document: Document): string {
  if (level === null) return "";
  const stack = document.traces[trace ?? -1]?.threads[thread ?? -1];
  const name = stack?.frames.find((frame) => frame.level === level)?.function ?? null;
  return name === null || message.includes(name) ? `#${level} ` : `#${level} ${visible(name)}: `;
}

function quoteOf({ text }: Evidence): string {
  return visible((text ?? "").trim().replace(/\s+/g, " "));
}

/** What a piece of evidence says, and where, behind a label of its own. */
export function evidenceText(
  label: string,
  evidence: Evidence,
  document: Document,
  columns: number,
): string[] {
  const said = `${frameText(evidence, document)}${visible(evidence.message.trim().replace(/\s+/g, " "))}`;
  return evidence.kind === "absence"
    ? hang(label, `${said} (searched: ${stretch(document.source, evidence.span)})`, columns)
    : hang(label, `${place(document.source, evidence.span.start)} ${said}`, columns);
}

/** The words of the input that evidence rests on; none where they say nothing new. */
function quoteLines(evidence: Evidence, palette: Palette, columns: number): string[] {
  const quoted = quoteOf(evidence);
  // A frame is named; its line can be found by its place.
  const known =
    evidence.level !== null || visible(evidence.message).includes(quoted.replace(/^"(.*)"$/, "$1"));
  return known ? [] : [palette.faint(`             | ${shorten(quoted, columns - 15)}`)];
}

/** Pieces of evidence in their order, each with its weight and its place; the same words are quoted once. */
export function evidenceLines(
  pieces: readonly Evidence[],
  document: Document,
  palette: Palette,
  columns: number,
): string[] {
  const quoted = new Set<string>();
  return pieces.flatMap((evidence) => {
    const lines = evidenceText(`  ${evidence.weight.padEnd(7)}  `, evidence, document, columns);
    const words = `${evidence.span.start.offset} ${evidence.text}`;
    const isNew = !quoted.has(words);
    quoted.add(words);
    return isNew ? [...lines, ...quoteLines(evidence, palette, columns)] : lines;
  });
}
