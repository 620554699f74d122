/** What gdb's words say of a lock: its address, who owns it, which guard holds it. Nothing here throws. */

/** A pointer as gdb prints it. */
export interface Pointer {
  /** Lower case, without leading zeros: `0x55d0`. */
  readonly address: string;
  /** What stands in `<…>` behind it: `qemu_global_mutex`, `context+24`. */
  readonly symbol: string | null;
}

/** `(QemuMutex *) 0x55d0 <qemu_global_mutex>`, and what follows is not looked at. References begin with `@`. */
const pointer = /^(?:\([^()]{1,200}\) ?)?@?0x0*([1-9a-f][0-9a-f]{0,15})(?![0-9a-f])(?: <([^<>]{1,200})>)?/i;

/** The pointer that a value shows; null for null pointers, strings (`0x55d0 "text"`) and all else. */
export function pointerIn(value: string): Pointer | null {
  const found = pointer.exec(value.slice(0, 480));
  if (found === null || found[1] === undefined || / ?["']/y.test(value.slice(found[0].length))) return null;
  return { address: `0x${found[1].toLowerCase()}`, symbol: found[2] ?? null };
}

/** A lock inside a value that gdb printed with its members. */
export interface ShownLock {
  /** The thread's number in the system; 0 for a lock that nobody owns. */
  readonly owner: number;
  /** Nothing but the lock stands at the start of the value: where the value is, there is the lock. */
  readonly first: boolean;
  /** The address that was printed with the value (`@0x55d0: {…}`). */
  readonly address: string | null;
  /** Somebody else waits for it. */
  readonly contended: boolean;
}

/**
 * The members of glibc's `pthread_mutex_t` and `pthread_rwlock_t` that tell (`__lock`, `__count`, `__owner` are the first
 * three of `__pthread_mutex_s` since 2.3, on all machines; `__lock` is 2 where somebody waits; `__cur_writer` stands in
 * `__pthread_rwlock_arch_t` since 2.26, called `__writer` before).
 */
const members =
  /__lock = (\w{1,12}), __count = \w{1,12}, __owner = (\w{1,12})|\b(?:__cur_writer|__writer) = (\w{1,12})/g;

/** A value with more locks is not looked at beyond these. */
const mostLocks = 64;

/** The locks that a value shows with their owners. */
export function locksIn(value: string): ShownLock[] {
  if (!/__owner = |__cur_writer = |__writer = /.test(value)) return [];
  const found: ShownLock[] = [];
  for (const match of value.matchAll(members)) {
    if (found.length === mostLocks) break;
    const [, lock, owner, writer] = match;
    const number = integerOf(owner ?? writer ?? "");
    const state = integerOf(lock ?? "");
    if (number === null) continue;
    const start = owner === undefined ? value.lastIndexOf("__readers = ", match.index) : match.index;
    found.push({
      owner: state === 0 ? 0 : number,
      // In front of it stand names of members that it is the first of: `{<std::__mutex_base> = {_M_mutex = {__data = {`.
      first: start !== -1 && start <= longestOpening && !value.slice(0, start).includes(", "),
      address: pointerIn(reference.exec(value)?.[0] ?? "")?.address ?? null,
      // A mutex that inherits priorities holds its owner and a bit that says the same (FUTEX_WAITERS).
      contended: state !== null && (state === 2 || state >= 0x8000_0000),
    });
  }
  return found;
}

const reference = /^@0x[0-9a-f]{1,16}(?=: )/i;
const longestOpening = 400;

/** A decimal or hexadecimal number of a thread; null for what is none. */
export function integerOf(text: string): number | null {
  return /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/.test(text) ? Number(text) : null;
}

/** A lock that an object on the stack gives back at the end of its block. */
export interface Guard {
  readonly address: string;
  /** It keeps for itself whether it holds the lock, and says that it does. */
  readonly owns: boolean;
}

/**
 * The members of `std::unique_lock`, `std::shared_lock` and `std::lock_guard` in libstdc++ (`_M_device`, `_M_pm`, `_M_owns`),
 * libc++ (`__m_`, `__owns_`) and Boost (`m`, `is_locked`).
 */
const guarding =
  /^\{(?:_M_device|_M_pm|__m_|m) = (@?0x[0-9a-f]{1,16}(?: <[^<>]{1,200}>)?)(?:, (?:_M_owns|__owns_|is_locked) = (true|false))?\}$/i;

/** The lock that a local holds until its block ends; null for other locals, and for a guard that has let it go. */
export function guardIn(value: string): Guard | null {
  if (value.length > 320) return null;
  const [, device = "", owns] = guarding.exec(value) ?? [];
  const address = pointerIn(device)?.address;
  if (address === undefined || owns === "false") return null;
  if (owns === undefined && !device.startsWith("@")) return null;
  return { address, owns: owns === "true" };
}

/** How an expression that somebody printed names a lock. */
export type Naming =
  | { readonly kind: "address"; readonly address: string }
  /** A variable that holds the lock, or begins with it. */
  | { readonly kind: "variable"; readonly name: string }
  /** A pointer to the lock. */
  | { readonly kind: "pointer"; readonly name: string };

/** Members that stand for the lock itself, in pthreads, QEMU, libstdc++ and most programs that wrap it. */
const ownMembers = /(?:(?:\.|->)(?:lock|mutex|mtx|m|_M_mutex|__data|__owner|__cur_writer))+$/;
const cast = /^\(?\*? ?\(? ?(?:\([^()]{1,120}\*\) ?)(0x[0-9a-f]{1,16})\)?\)?$/i;

/** Which lock `*(pthread_mutex_t *) 0x55d0`, `qemu_global_mutex.lock.__data.__owner` or `mutex->__data` speaks of. */
export function namingIn(expression: string): Naming | null {
  if (expression.length > 240) return null;
  const plain = expression.trim();
  const path = ownMembers.exec(plain)?.[0] ?? "";
  const base = plain.slice(0, plain.length - path.length);
  const address = pointerIn(cast.exec(base)?.[1] ?? "")?.address;
  if (address !== undefined) return { kind: "address", address };
  const name = /^\(?\*?\(?([A-Za-z_][\w:]*)\)?\)?$/.exec(base)?.[1];
  if (name === undefined) return null;
  return { kind: base.includes("*") || path.startsWith("->") ? "pointer" : "variable", name };
}
