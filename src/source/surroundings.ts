/** What `break`, `continue` and `case` belong to. */
export interface Surrounding {
  /** A macro in front of a statement may be a loop and may be none. */
  readonly kind: "loop" | "switch" | "macro";
  /** Where the labels of a `switch` are entered from. */
  readonly head: number;
  /** Where `continue` goes. */
  readonly again: number;
  /** Where `break` goes. */
  readonly exit: number;
  /** How many guards are open around it. */
  readonly openGuards: number;
}

interface EnteredSurrounding extends Surrounding {
  hasDefault: boolean;
}

/** The loops, switches and macros around a statement. */
export class Surroundings {
  private readonly entered: EnteredSurrounding[] = [];

  enter(surrounding: Surrounding): EnteredSurrounding {
    const entered = { ...surrounding, hasDefault: false };
    this.entered.push(entered);
    return entered;
  }

  leave(): void {
    this.entered.pop();
  }

  switch(): EnteredSurrounding | undefined {
    return this.entered.findLast(({ kind }) => kind === "switch");
  }

  /** What `break` or else `continue` may leave: a macro around may be what they belong to, or may not. */
  leftBy(breaks: boolean): readonly Surrounding[] {
    const fitting = this.entered.filter(({ kind }) => breaks || kind !== "switch");
    const nearest = fitting.findLastIndex(({ kind }) => kind !== "macro");
    return fitting.slice(Math.max(0, nearest));
  }
}
