// Breaks text-imports.
export type { Report } from "../model/report.js";
