import type { Slice } from "../nodes.js";

/** One line of glibc's `backtrace_symbols`: `./bs(g+0x9) [0x557928d7d18c]`. */
export interface SymbolNode extends Slice {
  /** The number that the program printed in front of the line. */
  readonly number: number | null;
  readonly library: string | null;
  readonly function: string | null;
  /** What was added to the symbol, or to the start of the library where there is none: `+0x9`, `-0x10`. */
  readonly offset: string | null;
  readonly address: string;
  /** An offset, or a path and the parentheses of a symbol: a list of registers, `CTRL(rw) [0x10]`, looks like the rest. */
  readonly certain: boolean;
}
