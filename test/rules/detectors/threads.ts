import { packs } from "../../../src/generated/packs.js";
import type { Frame, ReadThread } from "../../../src/model/trace.js";
import { crashesOf } from "../../../src/rules/crash.js";
import type { DetectorScene } from "../../../src/rules/detectors/detector.js";
import { compileRoles } from "../../../src/rules/roles.js";
import { reportOfText } from "../../samples/samples.js";

const rolesOf = compileRoles(packs.find(({ pack }) => pack === "runtime")?.roles ?? {});
const nowhere = { offset: 0, line: 1, column: 1 };
const span = { start: nowhere, end: nowhere };

/** The first trace of a text, as a detector sees it. */
export function sceneOf(text: string): DetectorScene {
  const trace = reportOfText(text).documents[0]?.traces[0];
  if (trace === undefined) throw new Error(`no trace in: ${text}`);
  return { trace, index: 0, crashes: crashesOf(trace, rolesOf), rolesOf, excerpt: () => "" };
}

/** A trace of threads that were never printed. */
export function sceneWith(threads: readonly ReadThread[]): DetectorScene {
  const { trace } = sceneOf("(gdb) bt\n#0  work () at jar.c:30\n#1  main () at jar.c:60\n");
  return { trace: { ...trace, threads }, index: 0, crashes: [], rolesOf, excerpt: () => "" };
}

/** The number of a thread in the system, by its index. */
export function lwpOf(index: number): number {
  return 1000 + index;
}

/** The lock for which a thread waits, by the thread's index. */
export function lockOf(index: number): string {
  return `0x${(0x5555_0000_0000 + index * 64).toString(16)}`;
}

function frameOf(
  level: number,
  name: string,
  items: Record<string, string>,
  locals: Record<string, string>,
): Frame {
  const variables = (values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => ({ name: key, value, span }));
  return {
    level,
    address: null,
    function: name,
    kind: "normal",
    inlined: null,
    arguments: variables(items).map((item) => ({ ...item, entryValue: null })),
    location: null,
    library: null,
    libraryOffset: null,
    locals: variables(locals),
    span,
  };
}

/** A thread that works (`null`), or waits for the lock at an address whose owner (by index) its locals show. */
export function threadOf(index: number, wait: { lock: string; owner: number | null } | null): ReadThread {
  const shown =
    wait === null || wait.owner === null
      ? {}
      : { held: `@${wait.lock}: {__data = {__lock = 2, __count = 0, __owner = ${lwpOf(wait.owner)}}}` };
  const frames =
    wait === null
      ? [frameOf(0, "work", {}, {})]
      : [
          frameOf(0, "__lll_lock_wait", { futex: wait.lock }, {}),
          frameOf(1, "pthread_mutex_lock", { mutex: wait.lock }, {}),
          frameOf(2, "work", {}, shown),
        ];
  return {
    index,
    number: `${index + 1}`,
    target: `Thread 0x${(0x7f00_0000_0000 + index * 4096).toString(16)} (LWP ${lwpOf(index)})`,
    lwp: lwpOf(index),
    name: null,
    crashed: false,
    coroutine: null,
    frames,
    end: null,
    span,
  };
}
