/** The exit status, and what it means; the higher one wins. */
export const status = {
  /** Nothing at or above `--fail-on`, also where there was nothing to find. */
  clean: 0,
  /** Something at or above `--fail-on`. */
  found: 1,
  /** Wrong usage, or a file that cannot be read or written. */
  usage: 2,
  /** A fault of this program. */
  fault: 3,
} as const;

export type Status = (typeof status)[keyof typeof status];

/** Wrong usage: each problem is a line that says what is wrong and what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

/** Rules or a configuration of the user's own in which something is wrong: each problem is a line that begins with its place. */
export class FaultyRulesError extends Error {
  override readonly name = "FaultyRulesError";
  readonly problems: readonly string[];

  constructor(...problems: readonly [string, ...string[]]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

/** A result that cannot be written where it should go; the message says why. */
export class UnwritableError extends Error {
  override readonly name = "UnwritableError";
}
