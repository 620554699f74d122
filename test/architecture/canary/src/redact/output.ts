// Breaks redact-imports.
export type { Finding } from "../rules/finding.js";
