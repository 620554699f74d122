// Breaks parse-imports.
export type { Finding } from "../rules/finding.js";
