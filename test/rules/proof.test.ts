import { describe, expect, it } from "vitest";
import type { Document } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";

function documentOf(text: string): Document {
  const [document] = reportOfText(text).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The arguments of the C library's frame for a condition that failed in the reader. */
function asserting(expression: string): string {
  return `assertion=0x55a3 "${expression}", file=0x55a4 "include/exec/memory.h", line=766, function=0x55a5 "address_space_to_flatview"`;
}

/** A load of a device's state, which dies in the reader of a flatview; `frames` stand outside it. */
function dying(failure: string, frames: readonly string[]): string {
  const all = [
    "raise (sig=6) at raise.c:51",
    "abort () at abort.c:79",
    `__assert_fail (${failure}) at assert.c:101`,
    "address_space_to_flatview (as=0x1) at include/exec/memory.h:766",
    "address_space_cache_init (cache=0x2) at physmem.c:3307",
    "virtio_init_region_cache (vdev=0x3, n=0) at virtio.c:185",
    ...frames,
  ];
  return all.map((frame, level) => `#${level} 0x00005555${4000 + level * 16} in ${frame}\n`).join("");
}

const coroutine = [
  "virtio_load (vdev=0x3, f=0x4) at virtio.c:3203",
  "vmstate_load_state (f=0x4) at vmstate.c:143",
  "qemu_loadvm_state_main (f=0x4) at savevm.c:2939",
  "process_incoming_migration_co (opaque=0x0) at migration.c:574",
  "coroutine_trampoline (i0=1, i1=2) at coroutine-ucontext.c:173",
];
const iothread = [
  "virtio_blk_handle_vq (s=0x3) at virtio-blk.c:203",
  "aio_dispatch (ctx=0x4) at aio-posix.c:420",
  "aio_poll (ctx=0x4) at aio-posix.c:720",
  "iothread_run (opaque=0x5) at iothread.c:63",
  "qemu_thread_start (args=0x6) at qemu-thread-posix.c:505",
];
const unknown = ["frob (x=0x3) at frob.c:3"];

const plain = "memory_region_transaction_depth == 0";
const compound =
  "(!memory_region_transaction_in_progress() && qemu_mutex_iothread_locked()) || rcu_read_is_locked()";

/** Numbers the frames of a text from 0 again. */
function renumbered(text: string): string {
  let level = 0;
  return text.replace(/^#\d+/gm, () => `#${level++}`);
}

function factsOf({ assertions }: Document): string[] {
  return assertions.flatMap(({ facts }) => facts.map(({ expression }) => expression)).toSorted();
}

/** How many terms each fact of the failed condition has, the settled ones first. */
function termsOf({ assertions }: Document): number[] {
  const facts = assertions.flatMap((assertion) => assertion.facts);
  for (const { terms, settled } of facts) expect(settled).toBe(terms.length === 1);
  return facts.map(({ terms }) => terms.length).toSorted();
}

function statesOf({ traces }: Document, level: number): Readonly<Record<string, string>> | undefined {
  return traces[0]?.threads[0]?.classification.find((one) => one.level === level)?.states;
}

/** The rules and verdicts of a document's findings. */
function judgedOf({ findings }: Document): (string | null)[][] {
  return findings.map(({ rule, verdict }) => [rule, verdict]);
}

const offending = ["qemu-memory/flatview-in-transaction", "offending"];
const foreign = ["qemu-memory/flatview-beside-transaction", "foreign"];
const unprotected = ["qemu-memory/flatview-unprotected", null];
const note = ["crash/assertion", null];

describe("a condition of several terms that failed", () => {
  it("settles to an open transaction where the frames show that the thread holds the big lock", () => {
    const document = documentOf(dying(asserting(compound), coroutine));
    expect(factsOf(document)).toEqual([
      "memory_region_transaction_in_progress() != 0",
      "rcu_read_is_locked() == 0",
    ]);
    expect(termsOf(document)).toEqual([1, 1]);
    expect(judgedOf(document)).toEqual([offending]);
    const [finding] = document.findings;
    expect(finding).toMatchObject({
      states: { "memory-transaction": "open", "rcu-read": "not-held", "big-lock": "held" },
      frames: [3, 4],
      blame: { function: "virtio_load" },
      site: { function: "virtio_init_region_cache" },
    });
  });

  it("blames no transaction in an iothread, where the lock alone explains the failure: the read has no protection", () => {
    const document = documentOf(dying(asserting(compound), iothread));
    expect(factsOf(document)).toEqual([
      "memory_region_transaction_in_progress() != 0 || qemu_mutex_iothread_locked() == 0",
      "rcu_read_is_locked() == 0",
    ]);
    expect(judgedOf(document)).toEqual([unprotected]);
    expect(statesOf(document, 3)).toMatchObject({ "memory-transaction": "unknown", "rcu-read": "not-held" });
  });

  it("accuses nobody where nothing tells whether the thread holds the lock", () => {
    const document = documentOf(dying(asserting(compound), unknown));
    expect(judgedOf(document)).toEqual([note]);
    expect(termsOf(document)).toEqual([1, 2]);
  });

  it.each([
    [
      "the lock's newer name",
      "(!memory_region_transaction_in_progress() && bql_locked()) || rcu_read_is_locked()",
    ],
    [
      "another order",
      "rcu_read_is_locked() || (qemu_mutex_iothread_locked() && !memory_region_transaction_in_progress())",
    ],
    [
      "the depth itself",
      "(memory_region_transaction_depth == 0 && qemu_mutex_iothread_locked()) || rcu_read_is_locked()",
    ],
    ["a comparison", "rcu_read_is_locked() != 0 || (memory_region_transaction_depth < 1 && bql_locked())"],
    [
      "a negation around it",
      "!(memory_region_transaction_in_progress() || !bql_locked()) || rcu_read_is_locked()",
    ],
  ])("is read under %s", (_, condition) => {
    expect(judgedOf(documentOf(dying(asserting(condition), coroutine)))).toEqual([offending]);
    expect(judgedOf(documentOf(dying(asserting(condition), iothread)))).toEqual([unprotected]);
  });

  it("proves nothing of the transaction where only the lock was asked for", () => {
    for (const frames of [coroutine, iothread]) {
      const document = documentOf(dying(asserting("qemu_mutex_iothread_locked()"), frames));
      expect(factsOf(document)).toEqual(["qemu_mutex_iothread_locked() == 0"]);
      expect(judgedOf(document).map(([rule]) => rule)).not.toContain(expect.stringMatching(/^qemu-memory/));
      expect(statesOf(document, 3)).toMatchObject({
        "memory-transaction": "unknown",
        "big-lock": "not-held",
      });
    }
  });

  it("is told in full where no trace decides between its terms", () => {
    const document = documentOf(
      `qemu: include/exec/memory.h:766: address_space_to_flatview: Assertion \`${compound}' failed.\n`,
    );
    expect(termsOf(document)).toEqual([1, 2]);
    expect(judgedOf(document)).toEqual([note]);
  });
});

describe("the depth that was not 0", () => {
  it.each([
    ["as it stands", plain],
    ["the other way round", "0 == memory_region_transaction_depth"],
    ["as a negation", "!memory_region_transaction_depth"],
    ["as less than one", "memory_region_transaction_depth < 1"],
    ["by a function", "!memory_region_transaction_in_progress()"],
    ["with a reason", `${plain} && \\"no transaction\\"`],
    ["under a hint", "likely(memory_region_transaction_depth == 0)"],
  ])(
    "is offending in the thread that holds the big lock, and foreign in one that does not: %s",
    (_, condition) => {
      expect(judgedOf(documentOf(dying(asserting(condition), coroutine)))).toEqual([offending]);
      expect(judgedOf(documentOf(dying(asserting(condition), iothread)))).toEqual([foreign]);
    },
  );

  it("is a note where nothing tells which thread this is", () => {
    const document = documentOf(dying(asserting(plain), unknown));
    expect(judgedOf(document)).toEqual([["qemu-memory/transaction-check", "undecided"]]);
    expect(document.findings[0]).toMatchObject({ severity: "note", confidence: "possible", blame: null });
  });

  it.each([
    ["that it is 0", "memory_region_transaction_depth != 0"],
    ["nothing that is known", "view != NULL"],
    ["nothing that can be read", "({ int x = depth; x == 0; })"],
    ["only one of two things", `${plain} && view`],
  ])("is not proved by a failure that proves %s", (_, condition) => {
    expect(judgedOf(documentOf(dying(asserting(condition), coroutine)))).toEqual([note]);
  });

  it("is evidence with the words of the input, at their place", () => {
    const [finding] = documentOf(dying(asserting(plain), coroutine)).findings;
    expect(finding?.evidence).toContainEqual(
      expect.objectContaining({
        kind: "assertion",
        weight: "for",
        text: `assertion=0x55a3 "${plain}"`,
        span: expect.objectContaining({ start: expect.objectContaining({ line: 3 }) }),
      }),
    );
  });
});

describe("a condition that gdb cut", () => {
  const cut = asserting(plain).replace('== 0"', '== 0"...');

  it("proves nothing by its words, for the rest may turn their meaning round: as a check of the reader it is likely", () => {
    const document = documentOf(dying(cut, coroutine));
    expect(factsOf(document)).toEqual([]);
    expect(judgedOf(document)).toEqual([offending]);
    expect(document.findings[0]?.confidence).toBe("likely");
    expect(judgedOf(documentOf(dying(cut, unknown)))).toEqual([
      ["qemu-memory/transaction-check", "undecided"],
    ]);
  });

  it("proves what the whole message says, where there is one", () => {
    const message = `qemu: include/exec/memory.h:766: address_space_to_flatview: Assertion \`${plain} || !view' failed.\n`;
    const document = documentOf(message + dying(cut, coroutine));
    expect(document.assertions).toMatchObject([{ expression: `${plain} || !view`, origin: "both" }]);
    expect(judgedOf(document)).toEqual([offending]);
  });
});

describe("a condition that the frames do not show", () => {
  const hidden = [
    "assertion=..., file=..., line=..., function=...",
    "...",
    "",
    "assertion=<optimized out>, file=<optimized out>, line=766, function=<optimized out>",
  ];

  it.each(hidden)("is the check, likely and never certain, in the reader of a flatview: (%s)", (failure) => {
    const document = documentOf(dying(failure, coroutine));
    expect(judgedOf(document)).toEqual([offending]);
    expect(["likely", "possible"]).toContain(document.findings[0]?.confidence);
    expect(document.findings[0]?.evidence[0]?.message).toContain("text of its check is missing");
  });

  it("stays likely where a frame is known to hold the transaction", () => {
    const holding = [
      "pci_bridge_update_mappings (br=0x3) at pci_bridge.c:246",
      "main_loop_wait (x=0) at main-loop.c:600",
    ];
    const shown = documentOf(dying(asserting(plain), holding)).findings[0];
    const missing = documentOf(dying("...", holding)).findings[0];
    expect(shown).toMatchObject({ verdict: "offending", confidence: "certain" });
    expect(missing).toMatchObject({ verdict: "offending", confidence: "likely" });
  });

  it("is the check, likely, where the reader of a flatview aborts without an assertion", () => {
    const text = dying("...", coroutine).replace(/#2 .*\n/, "");
    expect(judgedOf(documentOf(text))).toEqual([offending]);
    expect(documentOf(text).findings[0]?.confidence).toBe("likely");
  });

  it("is not the check where a signal ended the process in the reader", () => {
    const reader = dying("...", coroutine).replace(/#[012] .*\n/g, "");
    const text = `Program received signal SIGSEGV, Segmentation fault.\n${reader}`;
    expect(judgedOf(documentOf(text))).toEqual([["crash/signal", null]]);
    const handled = dying("...", coroutine).replace(
      /#2 .*\n/,
      "#2 0x0000555550 in on_signal (s=11) at h.c:3\n#2 <signal handler called>\n",
    );
    expect(judgedOf(documentOf(renumbered(handled)))).toEqual([["crash/abort", null]]);
  });

  it("is not the check in another function", () => {
    const text = dying("...", coroutine).replace("in address_space_to_flatview", "in address_space_unknown");
    expect(judgedOf(documentOf(text))).toEqual([note]);
  });

  it("is another one where a message tells it", () => {
    const message =
      "qemu: include/exec/memory.h:766: address_space_to_flatview: Assertion `view != NULL' failed.\n";
    const document = documentOf(message + dying("...", coroutine));
    expect(judgedOf(document)).toEqual([note]);
    expect(document.assertions).toMatchObject([{ expression: "view != NULL", origin: "both" }]);
  });

  it("is the one that a message tells", () => {
    const message = `qemu: include/exec/memory.h:766: address_space_to_flatview: Assertion \`${plain}' failed.\n`;
    const document = documentOf(message + dying("...", coroutine));
    expect(judgedOf(document)).toEqual([offending]);
    expect(factsOf(document)).toEqual(["memory_region_transaction_depth != 0"]);
  });
});

describe("a value that was printed", () => {
  const touch = [
    "address_space_to_flatview (as=0x1) at include/exec/memory.h:766",
    "virtio_load (vdev=0x3, f=0x4) at virtio.c:3203",
    "process_incoming_migration_co (opaque=0x0) at migration.c:574",
  ]
    .map((frame, level) => `#${level} 0x000055554${level} in ${frame}\n`)
    .join("");

  /** A session in which the trace and a value were printed. */
  const session = (value: string, expression = "memory_region_transaction_depth"): string =>
    `(gdb) bt\n${touch}(gdb) p ${expression}\n$1 = ${value}\n`;

  it.each([
    ["1", [offending]],
    ["2", [offending]],
    ["0", []],
    ["<optimized out>", []],
    ["-1", [offending]],
  ])("of %s", (value, judged) => {
    expect(judgedOf(documentOf(session(value)))).toEqual(judged);
  });

  it.each(["$1 = 1", "(gdb) $1 = 1"])("of which nobody knows what was asked proves nothing: %s", (line) => {
    expect(judgedOf(documentOf(`${touch}${line}\n`))).toEqual([]);
  });

  it("of something else proves nothing", () => {
    expect(judgedOf(documentOf(session("1", "some_other_depth")))).toEqual([]);
    expect(judgedOf(documentOf(session("1", "memory_region_transaction_depth + 1")))).toEqual([]);
  });

  it.each(["p/x", "print", "print/d", "inspect", "p "])("is read with the command %s", (command) => {
    const text = session("1").replace("(gdb) p ", `(gdb) ${command} `);
    expect(judgedOf(documentOf(text))).toEqual([offending]);
  });

  it("makes a reader safe where it is 0", () => {
    expect(statesOf(documentOf(session("0")), 0)).toMatchObject({ "memory-transaction": "closed" });
    const classes = documentOf(session("0")).traces[0]?.threads[0]?.classification;
    expect(classes?.map(({ verdict }) => verdict)).toEqual(["safe", null, null]);
  });
});
