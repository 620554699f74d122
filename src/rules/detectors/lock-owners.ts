import type { Evidence } from "../../model/report.js";
import type { ReadThread, Variable } from "../../model/trace.js";
import { frameEvidence, type Place, wordsEvidence } from "../evidence.js";
import type { DetectorScene } from "./detector.js";
import type { Lock, Wait } from "./lock-waits.js";
import { guardIn, locksIn, type Naming, namingIn, pointerIn, type ShownLock } from "./mutex-text.js";

/** Who has a lock. */
export interface Owner {
  /** The index of the thread; null where the text shows no thread with that number. */
  readonly thread: number | null;
  /** The number that the lock keeps; null where a guard on the stack shows the owner. */
  readonly lwp: number | null;
  /**
   * `printed`: the lock itself says so. `guarded`: a guard on the owner's stack says that it holds it. `inferred`: the lock
   * that says so may be another, or the guard may not have been made yet.
   */
  readonly how: "printed" | "guarded" | "inferred";
  readonly evidence: Evidence;
}

/** Where a lock was shown, and what it says of itself. */
interface Shown {
  readonly lock: ShownLock;
  readonly evidence: Evidence;
  /** The address of the lock that is waited for; null where nothing tells which it is. */
  readonly address: string | null;
}

/**
 * Who owns the locks that are waited for, by their addresses. What a lock says of itself is `print`ed in the session or
 * stands among the arguments and locals of `bt full`. Takes time in proportion to the text and throws nothing.
 */
export function ownersOf(scene: DetectorScene, waits: readonly (Wait | null)[]): ReadonlyMap<string, Owner> {
  const wanted = new Map<string, Lock>();
  for (const wait of waits) if (wait !== null && wait.lock !== null) wanted.set(wait.lock.address, wait.lock);
  if (wanted.size === 0) return new Map();
  const names = new LockNames(wanted, waits);
  const shown = [...printsOf(scene, names), ...variablesOf(scene)];
  const byLwp = new Map(
    scene.trace.threads.flatMap(({ lwp, index }) => (lwp === null ? [] : [[lwp, index]])),
  );
  const owners = printedOwners(shown, wanted, byLwp);
  for (const [address, owner] of guardedOwners(scene, waits, wanted))
    if (!owners.has(address)) owners.set(address, owner);
  const rest = remainingOwner(shown, wanted, owners, byLwp);
  if (rest !== null) owners.set(...rest);
  return owners;
}

/** How the locks that are waited for may be called in an expression. */
class LockNames {
  private readonly variables = new Map<string, string | null>();
  private readonly pointers = new Map<string, string | null>();

  constructor(
    private readonly wanted: ReadonlyMap<string, Lock>,
    waits: readonly (Wait | null)[],
  ) {
    for (const { address, symbol } of wanted.values()) {
      const name = /^([A-Za-z_][\w:]*)(?:\+\d+)?$/.exec(symbol ?? "")?.[1];
      if (name !== undefined) setOnce(this.variables, name, address);
    }
    for (const wait of waits) if (wait !== null) this.takePointers(wait);
  }

  /** Arguments of the functions that take the lock: `mutex` in `qemu_mutex_lock_impl (mutex=0x55d0, …)`. */
  private takePointers({ thread, frames, caller }: Wait): void {
    for (const index of caller === null ? frames : [...frames, caller]) {
      for (const { name, value } of thread.frames[index]?.arguments ?? []) {
        const address = pointerIn(value ?? "")?.address;
        if (name !== null && address !== undefined) setOnce(this.pointers, name, address);
      }
    }
  }

  addressOf(naming: Naming): string | null {
    const address =
      naming.kind === "address"
        ? naming.address
        : (naming.kind === "variable" ? this.variables : this.pointers).get(naming.name);
    return address !== undefined && address !== null && this.wanted.has(address) ? address : null;
  }
}

/** A name that stands for two things stands for none. */
function setOnce(map: Map<string, string | null>, name: string, address: string): void {
  const known = map.get(name);
  map.set(name, known === undefined || known === address ? address : null);
}

function printsOf({ trace, index, excerpt }: DetectorScene, names: LockNames): Shown[] {
  const place: Place = { trace: index, thread: null, excerpt };
  return trace.prints.flatMap((print) => {
    const naming = namingIn(print.name);
    const address = naming === null ? null : names.addressOf(naming);
    return locksOfPrint(print).map((lock) => ({
      lock,
      address: lock.first ? address : null,
      evidence: ownerEvidence(lock, print, place),
    }));
  });
}

function locksOfPrint({ name, value }: Variable): ShownLock[] {
  if (!/\b(?:__owner|__cur_writer)$/.test(name.trim())) return locksIn(value);
  const owner = /^\d{1,10}$/.test(value.trim()) ? Number(value.trim()) : null;
  return owner === null ? [] : [{ owner, first: true, address: null, contended: true }];
}

function variablesOf({ trace, index, excerpt }: DetectorScene): Shown[] {
  return trace.threads.flatMap((thread) =>
    thread.frames.flatMap(({ arguments: items, locals }) =>
      [...items, ...(locals ?? [])].flatMap(({ name, value, span }) =>
        locksIn(value ?? "").map((lock) => ({
          lock,
          address: lock.first ? lock.address : null,
          evidence: ownerEvidence(
            lock,
            { name: name ?? "", value: value ?? "", span },
            { trace: index, thread: thread.index, excerpt },
          ),
        })),
      ),
    ),
  );
}

function ownerEvidence({ owner }: ShownLock, { name, span }: Variable, place: Place): Evidence {
  return wordsEvidence("value", `\`${name}\` was printed: its owner is LWP ${owner}`, span, place);
}

/** What the locks say of themselves; nothing where two of one address say different things. */
function printedOwners(
  shown: readonly Shown[],
  wanted: ReadonlyMap<string, Lock>,
  byLwp: ReadonlyMap<number, number>,
): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  const refuted = new Set<string>();
  for (const { lock, address, evidence } of shown) {
    if (address === null || !wanted.has(address)) continue;
    if ((owners.get(address)?.lwp ?? lock.owner) !== lock.owner || lock.owner === 0) refuted.add(address);
    else if (!owners.has(address))
      owners.set(address, {
        thread: byLwp.get(lock.owner) ?? null,
        lwp: lock.owner,
        how: "printed",
        evidence,
      });
  }
  for (const address of refuted) owners.delete(address);
  return owners;
}

/**
 * Owners that a guard on their stack shows. The guard in the frame that takes the lock is the one that is being made; one
 * that does not say whether it owns may be of a block that has not been entered.
 */
function guardedOwners(
  { trace, index, excerpt }: DetectorScene,
  waits: readonly (Wait | null)[],
  wanted: ReadonlyMap<string, Lock>,
): Map<string, Owner> {
  const owners = new Map<string, Owner | null>();
  for (const thread of trace.threads) {
    const wait = waits[thread.index] ?? null;
    for (const { at, address, owns } of guardsOf(thread)) {
      const isMade = address === wait?.lock?.address && at <= (wait.caller ?? 0) && !owns;
      const frame = thread.frames[at];
      if (!wanted.has(address) || isMade || frame === undefined) continue;
      const known = owners.get(address);
      if (known !== undefined && known?.thread !== thread.index) owners.set(address, null);
      if (known !== undefined) continue;
      const place: Place = { trace: index, thread: thread.index, excerpt };
      const evidence = frameEvidence(frame, "for", `a guard in ${frame.function ?? "??"} holds it`, place);
      owners.set(address, {
        thread: thread.index,
        lwp: null,
        how: owns ? "guarded" : "inferred",
        evidence,
      });
    }
  }
  return new Map([...owners].flatMap(([address, owner]) => (owner === null ? [] : [[address, owner]])));
}

function guardsOf({ frames }: ReadThread) {
  return frames.flatMap(({ locals }, at) =>
    (locals ?? []).flatMap(({ value }) => {
      const guard = guardIn(value);
      return guard === null ? [] : [{ at, ...guard }];
    }),
  );
}

/**
 * Where of all locks that were shown just one has somebody who waits, and of all that are waited for just one is left, they
 * are the same.
 */
function remainingOwner(
  shown: readonly Shown[],
  wanted: ReadonlyMap<string, Lock>,
  owners: ReadonlyMap<string, Owner>,
  byLwp: ReadonlyMap<number, number>,
): [string, Owner] | null {
  const left = [...wanted.keys()].filter((address) => !owners.has(address));
  const loose = shown.filter(
    ({ lock, address }) => address === null && lock.contended && byLwp.has(lock.owner),
  );
  const [one] = loose;
  const address = left[0];
  if (left.length !== 1 || address === undefined || one === undefined) return null;
  const { owner } = one.lock;
  const known = [...owners.values()].some(({ lwp }) => lwp === owner);
  if (known || loose.some(({ lock }) => lock.owner !== owner)) return null;
  return [address, { thread: byLwp.get(owner) ?? null, lwp: owner, how: "inferred", evidence: one.evidence }];
}
