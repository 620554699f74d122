// Its cycle with egg.ts is reported of that one.
import type { Egg } from "./egg.js";

export interface Hen {
  readonly egg: Egg;
}
