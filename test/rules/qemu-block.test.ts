import { describe, expect, it } from "vitest";
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
    "requests-pending",
    "1.1",
    "assert",
    "QLIST_EMPTY(&bs->tracked_requests)",
    "bdrv_drain_all () at block.c:1220",
  ],
  [
    "requests-pending",
    "1.4",
    "assert",
    "qemu_co_queue_empty(&bs->throttled_reqs)",
    "bdrv_drain_all () at block.c:1300",
  ],
  [
    "requests-pending",
    "3.0",
    "assert",
    "atomic_read(&bs->in_flight) == 0",
    "bdrv_drain_assert_idle (bs=0x55d0c2002000) at block/io.c:530",
  ],
  [
    "requests-pending",
    "5.2",
    "assert",
    "qatomic_read(&bs->in_flight) == 0",
    "bdrv_drain_assert_idle (bs=0x55d0c2002000) at ../block/io.c:470",
  ],
  [
    "request-uncounted",
    "5.1",
    "assert",
    "blk->in_flight > 0",
    "blk_wait_while_drained (blk=0x55d0c2002000) at ../block/block-backend.c:1280",
  ],
  [
    "drain-missing",
    "2.5",
    "assert",
    "bs->quiesce_counter > 0",
    "bdrv_drained_end (bs=0x55d0c2002000) at block/io.c:2700",
  ],
  [
    "drain-missing",
    "2.5, a required section",
    "assert",
    "bs->quiesce_counter > 0",
    "bdrv_reopen_queue_child (bs=0x55d0c2002000) at ../block.c:4260",
  ],
  ["drain-missing", "3.0", "assert", "bdrv_drain_all_count > 0", "bdrv_drain_all_end () at block/io.c:645"],
  [
    "drain-missing",
    "4.2",
    "assert",
    "c->parent_quiesce_counter > 0",
    "bdrv_parent_drained_end_single_no_poll (c=0x55d0c2002000) at ../block/io.c:70",
  ],
  [
    "drain-missing",
    "8.0",
    "assert",
    "s->child->quiesced_parent",
    "bdrv_replace_child_abort (opaque=0x55d0c2002000) at ../block.c:2406",
  ],
  [
    "drain-missing",
    "8.0, g_assert",
    "g_assert",
    "bs->quiesce_counter > 0",
    "bdrv_drain_all_end_quiesce (bs=0x55d0c2002000) at ../block/io.c:560",
  ],
  [
    "drain-missing",
    "8.1",
    "assert",
    "qatomic_read(&blk->quiesce_counter) > 0",
    "blk_root_drained_end (child=0x55d0c2002000) at ../block/block-backend.c:2610",
  ],
  [
    "drained-twice",
    "8.0",
    "assert",
    "!c->quiesced_parent",
    "bdrv_parent_drained_begin_single (c=0x55d0c2002000) at ../block/io.c:90",
  ],
  [
    "node-inactive",
    "2.9",
    "assert",
    "!(bs->open_flags & BDRV_O_INACTIVE)",
    "bdrv_co_pwritev (child=0x55d0c2002000) at block/io.c:1537",
  ],
  [
    "node-inactive",
    "3.1",
    "assert",
    "!(bs->open_flags & BDRV_O_INACTIVE)",
    "bdrv_co_write_req_prepare (child=0x55d0c2002000) at ../block/io.c:1930",
  ],
  [
    "node-without-io",
    "2.9",
    "assert",
    "(bs->open_flags & BDRV_O_NO_IO) == 0",
    "bdrv_aligned_preadv (child=0x55d0c2002000) at ../block/io.c:1330",
  ],
  [
    "request-beyond-end",
    "2.11",
    "assert",
    "end_sector <= bs->total_sectors || child->perm & BLK_PERM_RESIZE",
    "bdrv_aligned_pwritev (child=0x55d0c2002000) at block/io.c:1600",
  ],
  [
    "request-beyond-end",
    "6.0",
    "assert",
    "offset + bytes <= bs->total_sectors * BDRV_SECTOR_SIZE || child->perm & BLK_PERM_RESIZE",
    "bdrv_co_write_req_prepare (child=0x55d0c2002000) at ../block/io.c:1960",
  ],
  [
    "permission-missing",
    "2.9",
    "assert",
    "child->perm & BLK_PERM_WRITE",
    "bdrv_aligned_pwritev (child=0x55d0c2002000) at block/io.c:1410",
  ],
  [
    "permission-missing",
    "3.1, resize",
    "assert",
    "child->perm & BLK_PERM_RESIZE",
    "bdrv_co_write_req_prepare (child=0x55d0c2002000) at block/io.c:1920",
  ],
  [
    "permission-missing",
    "3.1, unchanged data",
    "assert",
    "child->perm & (BLK_PERM_WRITE_UNCHANGED | BLK_PERM_WRITE)",
    "bdrv_co_write_req_prepare (child=0x55d0c2002000) at block/io.c:1910",
  ],
  [
    "request-unaligned",
    "2.0",
    "assert",
    "(bytes & (align - 1)) == 0",
    "bdrv_aligned_pwritev (bs=0x55d0c2002000, align=512) at block.c:3300",
  ],
  [
    "request-unaligned",
    "2.7",
    "assert",
    "is_power_of_2(align)",
    "bdrv_aligned_preadv (child=0x55d0c2002000, align=520) at ../block/io.c:1328",
  ],
  [
    "request-waits-for-itself",
    "1.1",
    "assert",
    "qemu_coroutine_self() != req->co",
    "wait_serialising_requests (self=0x55d0c2002000) at block/io.c:510",
  ],
  [
    "write-outside-reservation",
    "4.1",
    "assert",
    "!waited || !req->serialising || is_request_serialising_and_aligned(req)",
    "bdrv_co_write_req_prepare (child=0x55d0c2002000) at block/io.c:1905",
  ],
  [
    "write-outside-reservation",
    "2.0",
    "assert",
    "req->overlap_offset <= offset",
    "bdrv_aligned_pwritev (bs=0x55d0c2002000) at block.c:3305",
  ],
  [
    "write-outside-reservation",
    "2.0",
    "assert",
    "offset + bytes <= req->overlap_offset + req->overlap_bytes",
    "bdrv_aligned_pwritev (bs=0x55d0c2002000) at block.c:3306",
  ],
  [
    "reference-dropped-twice",
    "1.7",
    "assert",
    "bs->refcnt > 0",
    "bdrv_unref (bs=0x55d0c2002000) at block.c:5200",
  ],
  [
    "reference-dropped-twice",
    "2.2",
    "assert",
    "blk->refcnt > 0",
    "blk_ref (blk=0x55d0c2002000) at block/block-backend.c:120",
  ],
  [
    "deleted-while-blocked",
    "2.1",
    "assert",
    "bdrv_op_blocker_is_empty(bs)",
    "bdrv_delete (bs=0x55d0c2002000) at block.c:2100",
  ],
  [
    "deleted-while-referenced",
    "1.7",
    "assert",
    "!bs->refcnt",
    "bdrv_delete (bs=0x55d0c2002000) at block.c:2101",
  ],
  [
    "deleted-while-referenced",
    "2.2",
    "assert",
    "!blk->dev",
    "blk_delete (blk=0x55d0c2002000) at block/block-backend.c:100",
  ],
  [
    "job-transition",
    "3.0",
    "assert",
    "JobSTT[s0][s1]",
    "job_state_transition (job=0x55d0c2002000, s1=JOB_STATUS_CONCLUDED) at job.c:170",
  ],
  [
    "job-transition",
    "7.2",
    "assert",
    "JobSTT[s0][s1]",
    "job_state_transition_locked (job=0x55d0c2002000, s1=JOB_STATUS_READY) at ../job.c:216",
  ],
  [
    "job-not-completed",
    "3.0",
    "assert",
    "job_is_completed(job)",
    "job_finalize_single (job=0x55d0c2002000) at job.c:736",
  ],
  [
    "job-not-completed",
    "7.2",
    "assert",
    "job_is_completed_locked(job)",
    "job_finalize_single_locked (job=0x55d0c2002000) at ../job.c:870",
  ],
  [
    "qcow2-table-overput",
    "0.14",
    "assert",
    "c->entries[i].ref >= 0",
    "qcow2_cache_put (c=0x55d0c2002000) at block/qcow2-cache.c:320",
  ],
  [
    "qcow2-table-kept",
    "0.14",
    "assert",
    "c->entries[i].ref == 0",
    "qcow2_cache_destroy (c=0x55d0c2002000) at block/qcow2-cache.c:80",
  ],
];

describe("QEMU's checks over the releases", () => {
  it.each(checks)(
    "%s, %s: one finding, in which frob_start is blamed",
    (rule, _, death, expression, crash) => {
      expect(findingsOf(crashed(death, expression, crash, ...inThread("main")))).toMatchObject([
        {
          rule: `qemu-block/${rule}`,
          severity: "error",
          blame: { function: "frob_start" },
          states: { "io-context": "main" },
        },
      ]);
    },
  );

  it.each(checks)(
    "%s, %s: says where it was checked, and in which thread",
    (_, __, death, expression, crash) => {
      const [finding] = findingsOf(crashed(death, expression, crash, ...inThread("iothread")));
      expect(finding?.states["io-context"]).toBe("iothread");
      expect(finding?.message).toContain("an iothread");
      expect(finding?.message).toContain(crash.split(" ")[0]);
      expect(finding?.settle.length).toBeGreaterThan(0);
    },
  );
});

describe("the caller of the block layer", () => {
  it("is the site, not a function of the block layer itself", () => {
    const deep = [
      "bdrv_delete (bs=0x1) at block.c:2100",
      "bdrv_unref (bs=0x1) at block.c:5200",
      "blk_remove_bs (blk=0x2) at block/block-backend.c:800",
    ];
    expect(
      findingsOf(crashed("assert", "bdrv_op_blocker_is_empty(bs)", ...deep, ...inThread("main"))),
    ).toMatchObject([{ site: { function: "frob_step" }, blame: { function: "frob_start" } }]);
  });

  it("is not blamed beyond the coroutine in which it runs", () => {
    const text = crashed(
      "assert",
      "!(bs->open_flags & BDRV_O_INACTIVE)",
      "bdrv_co_write_req_prepare (child=0x1) at ../block/io.c:1930",
      ...inThread("coroutine"),
      ...threads.main,
    );
    expect(findingsOf(text)[0]).toMatchObject({
      blame: { function: "frob_start" },
      states: { "io-context": "coroutine" },
    });
  });

  it("is a job's driver, not what calls the steps of jobs", () => {
    const steps = [
      "mirror_abort (job=0x1) at ../block/mirror.c:835",
      "job_abort (job=0x1) at ../job.c:700",
      "job_finalize_single (job=0x1) at ../job.c:760",
      "job_exit (opaque=0x1) at ../job.c:950",
    ];
    const text = crashed(
      "assert",
      "bs->quiesce_counter > 0",
      "bdrv_drained_end (bs=0x2) at ../block/io.c:431",
      ...steps,
      ...threads.main,
    );
    expect(findingsOf(text)[0]?.blame?.function).toBe("mirror_abort");
  });
});

describe("a function that gcc split", () => {
  it("gives one finding for both frames", () => {
    const halves = ["bdrv_unref.cold (bs=0x1) at ../block.c:7176", "bdrv_unref (bs=0x1) at ../block.c:7176"];
    expect(findingsOf(crashed("assert", "bs->refcnt > 0", ...halves, ...inThread("main")))).toMatchObject([
      { rule: "qemu-block/reference-dropped-twice", frames: [3], blame: { function: "frob_start" } },
    ]);
  });
});

describe("the thread in which a check was made", () => {
  const contexts: readonly (readonly [ThreadKind, string])[] = [
    ["iothread", "iothread"],
    ["worker", "worker"],
    ["migration", "migration"],
    ["access", "access"],
    ["job", "job"],
    ["monitor", "monitor"],
    ["coroutine", "coroutine"],
    ["shutdown", "shutdown"],
    ["main", "main"],
    ["vcpu", "unknown"],
  ];

  it.each(contexts)("is told by its outer frames: %s", (kind, context) => {
    const text = crashed(
      "assert",
      "bs->quiesce_counter > 0",
      "bdrv_drained_end (bs=0x1) at ../block/io.c:431",
      ...inThread(kind),
    );
    expect(findingsOf(text)[0]?.states["io-context"]).toBe(context);
  });

  it("is not known where they are cut, and nobody is blamed", () => {
    const text = crashed(
      "assert",
      "bs->quiesce_counter > 0",
      "bdrv_drained_end (bs=0x1) at ../block/io.c:431",
    );
    expect(findingsOf(text)).toMatchObject([
      { rule: "qemu-block/drain-missing", blame: null, states: { "io-context": "unknown" } },
    ]);
  });
});

describe("what a finding adds where it is so", () => {
  it("tells one end too many from a section that is missing", () => {
    const message = (crash: string): string | undefined =>
      findingsOf(crashed("assert", "bs->quiesce_counter > 0", crash, ...inThread("main")))[0]?.message;
    expect(message("bdrv_drained_end (bs=0x1) at ../block/io.c:431")).toContain("for the second time");
    expect(message("bdrv_reopen_queue_child (bs=0x1) at ../block.c:4260")).toContain("only allowed in one");
  });
});

describe("an error that cannot happen", () => {
  const refused = (format: string, aborts: boolean): string =>
    numbered(
      ...(aborts
        ? [
            "__GI_raise (sig=sig@entry=6) at ../sysdeps/unix/sysv/linux/raise.c:50",
            "__GI_abort () at abort.c:79",
            "error_handle (errp=0x1 <error_abort>, err=0x2) at ../util/error.c:38",
          ]
        : []),
      `error_setv (errp=0x1, src=0x3 "../block/io.c", line=941, func=0x4 <__func__.41> "bdrv_check_qiov_request", err_class=ERROR_CLASS_GENERIC_ERROR, fmt=0x5 "${format}", ap=0x6, suffix=0x0) at ../util/error.c:73`,
      "bdrv_check_qiov_request (offset=-1, bytes=512, qiov=0x0, qiov_offset=0, errp=0x1) at ../block/io.c:936",
      ...inThread("main"),
    );

  it.each([
    "offset is negative: %ld",
    "bytes is negative: %lld",
    "bytes(%ld) exceeds maximum(%ld)",
    "offset(%ld) exceeds maximum(%ld)",
    "sum of offset(%ld) and bytes(%ld) exceeds maximum(%ld)",
    "qiov_offset(%zu) overflow io vector size(%zu)",
    "bytes(%ld) + qiov_offset(%zu) overflow io vector size(%zu)",
  ])("is a request of impossible bounds: %s", (format) => {
    expect(findingsOf(refused(format, true))).toMatchObject([
      {
        rule: "qemu-block/request-impossible",
        blame: { function: "frob_start" },
        site: { function: "frob_step" },
      },
    ]);
  });

  it("is none where it is only reported, or where the text is another", () => {
    expect(rulesOf(refused("offset is negative: %ld", false))).toEqual([]);
    expect(rulesOf(refused("no medium", true))).toEqual(["crash/abort"]);
  });
});

describe("a message without a stack", () => {
  it.each([
    ["requests-pending", "QLIST_EMPTY(&bs->tracked_requests)", "bdrv_drain_all"],
    ["drain-missing", "bs->quiesce_counter > 0", "bdrv_do_drained_end"],
    ["drained-twice", "!c->quiesced_parent", "bdrv_parent_drained_begin_single"],
    ["node-inactive", "!(bs->open_flags & BDRV_O_INACTIVE)", "bdrv_co_write_req_prepare"],
    ["permission-missing", "child->perm & BLK_PERM_WRITE", "bdrv_co_write_req_prepare"],
    ["request-waits-for-itself", "qemu_coroutine_self() != req->co", "bdrv_find_conflicting_request"],
    ["deleted-while-blocked", "bdrv_op_blocker_is_empty(bs)", "bdrv_delete"],
    ["job-transition", "JobSTT[s0][s1]", "job_state_transition"],
  ])("%s, without blame: %s", (rule, expression, name) => {
    expect(findingsOf(complaint(expression, name))).toMatchObject([
      { rule: `qemu-block/${rule}`, trace: null, blame: null, site: null },
    ]);
  });

  it.each([
    "bs->refcnt > 0",
    "!blk->refcnt",
    "c->entries[i].ref >= 0",
    "job_is_completed(job)",
    "blk->in_flight > 0",
  ])("is nobody's where other programs have such a check: %s", (expression) => {
    expect(rulesOf(complaint(expression, "frob"))).toEqual(["crash/assertion"]);
  });
});

describe("without a failed check of the block layer", () => {
  const exit = "bdrv_unref (bs=0x1) at block.c:5200";

  it.each([
    [
      "a sentence in a mail",
      "> block/io.c: Assertion `!(bs->open_flags & BDRV_O_INACTIVE)' failed. is what I get after migrating, any idea?\n",
    ],
    [
      "a patch",
      "@@ -1,3 +1,4 @@ void bdrv_unref(BlockDriverState *bs)\n {\n+    assert(bs->refcnt > 0);\n     bs->refcnt--;\n",
    ],
    [
      "a stopped process in the same functions",
      numbered("bdrv_drained_end (bs=0x1) at ../block/io.c:431", ...inThread("main")),
    ],
    [
      "a wild pointer in a completion",
      `Program received signal SIGSEGV, Segmentation fault.\n${numbered("blk_aio_complete (acb=0x0) at ../block/block-backend.c:1510", ...inThread("main"))}`,
    ],
    [
      "a hidden condition",
      crashed(
        "hidden",
        "",
        "bdrv_co_write_req_prepare (child=0x1) at ../block/io.c:1930",
        ...inThread("main"),
      ),
    ],
    [
      "an abort in the block layer",
      crashed(
        "abort",
        "",
        "bdrv_co_write_req_prepare (child=0x1) at ../block/io.c:1975",
        ...inThread("main"),
      ),
    ],
    [
      "another condition of the same function",
      crashed(
        "assert",
        "req->bs == bs",
        "bdrv_co_write_req_prepare (child=0x1) at ../block/io.c:1930",
        ...inThread("main"),
      ),
    ],
    [
      "the same condition in another function",
      crashed("assert", "bs->refcnt > 0", "stream_unref (bs=0x1) at stream.c:3", "main () at main.c:9"),
    ],
    [
      "values printed beside another crash",
      `(gdb) p bs->quiesce_counter\n$1 = 0\n(gdb) p bs->refcnt\n$2 = 0\n(gdb) bt\n${crashed("assert", "len > 0", "frob_step (s=0x1) at ../hw/misc/frob.c:41", exit, ...threads.main)}`,
    ],
    [
      "values printed beside a signal",
      `Program received signal SIGSEGV, Segmentation fault.\n(gdb) p bs->refcnt\n$2 = 0\n(gdb) bt\n${numbered(exit, ...inThread("main"))}`,
    ],
  ])("nothing is said: %s", (_, text) => {
    expect(rulesOf(text).filter((rule) => rule.startsWith("qemu-"))).toEqual([]);
  });

  it("leaves the checks of threads to the pack for locks", () => {
    const text = crashed(
      "assert",
      "qemu_in_main_thread()",
      "bdrv_unref (bs=0x1) at ../block.c:7170",
      ...inThread("iothread"),
    );
    expect(rulesOf(text)).toEqual(["qemu-locking/big-lock-missing"]);
  });
});
