// Breaks group-imports.
export type { Finding } from "../rules/finding.js";
