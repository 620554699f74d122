/**
 * What a QEMU maintainer would conclude from the text of a sample alone, for the samples that
 * test/gdb/programs/qemu/make-samples.ts writes. What only the program's author knows does not count.
 */
export interface TransactionCase {
  /** The sample's folder in samples/qemu-memory/. */
  readonly sample: string;
  /**
   * Of the reader in the crashed or stopped thread: the innermost frame that touches a flatview and whose verdict the text
   * allows. Null where nothing touches a flatview, or where control went on into a commit.
   */
  readonly verdict: "offending" | "foreign" | "safe-commit" | "safe" | "undecided" | null;
  /** The pack's rule that must speak; null where none of the pack qemu-memory may accuse anybody. */
  readonly rule: string | null;
  /** Functions. Null where the text does not settle them or no finding is expected: not to be compared. */
  readonly blame: string | null;
  readonly site: string | null;
  /** The function that is shown to hold the transaction; null where none may be shown. */
  readonly holder: string | null;
  /** The states of the finding, as far as the text settles them. */
  readonly states?: Readonly<Record<string, string>>;
  /** No frame of the sample may have this verdict. */
  readonly never?: "offending";
}

const inTransaction = "qemu-memory/flatview-in-transaction";
const beside = "qemu-memory/flatview-beside-transaction";
const unprotected = "qemu-memory/flatview-unprotected";

const open = { "memory-transaction": "open", "big-lock": "held" };
const openUnderRcu = { ...open, "rcu-read": "held" };
const openWithoutRcu = { ...open, "rcu-read": "not-held" };
const elsewhere = { "memory-transaction": "open-elsewhere", "big-lock": "not-held", "rcu-read": "held" };
const noProtection = { "memory-transaction": "unknown", "big-lock": "not-held", "rcu-read": "not-held" };

function offending(
  sample: string,
  blame: string | null,
  site: string | null,
  states: Readonly<Record<string, string>>,
  holder: string | null = null,
): TransactionCase {
  return { sample, verdict: "offending", rule: inTransaction, blame, site, holder, states };
}

function foreign(sample: string, site: string, holder: string | null): TransactionCase {
  return {
    sample,
    verdict: "foreign",
    rule: beside,
    blame: null,
    site,
    holder,
    states: elsewhere,
    never: "offending",
  };
}

/** Nobody is accused. */
function harmless(
  sample: string,
  verdict: TransactionCase["verdict"],
  rule: string | null = null,
): TransactionCase {
  return { sample, verdict, rule, blame: null, site: null, holder: null, never: "offending" };
}

const sdhci = ["sdhci_write", "sdhci_sdma_transfer_multi_blocks"] as const;
// A bottom half that plugs a device; address_space_init reads without taking the RCU read lock, which proves nothing.
const failover = ["virtio_set_features_nocheck_bh", "do_pci_register_device"] as const;
// virtio_device_get is virtio's own: the outermost frame of the device, although virtio_load would be what one changes.
const scsi = ["virtio_device_get", "virtio_init_region_cache"] as const;
const ahci = ["ahci_state_post_load", "map_page"] as const;
const hpet = ["hpet_timer", "update_irq"] as const;

export const transactionCases: readonly TransactionCase[] = [
  offending("vcpu-mmio-callback-kvm", ...sdhci, openUnderRcu),
  offending("vcpu-mmio-callback-tcg", ...sdhci, openUnderRcu),
  offending("vcpu-exit-hvf", null, null, openUnderRcu),
  foreign("vcpu-port-holder-in-begin", "kvm_handle_io", "pci_bridge_update_mappings"),
  foreign("vcpu-port-own-stack", "kvm_handle_io", null),
  foreign("rcu-guard-in-locals", "kvm_handle_io", null),
  foreign("iothread-own-stack", "virtqueue_map_desc", null),
  foreign("iothread-holder-in-begin", "virtqueue_map_desc", "pci_bridge_update_mappings"),
  // memory_region_del_subregion is between its begin and its commit as well: the outermost is what keeps the views old.
  foreign("iothread-holder-between", "virtqueue_map_desc", "pci_bridge_update_mappings"),
  foreign("iothread-other-past-decrement", "virtqueue_map_desc", null),
  offending("migration-thread-setup", "ram_save_setup", "migration_bitmap_sync", openUnderRcu),
  // The holder has the big lock, so that this thread has it not; the rounds of a migration go without it anyway.
  foreign(
    "migration-thread-iterate",
    "migration_clear_memory_region_dirty_bitmap",
    "pci_bridge_update_mappings",
  ),
  offending(
    "rcu-thread-finalize",
    "edu_finalize",
    "edu_finalize",
    openUnderRcu,
    "memory_region_del_subregion",
  ),
  offending("rcu-thread-left-open", "edu_finalize", "edu_finalize", openUnderRcu),
  // What is outside the commit began it before, and is not what one would change.
  offending("commit-begins-again", "vhost_commit", "vhost_dev_move_window", openUnderRcu),
  offending("bottom-half-left-open", ...failover, open),
  offending("timer-left-open", ...hpet, openUnderRcu),
  offending("hmp-left-open", "hmp_physical_memory_dump", "memory_dump", openUnderRcu),
  offending("qmp-left-open", "qmp_pmemsave", "qmp_pmemsave", openUnderRcu),
  offending("sixty-threads", ...sdhci, openUnderRcu),
  offending("main-thread-by-banner", "pci_qdev_realize", "do_pci_register_device", open),
  offending("main-thread-by-number", "pci_qdev_realize", "do_pci_register_device", open),
  harmless("other-thread-by-banner", "undecided", "qemu-memory/transaction-check"),

  offending("check-depth-or-rcu", "virtio_net_get", "do_pci_register_device", openWithoutRcu),
  offending("check-get-depth", ...failover, openWithoutRcu),
  offending("check-in-progress", ...ahci, openUnderRcu),
  // The outer frames are cut: sdhci_data_transfer is the outermost frame of the device that is left.
  offending("check-under-lock-only", "sdhci_data_transfer", "sdhci_sdma_transfer_multi_blocks", openUnderRcu),
  offending("check-under-bql-only", ...hpet, openUnderRcu),
  offending("check-compound-coroutine", "virtio_net_get", "do_pci_register_device", openWithoutRcu),
  { ...harmless("check-compound-iothread", "undecided", unprotected), states: noProtection },
  foreign("check-poison-vcpu", "kvm_handle_io", null),
  offending("check-poison-bottom-half", ...failover, open),
  offending("check-thread-local", ...hpet, openUnderRcu),
  { ...harmless("check-rcu-iothread", "undecided", unprotected), states: noProtection },
  offending("hidden-arguments-none", ...ahci, openUnderRcu),
  offending("hidden-plain-abort", ...scsi, openUnderRcu),
  offending("hidden-g-assert", ...scsi, openUnderRcu),
  offending("hidden-print-elements", ...scsi, openUnderRcu),
  offending("hidden-no-libc-symbols", ...scsi, openUnderRcu),
  harmless("cut-copy-at-reader", "undecided"),
  offending("cut-copy-at-abort", ...scsi, openUnderRcu),
  harmless("reader-commits-recursion", null, "qemu-memory/commit-recursion"),
  // That a transaction was open is proved; the note that says so is right, and nobody read an old view.
  harmless("reader-commits-crash", null),

  {
    ...harmless("unbalanced-commit", null, "qemu-memory/unbalanced-commit"),
    blame: "pm_io_space_update_bh",
    site: "pm_io_space_update",
  },
  harmless("postcopy-listen-commit", null, "qemu-memory/commit-without-lock"),
  harmless("flatview-destroyed-referenced", "undecided", "qemu-memory/view-in-use"),
  harmless("flatview-unref-freed", "undecided"),

  harmless("breakpoint-in-load", "undecided"),
  harmless("breakpoint-in-listener", "safe-commit"),
  harmless("breakpoint-after-second-begin", "safe-commit"),
  harmless("nested-mutators", null),
  harmless("ram-load-resize", "undecided"),
  harmless("ram-load-fault", null),
  harmless("machine-init", "undecided"),
  harmless("printed-depth-zero", "safe"),
  harmless("wild-pointer", "undecided"),
  // Nothing is pending: right by the letter, and the message must say that it is harmless.
  offending("pending-zero", ...scsi, openUnderRcu),
];
