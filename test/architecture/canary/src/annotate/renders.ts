// Breaks annotate-imports.
export type { Finding } from "../rules/finding.js";
