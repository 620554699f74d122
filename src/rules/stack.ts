import type { Frame } from "../model/trace.js";
import type { CompiledClause, CompiledPack, CompiledState } from "./compile.js";
import type { Stack } from "./condition.js";
import type { RoleReader } from "./roles.js";

/** One thread's frames as the rules see them: by their roles, and by the states that were decided so far. */
export class ThreadStack implements Stack {
  readonly length: number;
  private readonly states = new Map<string, readonly (CompiledClause | null)[]>();
  private found: ReadonlyMap<string, number[]> | null = null;

  constructor(
    readonly frames: readonly Frame[],
    readonly roles: readonly (readonly string[])[],
    private readonly proved: ReadonlySet<string>,
  ) {
    this.length = frames.length;
  }

  indicesOf(role: string): readonly number[] {
    this.found ??= indicesOfRoles(this.roles);
    return this.found.get(role) ?? [];
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

/** Where each role stands: most roles are asked for, few frames have any. */
function indicesOfRoles(roles: readonly (readonly string[])[]): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [index, names] of roles.entries()) {
    for (const name of names) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [index]);
      else known.push(index);
    }
  }
  return found;
}

/** The roles of a thread's frames, and whether the pack knows any of them. */
export interface RolesOfFrames {
  readonly roles: readonly (readonly string[])[];
  readonly shows: boolean;
}

/**
 * The roles of every frame: the pack's own and those that every pack knows. What stands outside the bottom of the stack
 * (stack contents beyond a coroutine's first frame, which gdb takes for callers) has none.
 */
export function rolesOfFrames(frames: readonly Frame[], pack: CompiledPack, base: RoleReader): RolesOfFrames {
  let shows = false;
  const roles = frames.map((frame, index) => {
    const own = pack.rolesOf(frame, frames[index - 1]);
    // Most packs know nothing of most frames.
    if (own.length === 0) return base(frame);
    shows = true;
    return [...own, ...base(frame)];
  });
  const bottom =
    pack.bottom.length === 0
      ? -1
      : roles.findIndex((names) => pack.bottom.some((role) => names.includes(role)));
  if (bottom === -1) return { roles, shows };
  return { roles: roles.map((names, index) => (index > bottom ? [] : names)), shows };
}
