import type { SampleCase } from "./sample-case.js";

/** Misuse of the pair begin and commit, and of a view's life: rules of their own. */
export const commitCases: readonly SampleCase[] = [
  {
    slug: "unbalanced-commit",
    scenario: "unbalanced",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    commands: ["run", "bt"],
    protects:
      "`memory_region_transaction_depth` fails in memory_region_transaction_commit: a commit without its begin.",
    expected:
      "a finding of its own; pm_io_space_update made the commit, pm_io_space_update_bh is blamed. Nothing touches a flatview.",
  },
  {
    slug: "postcopy-listen-commit",
    scenario: "postcopy",
    flags: ["-O0", "-DCHECK_DEPTH", "-DWRAP_LOAD_MAIN"],
    session: "live",
    commands: ["run", "bt"],
    protects:
      "`qemu_mutex_iothread_locked()` fails in memory_region_transaction_commit: the wrapped load loop runs in the postcopy listen thread, without the big lock.",
    expected: "a finding of its own: a commit without the big lock. Nothing touches a flatview.",
  },
  {
    slug: "flatview-destroyed-referenced",
    scenario: "rcu-still-referenced",
    flags: ["-O2", "-DCHECK_DEPTH"],
    session: "core",
    commands: ["thread apply all bt"],
    protects: "an assertion on the reference count fails in flatview_destroy on the RCU thread.",
    expected:
      "a finding of its own: the view is destroyed while somebody holds it. Not offending: no transaction is in question.",
  },
  {
    slug: "flatview-unref-freed",
    scenario: "rcu-stale-cache",
    flags: ["-O0", "-DCHECK_DEPTH"],
    session: "live",
    commands: ["run", "bt"],
    protects: "SIGSEGV in flatview_unref on the RCU thread: the reference that is given back names no view.",
    expected:
      "a crash; at most a finding of its own for the view's life (possible). Nothing says that a transaction was open.",
  },
];
