import type { SampleCase } from "./sample-case.js";

const wrapped = ["-O2", "-DCHECK_DEPTH", "-DWRAP_LOAD"];
const plain = ["-O2", "-DCHECK_DEPTH"];

/** A failed check in each kind of thread, alone and beside the thread that holds the transaction. */
export const threadCases: readonly SampleCase[] = [
  {
    slug: "vcpu-mmio-callback-kvm",
    scenario: "vcpu-mmio",
    flags: ["-O2", "-DCHECK_IOTHREAD_LOCKED", "-DWRAP_LOAD"],
    session: "core",
    commands: ["thread apply all bt"],
    protects:
      "a vCPU inside a device's callback holds the big lock, although its thread is a vCPU's; the check reads the flatview twice on this stack (the outer read, without the lock, passed).",
    expected:
      "offending: the condition proves the depth and the lock; nothing on any stack opened the transaction, so a coroutine that yielded is suspected; sdhci_write is blamed, the access is sdhci_sdma_transfer_multi_blocks's.",
  },
  {
    slug: "vcpu-mmio-callback-tcg",
    scenario: "vcpu-mmio-tcg",
    flags: wrapped,
    session: "live",
    commands: ["run", "bt"],
    protects:
      "the same under TCG with the plain check: `code_gen_buffer ()` between the device and the vCPU's loop; the lock is told by memory_region_write_accessor.",
    expected: "offending with no holder on the stack; sdhci_write is blamed.",
  },
  {
    slug: "vcpu-exit-hvf",
    scenario: "vcpu-hvf",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "live",
    commands: ["run", "bt"],
    protects:
      "a vCPU of HVF holds the big lock while it handles why its guest left: no bystander, although no device was reached.",
    expected: "offending (likely) with no holder on the stack; a coroutine that yielded is suspected.",
  },
  {
    slug: "vcpu-port-holder-in-begin",
    scenario: "vcpu-port",
    flags: plain,
    session: "core",
    commands: ["thread apply all bt"],
    protects:
      "a vCPU before any dispatch does not hold the lock; the main thread is between begin and commit.",
    expected:
      "foreign, a note because address_space_write holds the RCU read lock; the main thread is the holder: pci_bridge_update_mappings is between begin and commit (the begin of memory_region_del_subregion, in which the thread waits, has not counted yet).",
  },
  {
    slug: "vcpu-port-own-stack",
    scenario: "vcpu-port-load",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "live",
    commands: ["run", "bt"],
    protects: "the same with nothing but the reader's own stack, unoptimised.",
    expected: "foreign, no holder known.",
  },
  {
    slug: "rcu-guard-in-locals",
    scenario: "vcpu-port-load",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "live",
    commands: ["run", "bt full"],
    protects: "`bt full` shows the guard of the RCU read lock, `_rcu_read_auto = 0x1`.",
    expected: "foreign with the RCU read lock held, hence a note; the guard is evidence.",
  },
  {
    slug: "iothread-own-stack",
    scenario: "iothread-pop",
    flags: plain,
    session: "live",
    commands: ["run", "bt"],
    protects: "an iothread that pops a virtqueue, its own stack only.",
    expected:
      "foreign, a note (virtqueue_split_pop and address_space_map hold the RCU read lock); no holder known.",
  },
  {
    slug: "iothread-holder-in-begin",
    scenario: "iothread-pop",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "core",
    commands: ["thread apply all bt"],
    protects: "the same with all threads: the main thread stands in a nested begin.",
    expected: "foreign; the main thread is the holder (pci_bridge_update_mappings), with its stack.",
  },
  {
    slug: "iothread-holder-between",
    scenario: "iothread-between",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    commands: ["run", "thread apply all bt"],
    protects:
      "the holder is between begin and commit, with neither of them on its stack: memory_region_del_subregion drops the region's owner.",
    expected:
      "foreign; the main thread is the holder (memory_region_del_subregion calls memory_region_unref between begin and commit, inside pci_bridge_update_mappings, which does likewise).",
  },
  {
    slug: "iothread-other-past-decrement",
    scenario: "iothread-past-decrement",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    // The iothread has read the depth; before it dies the main thread alone goes on into its listener.
    before: [
      "break __assert_fail",
      "run",
      "delete",
      "set scheduler-locking on",
      "thread 1",
      "set var ring_flushed.value = 1",
      "tbreak kvm_region_commit",
      "continue",
      "thread 2",
    ],
    commands: ["continue", "thread apply all bt"],
    protects:
      "the depth was above 0 when the iothread read it; by the time of the dump the main thread's commit is past its decrement, in a listener.",
    expected:
      "foreign, and the main thread is NOT shown as holder: with a listener inside its commit its depth is 0.",
  },
  {
    slug: "migration-thread-setup",
    scenario: "migration-setup",
    flags: wrapped,
    session: "live",
    commands: ["run", "bt"],
    protects:
      "the migration thread holds the big lock around its set-up (ram_init_bitmaps takes it): what it sees open is its own, or was left open.",
    expected:
      "offending: the set-up runs with the big lock; nothing on the stack opened the transaction, it was left open. Where the engine does not know that ram_init_bitmaps takes the lock: undecided, never foreign.",
  },
  {
    slug: "migration-thread-iterate",
    scenario: "migration-iterate",
    flags: plain,
    session: "core",
    commands: ["thread apply all bt"],
    protects:
      "the migration thread's rounds go without the big lock; the main thread is between begin and commit.",
    expected:
      "foreign, a note (ram_save_iterate and address_space_get_flatview hold the RCU read lock); the main thread is the holder (pci_bridge_update_mappings), and because it has the lock this thread has it not. Never offending.",
  },
  {
    slug: "rcu-thread-finalize",
    scenario: "rcu-finalize",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    commands: ["run", "bt"],
    protects:
      "the RCU thread holds the big lock while a callback runs; memory_region_del_subregion drops the region's owner between begin and commit.",
    expected:
      "offending, and memory_region_del_subregion (calling memory_region_unref) is the holder on this very stack; edu_finalize makes the access and is blamed.",
  },
  {
    slug: "rcu-thread-left-open",
    scenario: "rcu-left-open",
    flags: wrapped,
    session: "core",
    commands: ["thread apply all bt"],
    protects:
      "the same callback with nobody on a stack who opened anything: a coroutine yielded with the transaction open.",
    expected: "offending with no holder shown, likely; edu_finalize is blamed.",
  },
  {
    slug: "commit-begins-again",
    scenario: "commit-begins-again",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    commands: ["run", "bt"],
    protects:
      "a failed check inside a commit phase: the listener began a transaction of its own and reads before it commits.",
    expected:
      "offending, not safe-commit: the failed check disproves that the depth is 0; whether vhost_dev_move_window began again or a coroutine left it open cannot be told from the text. The listener (vhost_commit) is blamed, not who made the commit.",
  },
  {
    slug: "bottom-half-left-open",
    scenario: "bottom-half",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "live",
    commands: ["run", "bt"],
    protects: "a bottom half on the main loop at depth 1 with no opener on its stack.",
    expected: "offending; virtio_set_features_nocheck_bh is blamed, do_pci_register_device is the site.",
  },
  {
    slug: "timer-left-open",
    scenario: "timer",
    flags: wrapped,
    session: "live",
    commands: ["run", "bt"],
    protects: "a timer on the main loop at depth 1 with no opener on its stack.",
    expected: "offending; hpet_timer is blamed, update_irq (inlined into it) is the site.",
  },
  {
    slug: "hmp-left-open",
    scenario: "hmp",
    flags: wrapped,
    session: "core",
    commands: ["bt"],
    protects: "a human monitor's command at depth 1 with no opener on its stack.",
    expected: "offending; hmp_physical_memory_dump is blamed, memory_dump is the site.",
  },
  {
    slug: "qmp-left-open",
    scenario: "qmp",
    flags: wrapped,
    session: "core",
    commands: ["bt"],
    protects: "a QMP command, dispatched in a bottom half, at depth 1 with no opener on its stack.",
    expected: "offending; the command's handler is blamed (qmp_pmemsave; qmp_marshal_* is generic).",
  },
  {
    slug: "sixty-threads",
    scenario: "sixty-threads",
    flags: ["-O2", "-DCHECK_IOTHREAD_LOCKED", "-DWRAP_LOAD"],
    session: "core",
    commands: ["thread apply all bt"],
    protects:
      "sixty threads of five stacks: 48 workers and nine receivers are each one stack, the guilty one stands among them.",
    expected:
      "offending in the vCPU's thread only, shown first; the other stacks are shown once with their counts.",
  },
  {
    slug: "main-thread-by-banner",
    scenario: "bottom-half-beside-rcu",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "terminal",
    commands: ["bt 12"],
    protects:
      "the outer frames are cut, the banner tells the thread: the core's selected LWP is the lowest of the [New LWP] list, hence the main thread.",
    expected:
      "offending, likely: the main thread holds the big lock. Without the banner it would be undecided.",
  },
  {
    slug: "other-thread-by-banner",
    scenario: "iothread-pop",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "terminal",
    commands: ["bt 11"],
    protects:
      "the same cut where the selected LWP is not the lowest: some other thread, whose lock nobody knows.",
    expected:
      "undecided: the depth is proved, nothing tells whether this thread holds the lock. Never offending.",
  },
  {
    slug: "main-thread-by-number",
    scenario: "bottom-half-beside-rcu",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD"],
    session: "live",
    commands: ["run", "bt 12"],
    protects:
      "live, gdb's thread 1 is the main thread: `Thread 1 … received signal` stands above a cut stack.",
    expected: "offending, likely.",
  },
];
