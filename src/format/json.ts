import type { Report } from "../model/report.js";
import { visibleJson } from "./visible.js";

/** The report as JSON, indented by two blanks, with a line end; printable on a terminal, the same value as without. */
export function formatJson(report: Report): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}
