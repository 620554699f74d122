// Breaks no-cycles.
import type { Hen } from "./hen.js";

export interface Egg {
  readonly hen: Hen;
}
