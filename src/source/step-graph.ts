import type { Step } from "./steps.js";

type OpenStep = Omit<Step, "next"> & { readonly next: number[] };

/** Steps while it is found out which follow which. */
export class StepGraph {
  readonly steps: OpenStep[] = [];

  /** Adds a step that may come after each of those. */
  add(step: Omit<Step, "next">, ...before: readonly number[]): number {
    const index = this.steps.push({ ...step, next: [] }) - 1;
    for (const one of before) this.link(one, index);
    return index;
  }

  /** Adds a step without text, where ways meet; after none it is where a way begins that nobody goes. */
  join(...before: readonly number[]): number {
    return this.leave(0, before);
  }

  /** Adds a step at which the scopes of guards end; gives the one before where there are none to end. */
  leaving(before: number, closes: number): number {
    return closes <= 0 ? before : this.leave(closes, [before]);
  }

  link(from: number, to: number): void {
    this.steps[from]?.next.push(to);
  }

  private leave(closes: number, before: readonly number[]): number {
    return this.add({ first: 0, last: 0, calls: [], invokes: false, closes }, ...before);
  }
}
