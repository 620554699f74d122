import { describe, expect, it } from "vitest";
import type { Document } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";
import { frame } from "./qemu-memory-stacks.js";
import { crashed, numbered } from "./qemu-stacks.js";

const check = "memory_region_transaction_depth == 0";

/** A thread as `thread apply all bt` shows it: its name and its frames, innermost first. */
interface Shown {
  readonly name: string;
  readonly frames: readonly string[];
  /** The condition that failed in its innermost frame. */
  readonly failed?: string;
}

function session(...threads: readonly Shown[]): string {
  return threads
    .map(({ name, frames, failed }, index) => {
      const number = threads.length - index;
      const stack =
        failed === undefined
          ? numbered(...frames.map(frame))
          : crashed("assert", failed, ...frames.map(frame));
      return `Thread ${number} (Thread 0x7f2a4aa3${number}200 (LWP ${4100 + number}) "${name}"):\n${stack}`;
    })
    .join("\n");
}

function documentOf(...threads: readonly Shown[]): Document {
  const [document] = reportOfText(session(...threads)).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

function outlineOf({ findings }: Document) {
  return findings.map(({ rule, holder, candidates }) => ({
    rule,
    holder: holder?.function ?? null,
    candidates: candidates.filter(({ known }) => !known).map((candidate) => candidate.function),
  }));
}

const loop = ["main_loop_wait", "qemu_main_loop", "main"];
const load = [
  "vmstate_load_state",
  "qemu_loadvm_section_start_full",
  "qemu_loadvm_state_main",
  "process_incoming_migration_co",
  "coroutine_trampoline",
];
const kvm = ["kvm_cpu_exec", "kvm_vcpu_thread_fn", "qemu_thread_start"];
const dispatch = [
  "memory_region_write_accessor",
  "memory_region_dispatch_write",
  "flatview_write_continue",
  "address_space_write",
];
const read = ["address_space_to_flatview", "address_space_map", "virtqueue_map_desc", "virtqueue_split_pop"];

const iothread: Shown = {
  name: "IO iothread0",
  frames: [...read, "virtio_blk_get_request", "virtio_blk_handle_vq", "aio_dispatch_handler", "iothread_run"],
  failed: check,
};
const inside: Shown = {
  name: "CPU 1/KVM",
  frames: [...read, "frob_kick", "frob_mmio_write", ...dispatch, ...kvm],
  failed: check,
};
const idle: Shown = {
  name: "qemu-system-x86",
  frames: ["ppoll", "qemu_poll_ns", "os_host_main_loop_wait", ...loop],
};

const beside = "qemu-memory/flatview-beside-transaction";
const inTransaction = "qemu-memory/flatview-in-transaction";

describe("a bystander's crash among all threads", () => {
  it("shows the thread that stands between begin and commit as the holder", () => {
    const vcpu = {
      name: "CPU 0/KVM",
      frames: [
        "memory_region_add_subregion",
        "pci_bridge_region_init",
        "pci_bridge_update_mappings",
        "pci_bridge_write_config",
        ...dispatch,
        ...kvm,
      ],
    };
    expect(outlineOf(documentOf(iothread, vcpu, idle))).toEqual([
      { rule: beside, holder: "pci_bridge_update_mappings", candidates: [] },
    ]);
  });

  it("shows one that is about to commit as the holder, and no more once it calls listeners", () => {
    const before = {
      name: "call_rcu",
      frames: [
        "memory_region_transaction_commit",
        "memory_region_del_subregion",
        "memory_region_finalize",
        "object_unref",
        "call_rcu_thread",
      ],
    };
    expect(outlineOf(documentOf(iothread, before, idle))).toEqual([
      { rule: beside, holder: "memory_region_finalize", candidates: [] },
    ]);
    const behind = {
      ...before,
      frames: [
        "kvm_region_del",
        "address_space_update_topology_pass",
        "address_space_set_flatview",
        ...before.frames,
      ],
    };
    expect(outlineOf(documentOf(iothread, behind, idle))).toEqual([
      { rule: beside, holder: null, candidates: [] },
    ]);
  });

  it("shows a load in progress as a candidate, and an idle main loop as nothing", () => {
    const loading = { name: "qemu-system-x86", frames: ["frob_post_load", ...load] };
    expect(outlineOf(documentOf(iothread, loading))).toEqual([
      { rule: beside, holder: null, candidates: ["qemu_loadvm_state_main"] },
    ]);
    expect(outlineOf(documentOf(iothread, idle))).toEqual([{ rule: beside, holder: null, candidates: [] }]);
  });

  it("shows the thread that loads postcopy pages as a candidate: begin asks for no lock", () => {
    const listening = {
      name: "postcopy/listen",
      frames: ["qemu_get_byte", "qemu_loadvm_state_main", "postcopy_ram_listen_thread"],
    };
    const found = [expect.objectContaining({ holder: null, candidates: ["qemu_loadvm_state_main"] })];
    expect(outlineOf(documentOf(iothread, listening, idle))).toEqual(found);
    expect(outlineOf(documentOf(inside, listening, idle))).toEqual(found);
  });
});

describe("an offender's crash among all threads", () => {
  it("shows a load that waits without the lock, for what another thread does for it, as a candidate", () => {
    const work: Shown = {
      name: "CPU 0/KVM",
      frames: [
        "address_space_to_flatview",
        "address_space_write",
        "cpu_physical_memory_rw",
        "vapic_enable",
        "do_vapic_enable",
        "process_queued_cpu_work",
        "qemu_wait_io_event",
        "kvm_vcpu_thread_fn",
      ],
      failed: check,
    };
    const waiting = {
      name: "qemu-system-x86",
      frames: ["__pthread_cond_wait", "qemu_cond_wait_impl", "do_run_on_cpu", "vapic_post_load", ...load],
    };
    const document = documentOf(work, waiting);
    expect(outlineOf(document)).toEqual([
      { rule: inTransaction, holder: null, candidates: ["qemu_loadvm_state_main"] },
    ]);
    expect(document.findings[0]?.blame?.function).toBe("do_vapic_enable");
    expect(document.findings[0]?.message).toContain("gave up the lock to wait");
  });

  it("names nobody where no thread shows who left the transaction open", () => {
    expect(outlineOf(documentOf(inside, idle))).toEqual([
      { rule: inTransaction, holder: null, candidates: [] },
    ]);
  });

  it("takes no thread for a holder whose commit is in its listeners", () => {
    const committing = {
      name: "qemu-system-x86",
      frames: ["vhost_commit", "memory_region_transaction_commit", "pci_bridge_update_mappings", ...loop],
    };
    expect(outlineOf(documentOf(inside, committing))).toEqual([
      { rule: inTransaction, holder: null, candidates: [] },
    ]);
  });
});

describe("a depth that was printed of a process that goes on", () => {
  it("makes no bystander of a thread that waits for the big lock, and no offender", () => {
    const waiting = {
      name: "CPU 0/KVM",
      frames: [
        "__lll_lock_wait",
        "qemu_mutex_lock_impl",
        "prepare_mmio_access",
        "flatview_write_continue",
        "flatview_write",
        "address_space_write",
        "address_space_rw",
        ...kvm,
      ],
    };
    const holding = {
      name: "qemu-system-x86",
      frames: [
        "memory_region_add_subregion",
        "pci_bridge_region_init",
        "pci_bridge_update_mappings",
        "pci_bridge_write_config",
        ...loop,
      ],
    };
    const text = `(gdb) p memory_region_transaction_depth\n$1 = 1\n(gdb) thread apply all bt\n${session(waiting, holding)}`;
    const [document] = reportOfText(text).documents;
    const verdicts = document?.traces[0]?.threads.flatMap(({ classification }) =>
      classification.flatMap(({ verdict }) => verdict ?? []),
    );
    expect(new Set(verdicts)).toEqual(new Set(["undecided"]));
    expect(document?.findings.map(({ rule }) => rule)).toEqual([]);
  });
});

describe("the name of a thread whose outer frames are missing", () => {
  const cut = (name: string): Shown => ({ name, frames: [...read, "frob_kick"], failed: check });

  it.each([
    ["IO iothread0", beside],
    ["call_rcu", inTransaction],
    ["CPU 0/KVM", "qemu-memory/transaction-check"],
    ["worker", "qemu-memory/transaction-check"],
    ["qemu-system-x86", "qemu-memory/transaction-check"],
    ["live_migration", "qemu-memory/transaction-check"],
  ])("tells of %s no more than it can: %s", (name, rule) => {
    const document = documentOf(cut(name));
    expect(outlineOf(document).map((one) => one.rule)).toEqual([rule]);
    expect(document.findings[0]?.confidence).not.toBe("certain");
  });

  it("yields to the frames", () => {
    const named = { ...iothread, name: "call_rcu" };
    expect(outlineOf(documentOf(named)).map(({ rule }) => rule)).toEqual([beside]);
    const device = { ...inside, name: "IO iothread0" };
    expect(outlineOf(documentOf(device)).map(({ rule }) => rule)).toEqual([inTransaction]);
  });
});
