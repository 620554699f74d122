import type { Frame } from "../model/trace.js";
import type { CompiledClause, CompiledPack, CompiledState } from "./compile.js";
import type { Stack } from "./condition.js";
import type { RoleReader } from "./roles.js";

/** One thread's frames as the rules see them: by their roles, and by the states that were decided so far. */
export class ThreadStack implements Stack {
  readonly length: number;
  private readonly states = new Map<string, readonly (CompiledClause | null)[]>();
  /** Where each role stands: most roles are asked for, few frames have any. */
  private readonly indices = new Map<string, number[]>();

  constructor(
    readonly frames: readonly Frame[],
    readonly roles: readonly (readonly string[])[],
    private readonly proved: ReadonlySet<string>,
  ) {
    this.length = frames.length;
    for (const [index, names] of roles.entries()) {
      for (const name of names) {
        const known = this.indices.get(name);
        if (known === undefined) this.indices.set(name, [index]);
        else known.push(index);
      }
    }
  }

  indicesOf(role: string): readonly number[] {
    return this.indices.get(role) ?? [];
  }

  hasRole(index: number, role: string): boolean {
    return this.roles[index]?.includes(role) ?? false;
  }

  hasAnyRole(index: number, roles: readonly string[]): boolean {
    return roles.some((role) => this.hasRole(index, role));
  }

  isProved(fact: string): boolean {
    return this.proved.has(fact);
  }

  stateAt(index: number, state: string): string | null {
    return this.decidedBy(index, state)?.is ?? null;
  }

  /** The clause that decided a state at a frame. */
  decidedBy(index: number, state: string): CompiledClause | null {
    return this.states.get(state)?.[index] ?? null;
  }

  /** Decides the states of a pack, in its order: a clause may ask for those before its own. */
  decide(states: readonly CompiledState[]): this {
    for (const { name, clauses } of states) this.states.set(name, this.firstThatHolds(clauses));
    return this;
  }

  private firstThatHolds(clauses: readonly CompiledClause[]): (CompiledClause | null)[] {
    const decided = new Array<CompiledClause | null>(this.length).fill(null);
    for (const clause of clauses) {
      const holds = clause.test?.holds(this) ?? null;
      for (let index = 0; index < this.length; index++) {
        if (decided[index] === null && (holds === null || holds[index] === 1)) decided[index] = clause;
      }
    }
    return decided;
  }
}

/**
 * The roles of every frame: the pack's own and those that every pack knows. What stands outside the bottom of the stack
 * (stack contents beyond a coroutine's first frame, which gdb takes for callers) has none.
 */
export function rolesOfFrames(
  frames: readonly Frame[],
  pack: CompiledPack,
  base: RoleReader,
): (readonly string[])[] {
  const roles = frames.map((frame) => [...pack.rolesOf(frame), ...base(frame)]);
  const bottom = roles.findIndex((names) => pack.bottom.some((role) => names.includes(role)));
  return bottom === -1 ? roles : roles.map((names, index) => (index > bottom ? [] : names));
}
