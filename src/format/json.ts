import type { Report } from "../model/report.js";
import { visibleJson } from "./visible.js";

/** Blanks are most of a long report, and a string of V8 holds half a billion characters: more frames are not indented. */
const mostIndented = 100_000;

/** The report as JSON, indented by two blanks, with a line end; printable on a terminal, the same value as without. */
export function formatJson(report: Report): string {
  return `${visibleJson(JSON.stringify(report, null, report.summary.frames > mostIndented ? 0 : 2))}\n`;
}
