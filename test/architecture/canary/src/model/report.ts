// Breaks model-imports.
import type { Finding } from "../rules/finding.js";

export interface Report {
  readonly findings: readonly Finding[];
}
