import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";

/** The forms of the check that QEMU has carried or that were proposed. */
const forms = [
  "memory_region_transaction_depth == 0",
  "memory_region_transaction_depth == 0 || rcu_read_is_locked()",
  "memory_region_transaction_get_depth() == 0 || rcu_read_locked()",
  "!memory_region_transaction_in_progress()",
  "!bql_locked() || memory_region_transaction_depth == 0",
  "(!memory_region_transaction_in_progress() && qemu_mutex_iothread_locked()) || rcu_read_is_locked()",
  "!current_incoming->start_pack_mr_change",
  "!start_pack_mr_change || is_migration_thread",
  "rcu_read_is_locked()",
  "memory_region_transaction_depth",
];

const mentions: readonly (readonly [string, (form: string) => string])[] = [
  [
    "a mail that asks for it",
    (form) =>
      `I think we could add assert(${form}) to\naddress_space_to_flatview() and see what crashes; virtio_load ->\nvirtio_init_region_cache -> address_space_cache_init would.\n`,
  ],
  [
    "a mail that quotes the message in a sentence",
    (form) =>
      `> With this applied I get "Assertion \`${form}' failed" from address_space_to_flatview\n> in about every third run. Any idea?\n`,
  ],
  [
    "a patch that adds it",
    (form) =>
      `diff --git a/include/exec/memory.h b/include/exec/memory.h\nindex 6fa0b071f0..d6fd89db64 100644\n--- a/include/exec/memory.h\n+++ b/include/exec/memory.h\n@@ -1095,6 +1095,7 @@ static inline FlatView *address_space_to_flatview(AddressSpace *as)\n {\n+    assert(${form});\n     return qatomic_rcu_read(&as->current_map);\n }\n`,
  ],
  [
    "the source",
    (form) =>
      `static inline FlatView *address_space_to_flatview(AddressSpace *as)\n{\n    assert(${form});\n    return qatomic_rcu_read(&as->current_map);\n}\n`,
  ],
  [
    "another crash of the same program",
    (form) =>
      `/* assert(${form}) */\nProgram received signal SIGSEGV, Segmentation fault.\n#0  0x0000555550001000 in frob_write (s=0x7f01) at frob.c:3\n#1  0x0000555550001100 in main_loop_wait (nonblocking=0) at main-loop.c:9\n`,
  ],
  [
    "a wild pointer in the reader itself",
    () =>
      "Program received signal SIGSEGV, Segmentation fault.\n#0  0x0000555550001000 in address_space_to_flatview (as=0x7f01deadbeef) at include/exec/memory.h:1103\n#1  0x0000555550001100 in virtio_load (vdev=0x7f02) at virtio.c:9\n#2  0x0000555550001200 in qemu_loadvm_state_main (f=0x7f03) at savevm.c:9\n",
  ],
];

describe("what only mentions a check of the transaction", () => {
  it.each(mentions)("accuses nobody: %s", (_, textOf) => {
    for (const form of forms) {
      const rules = reportOfText(textOf(form)).documents.flatMap(({ findings }) =>
        findings.map(({ rule }) => rule),
      );
      expect(rules.filter((rule) => rule.startsWith("qemu-"))).toEqual([]);
    }
  });
});
