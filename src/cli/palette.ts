import picocolors from "picocolors";
import { type Palette, plain } from "../format/palette.js";
import type { Io } from "./io.js";

export const colorChoices = ["auto", "always", "never"] as const;

/** `NO_COLOR` (no-color.org) and `FORCE_COLOR` speak before the terminal does, `--color` before both. */
function wanted(choice: string | undefined, toTerminal: boolean, env: Io["env"]): boolean {
  if (choice === "always") return true;
  if (choice === "never" || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
  return toTerminal && env.TERM !== "dumb";
}

/** The colours for an output, or none. `toTerminal` says whether people see it at once. */
export function paletteFor(choice: string | undefined, toTerminal: boolean, env: Io["env"]): Palette {
  if (!wanted(choice, toTerminal, env)) return plain;
  const colors = picocolors.createColors(true);
  return {
    error: colors.red,
    warning: colors.yellow,
    note: colors.cyan,
    good: colors.green,
    strong: colors.bold,
    faint: colors.dim,
  };
}
