// Breaks format-imports.
export type { Finding } from "../rules/finding.js";
