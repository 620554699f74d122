import type { ThreadName } from "./thread.js";

/** What the session told of the threads, by their numbers and by the kernel's: a header need not say all of it. */
export class ThreadNames {
  private readonly byNumber = new Map<string, ThreadName>();
  private readonly byLwp = new Map<number, ThreadName>();

  learn(name: ThreadName): void {
    if (name.number !== null) this.byNumber.set(name.number, name);
    if (name.lwp !== null) this.byLwp.set(name.lwp, name);
  }

  /** The same thread with all that is known of it. */
  complete(name: ThreadName): ThreadName {
    const known =
      (name.lwp === null ? undefined : this.byLwp.get(name.lwp)) ??
      (name.number === null ? undefined : this.byNumber.get(name.number));
    if (known === undefined || disagree(name, known)) return name;
    return {
      number: name.number ?? known.number,
      target: name.target ?? known.target,
      lwp: name.lwp ?? known.lwp,
      name: name.name ?? known.name,
    };
  }
}

/** Another program's thread may have had the number. */
function disagree(one: ThreadName, other: ThreadName): boolean {
  const lwps = one.lwp !== null && other.lwp !== null && one.lwp !== other.lwp;
  return lwps || (one.number !== null && other.number !== null && one.number !== other.number);
}
