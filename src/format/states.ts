import type { Document, Finding, Report } from "../model/report.js";
import { place } from "./place.js";
import { visible } from "./visible.js";
import { hang, width } from "./width.js";

/** Who holds the state, where a frame that is known to do so stands on a stack. */
function holderText({ holder }: Finding, document: Document): string {
  if (holder === null) return "";
  const thread = document.traces[holder.trace]?.threads[holder.thread];
  const frame = thread?.frames.find(({ level }) => level === holder.level);
  const number = thread?.number == null ? "" : ` of thread ${thread.number}`;
  const where = frame === undefined ? "" : ` at ${place(document.source, frame.span.start)}`;
  return visible(`${holder.function ?? "??"} (#${holder.level}${number}${where})`);
}

/** A state's value as its pack says it, in the middle of a sentence. */
function stateText(state: string, value: string, { rule }: Finding, report: Report): string {
  const said = report.states.find(
    (info) => info.state === state && info.value === value && rule.startsWith(`${info.pack}/`),
  )?.says;
  if (said === undefined) return visible(value);
  const begins = /^[A-Z][a-z]/.test(said) ? said.charAt(0).toLowerCase() : said.charAt(0);
  return visible(`${begins}${said.slice(1)}`.replace(/\.$/, ""));
}

/**
 * What was open and held at the innermost judged frame, one state a line, in words; then who holds it. A pack decides its states
 * one with the help of those before: the last one is what it judges by, and stands first.
 */
export function stateLines(finding: Finding, document: Document, report: Report, columns: number): string[] {
  const states = Object.entries(finding.states).reverse();
  const rows = states.map(
    ([state, value]) => [visible(state), stateText(state, value, finding, report)] as const,
  );
  const holder = holderText(finding, document);
  const all = holder === "" ? rows : [...rows, ["held by", holder] as const];
  const widest = Math.min(24, Math.max(0, ...all.map(([label]) => width(label))));
  return all.flatMap(([label, text]) => hang(`  ${label.padEnd(widest)}  `, text, columns));
}
