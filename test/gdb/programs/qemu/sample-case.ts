/** One sample of samples/qemu-memory/: which program, how gdb looked at it, and what it is there for. */
export interface SampleCase {
  readonly slug: string;
  /** What main is called with, see softmmu/vl.c. */
  readonly scenario: string;
  /** The optimisation and the defines, see include/exec/memory.h and migration/migration.c. */
  readonly flags: readonly string[];
  /**
   * `live`: the program runs under gdb. `core`: gdb opens the core that it left. `terminal`: the same, with the commands
   * typed at gdb's prompt in a terminal, so that they stand in the output.
   */
  readonly session: "live" | "core" | "terminal";
  /** Settings, and for `live` commands that bring the program to where the sample begins; what they print is left out. */
  readonly before?: readonly string[];
  /** The commands whose output is the sample; `run` runs the scenario. */
  readonly commands: readonly string[];
  /** Where the case itself is a damaged copy: what is left of the output's lines, and that in words. */
  readonly cut?: { readonly keep: (lines: readonly string[]) => readonly string[]; readonly words: string };
  readonly protects: string;
  readonly expected: string;
}

/** The lines from frame `level` on: a copy that begins in the middle of a stack. */
export function fromFrame(level: number): (lines: readonly string[]) => readonly string[] {
  return (lines) => lines.slice(lines.findIndex((line) => line.startsWith(`#${level} `)));
}
