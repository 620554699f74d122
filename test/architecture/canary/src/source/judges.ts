// Breaks source-imports.
export type { Finding } from "../rules/finding.js";
