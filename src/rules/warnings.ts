import type { Pack } from "./pack.js";
import type { PackProblem } from "./problems.js";
export function packWarnings(_pack: Pack): PackProblem[] { return []; }
