import type { Finding } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";

/** How the failed check looks in gdb: `assert` of glibc, `g_assert` of GLib, an abort without a word, a hidden condition. */
export type Death = "assert" | "g_assert" | "abort" | "hidden";

/** The findings of a text. */
export function findingsOf(text: string): Finding[] {
  return reportOfText(text).documents.flatMap(({ findings }) => findings);
}

/** The rules that speak of a text. */
export function rulesOf(text: string): string[] {
  return findingsOf(text).map(({ rule }) => rule);
}

/** A check of QEMU: which rule it is, in which releases it stands so, how it fails, and where. */
export type Check = readonly [
  rule: string,
  releases: string,
  death: Death,
  expression: string,
  crash: string,
];

/**
 * A crash of QEMU as gdb prints it. The check failed in the first of the frames, which are written
 * `name (arguments) at file:line`, innermost first; the machinery of the death stands before them.
 */
export function crashed(death: Death, expression: string, ...frames: readonly string[]): string {
  const [, name = "", file = "", line = "0"] = /^(\S+) \(.*\) at (\S+):(\d+)$/.exec(frames[0] ?? "") ?? [];
  return numbered(...machinery(death, expression, name, file, line), ...frames);
}

/** Frames from level 0, each with an address of its own. */
export function numbered(...frames: readonly string[]): string {
  return frames
    .map(
      (frame, level) =>
        `#${level}  0x${(0x55d0c0de0000 + level * 0x111).toString(16).padStart(16, "0")} in ${frame}\n`,
    )
    .join("");
}

/** The line that an assertion of glibc prints. */
export function complaint(expression: string, name: string, file = "../block.c", line = 4200): string {
  return `qemu-system-x86_64: ${file}:${line}: ${name}: Assertion \`${expression}' failed.\n`;
}

function machinery(death: Death, expression: string, name: string, file: string, line: string): string[] {
  const dying = [
    "__GI_raise (sig=sig@entry=6) at ../sysdeps/unix/sysv/linux/raise.c:50",
    "__GI_abort () at abort.c:79",
  ];
  switch (death) {
    case "assert":
      return [
        ...dying,
        `__GI___assert_fail (assertion=0x55d0c0ffee00 "${expression}", file=0x55d0c0ffee80 "${file}", line=${line}, function=0x55d0c0ffeec0 <__PRETTY_FUNCTION__.5> "${name}") at assert.c:101`,
      ];
    case "g_assert":
      return [
        ...dying,
        `g_assertion_message_expr (domain=0x0, file=0x55d0c0ffee80 "${file}", line=${line}, func=0x55d0c0ffeec0 <__func__.5> "${name}", expr=0x55d0c0ffee00 "${expression}") at ../glib/gtestutils.c:3357`,
      ];
    case "hidden":
      return [
        ...dying,
        "__GI___assert_fail (assertion=..., file=..., line=..., function=...) at assert.c:101",
      ];
    case "abort":
      return dying;
  }
}

/** The outer frames by which one knows a thread of QEMU. */
export const threads = {
  iothread: [
    "aio_poll (ctx=0x55d0c2000010, blocking=true) at ../util/aio-posix.c:721",
    "iothread_run (opaque=0x55d0c2000100) at ../iothread.c:63",
    "qemu_thread_start (args=0x55d0c2000200) at ../util/qemu-thread-posix.c:541",
  ],
  worker: [
    "worker_thread (opaque=0x55d0c2000300) at ../util/thread-pool.c:110",
    "qemu_thread_start (args=0x55d0c2000200) at ../util/qemu-thread-posix.c:541",
  ],
  main: [
    "main_loop_wait (nonblocking=0) at ../util/main-loop.c:592",
    "qemu_main_loop () at ../system/runstate.c:790",
    "main (argc=20, argv=0x7ffe7c0a9f18) at ../system/main.c:48",
  ],
  vcpu: [
    "kvm_cpu_exec (cpu=0x55d0c2000400) at ../accel/kvm/kvm-all.c:3140",
    "kvm_vcpu_thread_fn (arg=0x55d0c2000400) at ../accel/kvm/kvm-accel-ops.c:50",
  ],
  access: [
    "memory_region_write_accessor (mr=0x55d0c2000500, addr=4, value=0x7fbd1effc5f8, size=4, shift=0, mask=4294967295, attrs=...) at ../system/memory.c:497",
    "kvm_cpu_exec (cpu=0x55d0c2000400) at ../accel/kvm/kvm-all.c:3140",
  ],
  rcu: ["call_rcu_thread (opaque=0x0) at ../util/rcu.c:300"],
  migration: ["migration_thread (opaque=0x55d0c2000600) at ../migration/migration.c:3600"],
  coroutine: ["coroutine_trampoline (i0=-1026060384, i1=21940) at ../util/coroutine-ucontext.c:177"],
  job: [
    "mirror_run (job=0x55d0c2000700, errp=0x55d0c2000818) at ../block/mirror.c:1112",
    "job_co_entry (opaque=0x55d0c2000700) at ../job.c:1106",
    "coroutine_trampoline (i0=-1026060384, i1=21940) at ../util/coroutine-ucontext.c:177",
  ],
  monitor: [
    "qmp_marshal_frob (args=0x7f57c8004a10, ret=0x7f57d65fbe88, errp=0x7f57d65fbe80) at qapi/qapi-commands-frob.c:90",
    "do_qmp_dispatch_bh (opaque=0x7f57d65fbe90) at ../qapi/qmp-dispatch.c:128",
    "aio_bh_call (bh=0x55d0c2000900) at ../util/async.c:172",
  ],
  shutdown: [
    "bdrv_close_all () at ../block.c:5200",
    "qemu_cleanup (status=0) at ../system/runstate.c:940",
    "main (argc=20, argv=0x7ffe7c0a9f18) at ../system/main.c:48",
  ],
} as const satisfies Record<string, readonly string[]>;

export type ThreadKind = keyof typeof threads;

/** `frob_step`, which called the check, under `frob_start`, in a thread of the kind. */
export function inThread(kind: ThreadKind): string[] {
  return [
    "frob_step (s=0x55d0c2001000) at ../hw/misc/frob.c:41",
    "frob_start (opaque=0x55d0c2001000) at ../hw/misc/frob.c:80",
    ...threads[kind],
  ];
}
