import { createContext, Script } from "node:vm";

/**
 * Runs functions that may never return. Only a `vm` script can be stopped from outside while it runs: it is a single
 * call, of the function at hand.
 */
export class Deadline {
  private task: () => void = () => {};
  private readonly context = createContext({ run: () => this.task() });
  private readonly script = new Script("run()");

  /** False where `task` was stopped because it took longer than `milliseconds`. Throws what `task` throws. */
  ends(milliseconds: number, task: () => void): boolean {
    this.task = task;
    try {
      this.script.runInContext(this.context, { timeout: milliseconds });
      return true;
    } catch (error) {
      if (isTimeout(error)) return false;
      throw error;
    }
  }
}

/** The error is the other context's: no instance of this one's `Error`. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === "object" && error !== null;
  return isObject && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
