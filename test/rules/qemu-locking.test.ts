import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import { readPlain } from "../../src/read/plain.js";
import { allSamples, inputOf } from "../samples/samples.js";
import {
  type Check,
  complaint,
  crashed,
  findingsOf,
  inThread,
  numbered,
  rulesOf,
  type ThreadKind,
  threads,
} from "./qemu-stacks.js";

const checks: readonly Check[] = [
  [
    "graph-not-readable",
    "8.0",
    "assert",
    "qemu_in_main_thread() || reader_count()",
    "assert_bdrv_graph_readable () at ../block/graph-lock.c:218",
  ],
  [
    "graph-not-writable",
    "8.2",
    "assert",
    "qatomic_read(&has_writer)",
    "assert_bdrv_graph_writable () at ../block/graph-lock.c:287",
  ],
  [
    "graph-not-writable",
    "10.1",
    "assert",
    "qatomic_read(&has_writer)",
    "bdrv_graph_wrunlock () at ../block/graph-lock.c:158",
  ],
  [
    "graph-written-twice",
    "8.0",
    "assert",
    "!qatomic_read(&has_writer)",
    "bdrv_graph_wrlock () at ../block/graph-lock.c:117",
  ],
  [
    "big-lock-missing",
    "7.1, GLOBAL_STATE_CODE",
    "assert",
    "qemu_in_main_thread()",
    "bdrv_reopen (bs=0x55d0c2002000) at ../block.c:4600",
  ],
  [
    "big-lock-missing",
    "7.0 while it was developed",
    "g_assert",
    "qemu_in_main_thread()",
    "blk_get_refcnt (blk=0x55d0c2002000) at ../block/block-backend.c:480",
  ],
  [
    "big-lock-missing",
    "2.6 to 8.2",
    "g_assert",
    "qemu_mutex_iothread_locked()",
    "qemu_mutex_unlock_iothread () at ../softmmu/cpus.c:508",
  ],
  [
    "big-lock-missing",
    "4.0",
    "assert",
    "qemu_mutex_iothread_locked()",
    "pc_frob (s=0x55d0c2002000) at hw/i386/frob.c:30",
  ],
  ["big-lock-missing", "9.0", "g_assert", "bql_locked()", "bql_unlock () at ../system/cpus.c:583"],
  [
    "big-lock-missing",
    "9.0, with another term",
    "assert",
    "bql_locked() || s->ready",
    "frob_kick (s=0x55d0c2002000) at ../hw/misc/frob.c:90",
  ],
  [
    "big-lock-held",
    "2.6 to 8.2",
    "g_assert",
    "!qemu_mutex_iothread_locked()",
    'qemu_mutex_lock_iothread_impl (file=0x55d0c0ffee80 "../hw/misc/frob.c", line=90) at ../softmmu/cpus.c:501',
  ],
  [
    "big-lock-held",
    "9.0",
    "g_assert",
    "!bql_locked()",
    'bql_lock_impl (file=0x55d0c0ffee80 "../hw/misc/frob.c", line=90) at ../system/cpus.c:573',
  ],
  [
    "big-lock-held",
    "3.1",
    "g_assert",
    "!qemu_mutex_iothread_locked()",
    "replay_mutex_lock () at replay/replay-internal.c:187",
  ],
  [
    "outside-coroutine",
    "2.8",
    "assert",
    "qemu_in_coroutine()",
    "qemu_co_queue_next (queue=0x55d0c2002000) at util/qemu-coroutine-lock.c:130",
  ],
  [
    "outside-coroutine",
    "8.0",
    "assert",
    "qemu_in_coroutine()",
    "bdrv_co_yield_to_drain (bs=0x55d0c2002000, begin=true, parent=0x0, poll=true) at ../block/io.c:318",
  ],
  [
    "inside-coroutine",
    "5.2",
    "assert",
    "!qemu_in_coroutine()",
    "bdrv_poll_co (s=0x7f9fe17ff9a0) at /usr/src/qemu/block/block-gen.h:41",
  ],
  [
    "inside-coroutine",
    "8.2",
    "assert",
    "!qemu_in_coroutine()",
    "bdrv_graph_rdlock_main_loop () at ../block/graph-lock.c:261",
  ],
  [
    "coroutine-kept-lock",
    "2.8",
    "assert",
    "!co->locks_held",
    "qemu_coroutine_enter (co=0x55d0c2002000) at util/qemu-coroutine.c:130",
  ],
  [
    "coroutine-kept-lock",
    "5.0",
    "assert",
    "!to->locks_held",
    "qemu_aio_coroutine_enter (ctx=0x55d0c2002100, co=0x55d0c2002000) at ../util/qemu-coroutine.c:190",
  ],
  [
    "coroutine-refused",
    "every one",
    "abort",
    "",
    "qemu_aio_coroutine_enter (ctx=0x55d0c2002100, co=0x55d0c2002000) at ../util/qemu-coroutine.c:158",
  ],
  [
    "coroutine-refused",
    "every one, arguments hidden",
    "hidden",
    "",
    "qemu_aio_coroutine_enter (ctx=..., co=...) at ../util/qemu-coroutine.c:190",
  ],
  [
    "coroutine-scheduled-twice",
    "2.11, the log is missing",
    "abort",
    "",
    "aio_co_schedule (ctx=0x55d0c2002100, co=0x55d0c2002000) at ../util/async.c:640",
  ],
  [
    "coroutine-without-caller",
    "1.0, the log is missing",
    "abort",
    "",
    "qemu_coroutine_yield () at ../util/qemu-coroutine.c:207",
  ],
  [
    "drain-resumed-early",
    "2.5",
    "assert",
    "data.done",
    "bdrv_co_yield_to_drain (bs=0x55d0c2002000, begin=true, parent=0x0, poll=true) at ../block/io.c:343",
  ],
  [
    "foreign-context",
    "2.12, AIO_WAIT_WHILE",
    "assert",
    "qemu_get_current_aio_context() == qemu_get_aio_context()",
    "bdrv_drain_all_begin () at block/io.c:430",
  ],
  [
    "foreign-context",
    "3.1",
    "assert",
    "in_aio_context_home_thread(ctx)",
    "aio_poll (ctx=0x55d0c2002100, blocking=true) at util/aio-posix.c:620",
  ],
  [
    "foreign-context",
    "5.1",
    "assert",
    "in_aio_context_home_thread(ctx == iohandler_get_aio_context() ? qemu_get_aio_context() : ctx)",
    "aio_poll (ctx=0x55d0c2002100, blocking=true) at ../util/aio-posix.c:619",
  ],
  [
    "foreign-context",
    "8.0",
    "g_assert",
    "bs->aio_context == qemu_get_current_aio_context()",
    "bdrv_frob (bs=0x55d0c2002000) at ../block/frob.c:30",
  ],
  [
    "contexts-differ",
    "4.1",
    "assert",
    "bdrv_get_aio_context(from) == bdrv_get_aio_context(to)",
    "bdrv_replace_node (from=0x55d0c2002000, to=0x55d0c2002f00, errp=0x0) at block.c:4500",
  ],
  [
    "contexts-differ",
    "6.1",
    "assert",
    "blk_get_aio_context(blk) == ctx",
    "bdrv_frob (bs=0x55d0c2002000) at ../block/frob.c:33",
  ],
  [
    "contexts-differ",
    "8.0",
    "assert",
    "bdrv_child_get_parent_aio_context(c) == old_ctx",
    "bdrv_frob (bs=0x55d0c2002000) at ../block/frob.c:35",
  ],
  [
    "mutex-refused",
    "every one, the log is missing",
    "abort",
    "",
    "error_exit (err=1, msg=<optimized out>) at ../util/qemu-thread-posix.c:38",
  ],
  [
    "mutex-not-initialized",
    "2.10",
    "assert",
    "mutex->initialized",
    'qemu_mutex_lock_impl (mutex=0x55d0c2002000, file=0x55d0c0ffee80 "../hw/misc/frob.c", line=91) at util/qemu-thread-posix.c:63',
  ],
  [
    "mutex-not-initialized",
    "5.0",
    "assert",
    "cond->initialized",
    "qemu_cond_broadcast (cond=0x55d0c2002000) at ../util/qemu-thread-posix.c:180",
  ],
];

describe("QEMU's checks over the releases", () => {
  it.each(checks)(
    "%s, %s: one finding, in which frob_start is blamed",
    (rule, _, death, expression, crash) => {
      const findings = findingsOf(crashed(death, expression, crash, ...inThread("main")));
      expect(findings).toMatchObject([
        {
          rule: `qemu-locking/${rule}`,
          blame: { function: "frob_start" },
          states: { "lock-context": "main" },
        },
      ]);
      expect(findings[0]?.message).toContain("the main thread");
    },
  );

  it.each(checks.filter(([rule]) => rule !== "coroutine-refused"))(
    "%s, %s: is an error",
    (_, __, death, expression, crash) => {
      expect(findingsOf(crashed(death, expression, crash, ...inThread("main")))[0]?.severity).toBe("error");
    },
  );

  it("claims little where the reason is not shown", () => {
    const text = crashed(
      "abort",
      "",
      "qemu_aio_coroutine_enter (ctx=0x1, co=0x2) at ../util/qemu-coroutine.c:158",
      ...inThread("main"),
    );
    expect(findingsOf(text)[0]).toMatchObject({ severity: "warning", confidence: "possible" });
  });
});

describe("the words of a dying coroutine", () => {
  const enter =
    "qemu_aio_coroutine_enter (ctx=0x55d0c2002100, co=0x55d0c2002000) at ../util/qemu-coroutine.c:158";

  it.each([
    ["coroutine-entered-twice", "Co-routine re-entered recursively"],
    [
      "coroutine-scheduled-twice",
      "qemu_aio_coroutine_enter: Co-routine was already scheduled in 'aio_co_schedule'",
    ],
    [
      "coroutine-scheduled-twice",
      "qemu_aio_coroutine_enter: Co-routine was already scheduled in 'qemu_co_sleep_ns'",
    ],
  ])("tell %s: %s", (rule, words) => {
    const text = `${words}\n\nThread 1 "qemu-system-x86" received signal SIGABRT, Aborted.\n${crashed("abort", "", enter, ...inThread("main"))}`;
    expect(findingsOf(text)).toMatchObject([
      {
        rule: `qemu-locking/${rule}`,
        severity: "error",
        confidence: "certain",
        blame: { function: "frob_start" },
        site: { function: "frob_step" },
      },
    ]);
  });

  it("tell nothing in a sentence", () => {
    const text = `It said "Co-routine re-entered recursively" once.\n${crashed("assert", "len > 0", "frob_step (s=0x1) at ../hw/misc/frob.c:41", ...threads.main)}`;
    expect(rulesOf(text)).toEqual(["crash/assertion"]);
  });
});

describe("the thread in which a check was made", () => {
  const contexts: readonly (readonly [ThreadKind, string])[] = [
    ["iothread", "iothread"],
    ["worker", "worker"],
    ["main", "main"],
    ["vcpu", "vcpu"],
    ["access", "access"],
    ["rcu", "rcu"],
    ["migration", "migration"],
    ["coroutine", "coroutine"],
    ["job", "job"],
    ["monitor", "main"],
  ];

  it.each(contexts)("is told by its outer frames: %s", (kind, context) => {
    const [finding] = findingsOf(
      crashed("assert", "qemu_in_main_thread()", "bdrv_frob (bs=0x1) at ../block.c:3", ...inThread(kind)),
    );
    expect(finding?.states["lock-context"]).toBe(context);
    expect(finding?.evidence.length).toBeGreaterThan(1);
  });

  it("is not known where they are cut", () => {
    const text = crashed("g_assert", "bql_locked()", "bql_unlock () at ../system/cpus.c:583");
    expect(findingsOf(text)).toMatchObject([
      { rule: "qemu-locking/big-lock-missing", states: { "lock-context": "unknown" }, blame: null },
    ]);
    expect(findingsOf(text)[0]?.message).toContain("a thread that is not shown");
  });

  it("is not that of what gdb shows beyond a coroutine's first frame", () => {
    const text = crashed(
      "assert",
      "!qemu_in_coroutine()",
      "bdrv_poll_co (s=0x1) at block/block-gen.h:41",
      ...inThread("coroutine"),
      ...threads.iothread,
    );
    expect(findingsOf(text)[0]?.states["lock-context"]).toBe("coroutine");
  });

  it("is no reason to blame a bottom half's dispatcher", () => {
    const bottomHalf = [
      "frob_bh (opaque=0x1) at ../hw/misc/frob.c:9",
      "aio_bh_call (bh=0x2) at ../util/async.c:172",
      "aio_bh_poll (ctx=0x3) at ../util/async.c:219",
    ];
    const [finding] = findingsOf(
      crashed(
        "assert",
        "qemu_in_main_thread()",
        "bdrv_frob (bs=0x1) at ../block.c:3",
        ...bottomHalf,
        ...threads.iothread,
      ),
    );
    expect(finding?.blame?.function).toBe("frob_bh");
    expect(finding?.message).toContain("A bottom half called it");
  });
});

describe("what a finding adds where it is so", () => {
  it.each([
    [
      "the lock taken twice",
      "!bql_locked()",
      'bql_lock_impl (file=0x1 "f.c", line=9) at ../system/cpus.c:573',
      "would wait for itself",
    ],
    [
      "a wait with the lock",
      "!bql_locked()",
      "replay_mutex_lock () at ../replay/replay-internal.c:216",
      "may not wait here",
    ],
    [
      "the lock released twice",
      "bql_locked()",
      "bql_unlock () at ../system/cpus.c:583",
      "for the second time",
    ],
    ["a tool", "qemu_in_main_thread()", "bdrv_frob (bs=0x1) at ../block.c:3", "In a tool"],
    [
      "the graph lock in a coroutine",
      "!qemu_in_coroutine()",
      "bdrv_graph_wrlock () at ../block/graph-lock.c:118",
      "may be a reader",
    ],
    [
      "the graph lock released twice",
      "qatomic_read(&has_writer)",
      "bdrv_graph_wrunlock () at ../block/graph-lock.c:158",
      "once more than it was taken",
    ],
  ])("%s", (_, expression, crash, words) => {
    expect(findingsOf(crashed("assert", expression, crash, ...inThread("main")))[0]?.message).toContain(
      words,
    );
  });

  it("warns of QEMU's functions in the thread pool", () => {
    const text = crashed(
      "assert",
      "qemu_get_current_aio_context() == qemu_get_aio_context()",
      "bdrv_poll_co (s=0x1) at block/block-gen.h:43",
      ...inThread("worker"),
    );
    expect(findingsOf(text)[0]?.message).toContain("nothing but the operating system");
  });
});

describe("a message without a stack", () => {
  it.each([
    ["graph-not-writable", "qatomic_read(&has_writer)", "assert_bdrv_graph_writable"],
    ["big-lock-missing", "qemu_in_main_thread()", "bdrv_unref_child"],
    ["big-lock-held", "!qemu_mutex_iothread_locked()", "qemu_mutex_lock_iothread_impl"],
    ["outside-coroutine", "qemu_in_coroutine()", "qemu_co_queue_wait_impl"],
    ["inside-coroutine", "!qemu_in_coroutine()", "bdrv_poll_co"],
    ["coroutine-kept-lock", "!to->locks_held", "qemu_aio_coroutine_enter"],
    ["foreign-context", "in_aio_context_home_thread(ctx)", "aio_poll"],
    [
      "contexts-differ",
      "bdrv_get_aio_context(old_bs) == bdrv_get_aio_context(new_bs)",
      "bdrv_replace_child_noperm",
    ],
  ])("%s, without blame: %s", (rule, expression, name) => {
    expect(findingsOf(complaint(expression, name))).toMatchObject([
      { rule: `qemu-locking/${rule}`, trace: null, blame: null, site: null },
    ]);
  });

  it.each(["mutex->initialized", "data.done", "reader_count()"])(
    "is nobody's where other programs have such a check: %s",
    (expression) => {
      expect(rulesOf(complaint(expression, "frob"))).toEqual(["crash/assertion"]);
    },
  );
});

describe("without a failed check of QEMU", () => {
  it.each([
    [
      "a sentence in a mail",
      "> and then it says Assertion `qemu_in_main_thread()' failed. again, since GLOBAL_STATE_CODE() is asserted.\n",
    ],
    [
      "a patch",
      "@@ -1,3 +1,4 @@ void bql_unlock(void)\n {\n+    g_assert(bql_locked());\n     qemu_mutex_unlock(&bql);\n",
    ],
    [
      "a stopped process in the same functions",
      numbered('bql_lock_impl (file=0x1 "f.c", line=9) at ../system/cpus.c:573', ...inThread("main")),
    ],
    [
      "a wild pointer in what enters coroutines",
      `Program received signal SIGSEGV, Segmentation fault.\n${numbered("qemu_aio_coroutine_enter (ctx=0x1, co=0x0) at ../util/qemu-coroutine.c:150", ...inThread("main"))}`,
    ],
    [
      "a hidden condition in a function with several checks",
      crashed("hidden", "", "bdrv_graph_wrlock () at ../block/graph-lock.c:117", ...inThread("main")),
    ],
    [
      "an abort further in",
      crashed(
        "abort",
        "",
        "frob_co (opaque=0x1) at ../block/frob.c:3",
        "qemu_aio_coroutine_enter (ctx=0x1, co=0x2) at ../util/qemu-coroutine.c:170",
      ),
    ],
    [
      "a check of which one of two is unknown",
      crashed(
        "assert",
        "bql_locked() && !qemu_in_coroutine()",
        "frob_step (s=0x1) at ../hw/misc/frob.c:41",
        ...threads.main,
      ),
    ],
    [
      "a program of its own",
      crashed("assert", "mutex->initialized", "pool_lock (p=0x1) at pool.c:4", "main () at main.c:9"),
    ],
    [
      "values printed beside another crash",
      `(gdb) p bql_locked()\n$1 = false\n(gdb) p qemu_in_coroutine()\n$2 = false\n(gdb) bt\n${crashed("assert", "len > 0", "frob_step (s=0x1) at ../hw/misc/frob.c:41", ...threads.main)}`,
    ],
  ])("nothing is said: %s", (_, text) => {
    expect(rulesOf(text).filter((rule) => rule.startsWith("qemu-"))).toEqual([]);
  });
});

describe("beside the pack of the memory API", () => {
  const others = packs.filter(({ pack }) => pack !== "qemu-locking" && pack !== "qemu-block");

  it.each(
    allSamples()
      .filter(({ name }) => /^(?:qemu-memory|eras)\//.test(name))
      .map((sample) => [sample.name, sample] as const),
  )("changes no finding of the sample %s", (_, sample) => {
    const input = readPlain(inputOf(sample), { path: null, member: null, messageId: null });
    const told = (used: typeof packs): unknown =>
      analyze([input], used, { name: "backtriage", version: "0.0.0" }).documents.map(
        ({ findings }) => findings,
      );
    expect(told(packs)).toEqual(told(others));
  });

  it("gives one finding for a commit without the big lock", () => {
    const text = crashed(
      "assert",
      "qemu_mutex_iothread_locked()",
      "memory_region_transaction_commit () at ../softmmu/memory.c:1108",
      "frob_load (opaque=0x1) at ../hw/misc/frob.c:9",
      "postcopy_ram_listen_thread (opaque=0x2) at ../migration/savevm.c:1900",
    );
    expect(findingsOf(text)).toHaveLength(1);
  });
});
