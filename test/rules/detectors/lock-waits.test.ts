import { describe, expect, it } from "vitest";
import { type Wait, waitsOf } from "../../../src/rules/detectors/lock-waits.js";
import { sceneOf } from "./threads.js";

/** What the thread of a stack waits for, innermost frame first, without levels. */
function waitOf(frames: readonly string[]): Wait | null {
  const lines = frames.map(
    (frame, level) => `#${level}  ${level === 0 ? "" : "0x00005555555551b3 in "}${frame}`,
  );
  return waitsOf(sceneOf(`(gdb) bt\n${lines.join("\n")}\n`))[0] ?? null;
}

const locks: [string, string[], Partial<Wait["lock"]> | null][] = [
  [
    "glibc 2.34 and later",
    [
      "futex_wait (private=0, expected=2, futex_word=0x5550 <jar>) at ../sysdeps/nptl/futex-internal.h:146",
      "__GI___lll_lock_wait (futex=futex@entry=0x5550 <jar>, private=0) at ./nptl/lowlevellock.c:49",
      "lll_mutex_lock_optimized (mutex=0x5550 <jar>) at ./nptl/pthread_mutex_lock.c:48",
      "___pthread_mutex_lock (mutex=0x5550 <jar>) at ./nptl/pthread_mutex_lock.c:93",
      "open_jar () at jar.c:4",
    ],
    { address: "0x5550", symbol: "jar" },
  ],
  [
    "glibc 2.17 without the source's words, in QEMU",
    [
      "__lll_lock_wait () from /lib64/libpthread.so.0",
      "_L_lock_870 () from /lib64/libpthread.so.0",
      "pthread_mutex_lock () from /lib64/libpthread.so.0",
      'qemu_mutex_lock_impl (mutex=0x5550, file=0x5560 "jar.c", line=4) at util/qemu-thread-posix.c:66',
      "open_jar () at jar.c:4",
    ],
    { address: "0x5550", symbol: null },
  ],
  [
    "the big lock of QEMU",
    [
      "__lll_lock_wait () at ../nptl/lowlevellock.S:135",
      "__GI___pthread_mutex_lock (mutex=mutex@entry=0x5550 <bql>) at ../nptl/pthread_mutex_lock.c:80",
      'qemu_mutex_lock_impl (mutex=0x5550 <bql>, file=0x5560 "cpus.c", line=4) at util/qemu-thread-posix.c:66',
      'bql_lock_impl (file=0x5560 "cpus.c", line=4) at system/cpus.c:536',
      "prepare_mmio_access (mr=0x5570) at system/physmem.c:2600",
    ],
    { address: "0x5550", symbol: "bql" },
  ],
  [
    "libstdc++, where a guard takes it",
    [
      "__lll_lock_wait () from /lib64/libc.so.6",
      "pthread_mutex_lock () from /lib64/libc.so.6",
      "__gthread_mutex_lock (__mutex=0x5550) at gthr-default.h:749",
      "std::mutex::lock (this=0x5550) at std_mutex.h:100",
      "std::lock_guard<std::mutex>::lock_guard (this=0x7ff0, __m=...) at std_mutex.h:229",
      "Jar::open (this=0x5540) at jar.cpp:4",
    ],
    { address: "0x5550" },
  ],
  [
    "a reader-writer lock, not its futex",
    [
      "futex_wait (private=0, expected=3, futex_word=0x5558) at ../sysdeps/nptl/futex-internal.h:146",
      "__pthread_rwlock_wrlock_full64 (abstime=0x0, clockid=0, rwlock=0x5550) at ./nptl/pthread_rwlock_common.c:830",
      "___pthread_rwlock_wrlock (rwlock=0x5550) at ./nptl/pthread_rwlock_wrlock.c:26",
      "open_jar () at jar.c:4",
    ],
    { address: "0x5550", ask: "p ((pthread_rwlock_t *) 0x5550)->__data.__cur_writer" },
  ],
  [
    "GLib, whose locks do not know their owner",
    [
      "syscall () at ../sysdeps/unix/sysv/linux/x86_64/syscall.S:38",
      "g_mutex_lock_slowpath (mutex=0x5550) at ../glib/gthread-posix.c:1462",
      "g_mutex_lock (mutex=0x5550) at ../glib/gthread-posix.c:1486",
      "open_jar () at jar.c:4",
    ],
    { address: "0x5550", ask: null },
  ],
  [
    "Rust",
    [
      "syscall () at ../sysdeps/unix/sysv/linux/x86_64/syscall.S:38",
      "std::sys::pal::unix::futex::futex_wait (futex=0x5550, expected=2) at futex.rs:62",
      "std::sys::sync::mutex::futex::Mutex::lock_contended (self=0x5550) at mutex/futex.rs:70",
      "jar::open () at jar.rs:4",
    ],
    { address: "0x5550", ask: null },
  ],
  [
    "the lock that a condition gives back",
    [
      "__lll_lock_wait () from /lib64/libc.so.6",
      "__pthread_mutex_cond_lock (mutex=0x5550) at ../nptl/pthread_mutex_lock.c:93",
      "___pthread_cond_wait (cond=0x5580, mutex=0x5550) at pthread_cond_wait.c:619",
      "drain () at jar.c:9",
    ],
    { address: "0x5550" },
  ],
  [
    "a lock of macOS, which is not named",
    [
      "__psynch_mutexwait () from /usr/lib/system/libsystem_kernel.dylib",
      "_pthread_mutex_firstfit_lock_wait () from /usr/lib/system/libsystem_pthread.dylib",
      "_pthread_mutex_firstfit_lock_slow () from /usr/lib/system/libsystem_pthread.dylib",
      "open_jar () at jar.c:4",
    ],
    null,
  ],
];

const others: [string, string[]][] = [
  [
    "a condition",
    [
      "futex_wait_cancelable (private=0, expected=0, futex_word=0x5550) at ../sysdeps/nptl/futex-internal.h:183",
      "__pthread_cond_wait_common (abstime=0x0, mutex=0x5560, cond=0x5550) at pthread_cond_wait.c:508",
      "___pthread_cond_wait (cond=0x5550, mutex=0x5560) at pthread_cond_wait.c:638",
      "qemu_cond_wait_impl (cond=0x5550, mutex=0x5560) at util/qemu-thread-posix.c:220",
    ],
  ],
  [
    "a file",
    [
      "__GI___poll (fds=0x0, nfds=0, timeout=-1) at ../sysdeps/unix/sysv/linux/poll.c:29",
      "main () at jar.c:9",
    ],
  ],
  [
    "a semaphore",
    [
      "__futex_abstimed_wait_common (futex_word=0x5550) at ./nptl/futex-internal.c:57",
      "__new_sem_wait_slow64 (sem=0x5550) at ./nptl/sem_waitcommon.c:183",
      "worker () at jar.c:9",
    ],
  ],
  [
    "a lock for some time only",
    [
      "__lll_clocklock_wait (futex=0x5550, val=2, clockid=0, abstime=0x7ff0, private=0) at lowlevellock.c:46",
      "___pthread_mutex_clocklock (mutex=0x5550, clockid=0, abstime=0x7ff0) at pthread_mutex_timedlock.c:97",
      "open_jar () at jar.c:4",
    ],
  ],
  [
    "a thread for some time only",
    [
      "__futex_abstimed_wait_common64 (abstime=0x7ff0, expected=502, futex_word=0x5550) at ./nptl/futex-internal.c:57",
      "__pthread_clockjoin_ex (threadid=140221954574016, thread_return=0x0, clockid=0, abstime=0x7ff0, block=true) at pthread_join_common.c:102",
      "main () at jar.c:9",
    ],
  ],
  [
    "nothing: it has just come to the lock",
    ["___pthread_mutex_lock (mutex=0x5550) at ./nptl/pthread_mutex_lock.c:80", "open_jar () at jar.c:4"],
  ],
  ["nothing: it runs", ["open_jar () at jar.c:4", "main () at jar.c:9"]],
  [
    "nothing: the lock found itself broken",
    [
      "raise (sig=6) at ../sysdeps/unix/sysv/linux/raise.c:50",
      "abort () at abort.c:79",
      'qemu_mutex_lock_impl (mutex=0x5550, file=0x5560 "jar.c", line=4) at util/qemu-thread-posix.c:66',
      "open_jar () at jar.c:4",
    ],
  ],
];

describe("what a thread waits for", () => {
  it.each(locks)("is a lock: %s", (_, frames, lock) => {
    const wait = waitOf(frames);
    expect(wait?.kind).toBe("lock");
    if (lock === null) expect(wait?.lock).toBeNull();
    else expect(wait?.lock).toMatchObject(lock);
  });

  it.each(others)("is no lock: %s", (_, frames) => {
    expect(waitOf(frames)).toBeNull();
  });

  it("is asked for by the frame outside the machinery of locks", () => {
    for (const [, frames] of locks) expect(waitOf(frames)?.caller).toBe(frames.length - 1);
  });

  it("is unknown where the stack's beginning is cut off", () => {
    const text =
      "(gdb) bt\n#3  0x0000555555555161 in pthread_mutex_lock (mutex=0x5550) at lock.c:4\n#4  0x0000555555555181 in main () at jar.c:9\n";
    expect(waitsOf(sceneOf(text))).toEqual([null]);
  });

  it.each([
    [
      "by the thread's identity",
      "__pthread_clockjoin_ex (threadid=140737347847872, thread_return=0x0, clockid=0, abstime=0x0, block=true) at pthread_join_common.c:102",
    ],
    ["by its number", "__pthread_clockjoin_ex (threadid=<optimized out>) at pthread_join_common.c:102"],
  ])("is another thread's end, told %s", (_, join) => {
    const text = `(gdb) thread apply all bt

Thread 2 (Thread 0x7ffff7a006c0 (LWP 502) "baker"):
#0  bake () at jar.c:30

Thread 1 (Thread 0x7ffff7a01740 (LWP 501) "jar"):
#0  __futex_abstimed_wait_common64 (private=128, abstime=0x0, expected=${join.includes("optimized") ? "502" : "<optimized out>"}, futex_word=0x5550) at ./nptl/futex-internal.c:57
#1  0x00007ffff7a90ce3 in ${join}
#2  0x0000555555555357 in main () at jar.c:17
`;
    expect(waitsOf(sceneOf(text))[1]).toMatchObject({ kind: "thread", joined: 0 });
  });
});
