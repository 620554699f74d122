import { numbered } from "./qemu-stacks.js";

/** Whether a thread holds the big QEMU lock, as far as its outer frames tell. */
export type Lock = "held" | "not-held" | "unknown";

/** The outer frames of a thread, innermost first: what called the device. */
export interface ThreadContext {
  readonly frames: readonly string[];
  readonly lock: Lock;
  /** What gdb shows outside a coroutine's first frame, which is not part of the stack. */
  readonly coroutine?: true;
}

/** A frame, of which nothing but the name counts. */
export function frame(name: string): string {
  return `${name} (opaque=0x55d0c2001000) at ../src/part.c:120`;
}

function context(lock: Lock, ...names: readonly string[]): ThreadContext {
  return { frames: names.map(frame), lock };
}

function inCoroutine(lock: Lock, ...names: readonly string[]): ThreadContext {
  return { frames: [...names, "coroutine_trampoline"].map(frame), lock, coroutine: true };
}

const start = "qemu_thread_start";
const loop = ["main_loop_wait", "qemu_main_loop", "main"] as const;
const dispatch = [
  "memory_region_write_accessor",
  "access_with_adjusted_size",
  "memory_region_dispatch_write",
] as const;
const write = ["flatview_write_continue", "flatview_write", "address_space_write"] as const;
const guest = ["cpu_tb_exec", "cpu_loop_exec_tb", "cpu_exec_loop", "cpu_exec"] as const;
const mttcg = ["tcg_cpus_exec", "mttcg_cpu_thread_fn", start] as const;
const kvm = ["kvm_cpu_exec", "kvm_vcpu_thread_fn", start] as const;

/** Threads of QEMU 2.11 to 10, and what holds of the big lock where a device of theirs reads a view. */
export const contexts = {
  "main loop": context(
    "held",
    "aio_dispatch_handler",
    "aio_dispatch",
    "aio_ctx_dispatch",
    "glib_pollfds_poll",
    ...loop,
  ),
  "main loop, 2.11": context(
    "held",
    "aio_dispatch",
    "os_host_main_loop_wait",
    "main_loop_wait",
    "main_loop",
    "main",
  ),
  "main loop of the thread that macOS leaves to it": context(
    "held",
    "aio_bh_poll",
    "main_loop_wait",
    "qemu_main_loop",
    "qemu_default_main",
  ),
  "bottom half of the main loop": context(
    "held",
    "aio_bh_call",
    "aio_bh_poll",
    "aio_dispatch",
    "aio_ctx_dispatch",
    "g_main_context_dispatch",
    ...loop,
  ),
  "timer of the main loop": context(
    "held",
    "timerlist_run_timers",
    "qemu_clock_run_timers",
    "qemu_clock_run_all_timers",
    ...loop,
  ),
  "polling that waits for a request in the main loop": context(
    "held",
    "aio_bh_call",
    "aio_bh_poll",
    "aio_poll",
    "bdrv_drain_all_begin",
    "do_vm_stop",
    ...loop,
  ),
  "machine initialisation": context(
    "held",
    "pc_init1",
    "machine_run_board_init",
    "qemu_init_board",
    "qmp_x_exit_preconfig",
    "qemu_init",
    "main",
  ),
  "a device of the command line": context(
    "held",
    "qdev_device_add",
    "device_init_func",
    "qemu_opts_foreach",
    "qemu_create_cli_devices",
    "main",
  ),
  "reset of the main loop": context(
    "held",
    "resettable_phase_hold",
    "qemu_devices_reset",
    "pc_machine_reset",
    "qemu_system_reset",
    "main_loop_should_exit",
    ...loop,
  ),
  "reset whose outer frames are missing": context(
    "held",
    "resettable_phase_hold",
    "qemu_devices_reset",
    "pc_machine_reset",
    "qemu_system_reset",
  ),
  "monitor command (HMP)": context(
    "held",
    "handle_hmp_command_exec",
    "handle_hmp_command",
    "monitor_command_cb",
    "readline_handle_byte",
  ),
  "monitor command (QMP)": context(
    "held",
    "qmp_marshal_pmemsave",
    "do_qmp_dispatch_bh",
    "aio_bh_call",
    "aio_bh_poll",
  ),
  "monitor command in its coroutine": inCoroutine(
    "held",
    "qmp_marshal_screendump",
    "qmp_dispatch",
    "monitor_qmp_dispatch",
    "monitor_qmp_dispatcher_co",
  ),
  "out-of-band command in the monitor's iothread": context(
    "not-held",
    "qmp_dispatch",
    "monitor_qmp_dispatch",
    "handle_qmp_command",
    "g_main_context_dispatch",
    "iothread_run",
    start,
  ),
  "hotplug whose outer frames are missing": context(
    "held",
    "device_set_realized",
    "qdev_realize",
    "qdev_device_add_from_qdict",
    "qmp_device_add",
  ),
  "incoming migration": inCoroutine(
    "held",
    "vmstate_load_state",
    "qemu_loadvm_section_start_full",
    "qemu_loadvm_state_main",
    "qemu_loadvm_state",
    "process_incoming_migration_co",
  ),
  "incoming migration whose outer frames are missing": context(
    "held",
    "vmstate_load_state",
    "vmstate_load",
    "qemu_loadvm_section_start_full",
    "qemu_loadvm_state_main",
  ),
  "load of a snapshot": context(
    "held",
    "vmstate_load_state",
    "qemu_loadvm_state_main",
    "qemu_loadvm_state",
    "load_snapshot",
    "hmp_loadvm",
    "handle_hmp_command",
  ),
  "COLO's secondary": context(
    "held",
    "vmstate_load_state",
    "qemu_load_device_state",
    "colo_incoming_process_checkpoint",
    "colo_process_incoming_thread",
    start,
  ),
  "COLO's primary": context(
    "unknown",
    "colo_do_checkpoint_transaction",
    "colo_process_checkpoint",
    "migrate_start_colo_process",
    "migration_iteration_finish",
    "migration_thread",
    start,
  ),
  "a coroutine of which nothing is known": inCoroutine("unknown", "blk_aio_complete", "blk_aio_write_entry"),
  "vCPU (TCG)": context("not-held", "helper_outb", "code_gen_buffer", ...guest, ...mttcg),
  "vCPU (TCG), one thread for all": context(
    "not-held",
    "helper_outb",
    "code_gen_buffer",
    ...guest,
    "tcg_cpus_exec",
    "rr_cpu_thread_fn",
    start,
  ),
  "vCPU (TCG), 2.11": context(
    "not-held",
    "helper_outb",
    "static_code_gen_buffer",
    "cpu_tb_exec",
    "cpu_exec",
    "tcg_cpu_exec",
    "qemu_tcg_cpu_thread_fn",
  ),
  "vCPU (TCG), device access": context(
    "held",
    ...dispatch,
    "io_writex",
    "store_helper",
    "code_gen_buffer",
    ...guest,
    ...mttcg,
  ),
  "vCPU (TCG), device access since 8.1": context(
    "held",
    ...dispatch,
    "int_st_mmio_leN",
    "do_st_mmio_leN",
    "do_st4_mmu",
    ...guest,
    ...mttcg,
  ),
  "vCPU (TCG), interrupt": context(
    "held",
    "do_interrupt_all",
    "x86_cpu_exec_interrupt",
    "cpu_handle_interrupt",
    "cpu_exec_loop",
    "cpu_exec",
    ...mttcg,
  ),
  "vCPU (TCG), task priority": context(
    "held",
    "apic_set_tpr",
    "cpu_set_apic_tpr",
    "helper_write_crN",
    "code_gen_buffer",
    ...guest,
    ...mttcg,
  ),
  "vCPU (TCG), hypervisor's service on s390x": context(
    "held",
    "sclp_service_call",
    "helper_servc",
    "code_gen_buffer",
    ...guest,
    ...mttcg,
  ),
  "vCPU (TCG), coprocessor's register": context(
    "unknown",
    "gicv3_redist_lpi_pending",
    "icc_eoir_write",
    "helper_set_cp_reg64",
    "code_gen_buffer",
    ...guest,
    ...mttcg,
  ),
  "vCPU (TCG), timer of icount": context(
    "held",
    "timerlist_run_timers",
    "icount_notify_aio_contexts",
    "icount_prepare_for_run",
    "rr_cpu_thread_fn",
    start,
  ),
  "vCPU (TCG), one step alone": context(
    "not-held",
    "helper_outb",
    "code_gen_buffer",
    "cpu_tb_exec",
    "cpu_exec_step_atomic",
    "mttcg_cpu_thread_fn",
    start,
  ),
  "vCPU (TCG) of which the frames between are missing": context("unknown", "mttcg_cpu_thread_fn", start),
  "vCPU (KVM), port": context("not-held", ...write, "address_space_rw", "kvm_handle_io", ...kvm),
  "vCPU (KVM), port, device access": context(
    "held",
    ...dispatch,
    ...write,
    "address_space_rw",
    "kvm_handle_io",
    ...kvm,
  ),
  "vCPU (KVM), device access": context("held", ...dispatch, ...write, "address_space_rw", ...kvm),
  "vCPU (KVM), device access, 2.11": context(
    "held",
    ...dispatch,
    ...write,
    "address_space_rw",
    "kvm_cpu_exec",
    "qemu_kvm_cpu_thread_fn",
  ),
  "vCPU (KVM), work that was queued": context(
    "held",
    "vapic_do_enable_tpr_reporting",
    "process_queued_cpu_work",
    "qemu_wait_io_event_common",
    "qemu_wait_io_event",
    "kvm_vcpu_thread_fn",
    start,
  ),
  "vCPU (KVM), work that is done alone": context(
    "not-held",
    "patch_instruction",
    "do_patch_instruction",
    "process_queued_cpu_work",
    "qemu_wait_io_event",
    "kvm_vcpu_thread_fn",
    start,
  ),
  "vCPU (KVM), task priority": context(
    "held",
    "vapic_report_tpr_access",
    "apic_handle_tpr_access_report",
    "kvm_handle_tpr_access",
    "kvm_arch_handle_exit",
    ...kvm,
  ),
  "vCPU (KVM), Hyper-V's call": context(
    "not-held",
    "hyperv_hcall_post_message",
    "kvm_hv_handle_exit",
    "kvm_arch_handle_exit",
    ...kvm,
  ),
  "vCPU (KVM), end of an interrupt": context(
    "not-held",
    "ioapic_service",
    "ioapic_eoi_broadcast",
    "kvm_arch_handle_exit",
    ...kvm,
  ),
  "vCPU (KVM), another exit": context("unknown", "kvm_arch_handle_exit", ...kvm),
  "vCPU (KVM), dump of a CPU": context("unknown", "x86_cpu_dump_state", "cpu_dump_state", ...kvm),
  "vCPU (KVM), hypervisor call on POWER": context(
    "held",
    "h_register_vpa",
    "spapr_hypercall",
    "kvm_arch_handle_exit",
    ...kvm,
  ),
  "vCPU (KVM), before the guest is entered": context(
    "held",
    "apic_get_interrupt",
    "cpu_get_pic_interrupt",
    "kvm_arch_pre_run",
    ...kvm,
  ),
  "vCPU (KVM), reset by another": context("held", "do_cpu_init", "kvm_arch_process_async_events", ...kvm),
  "vCPU (HVF)": context("held", "hvf_handle_io", "hvf_vcpu_exec", "hvf_cpu_thread_fn", start),
  "vCPU (NVMM)": context(
    "unknown",
    "nvmm_io_callback",
    "nvmm_assist_io",
    "nvmm_vcpu_loop",
    "nvmm_vcpu_exec",
    "qemu_nvmm_cpu_thread_fn",
    start,
  ),
  "vCPU (qtest)": context(
    "held",
    "process_queued_cpu_work",
    "qemu_wait_io_event",
    "dummy_cpu_thread_fn",
    start,
  ),
  iothread: context(
    "not-held",
    "virtio_blk_handle_vq",
    "aio_dispatch_handler",
    "aio_dispatch",
    "aio_poll",
    "iothread_run",
    start,
  ),
  "bottom half of an iothread": context(
    "not-held",
    "aio_bh_call",
    "aio_bh_poll",
    "aio_poll",
    "iothread_run",
    start,
  ),
  "timer of an iothread": context(
    "not-held",
    "timerlist_run_timers",
    "timerlistgroup_run_timers",
    "aio_poll",
    "iothread_run",
    start,
  ),
  "iothread that runs GLib's loop": context(
    "not-held",
    "aio_dispatch",
    "aio_ctx_dispatch",
    "g_main_context_dispatch",
    "g_main_loop_run",
    "iothread_run",
    start,
  ),
  "iothread, device access": context(
    "held",
    ...dispatch,
    ...write,
    "dma_blk_cb",
    "aio_bh_poll",
    "iothread_run",
    start,
  ),
  "migration thread, setup": context(
    "held",
    "migration_bitmap_sync",
    "ram_init_bitmaps",
    "ram_init_all",
    "ram_save_setup",
    "qemu_savevm_state_setup",
    "migration_thread",
    start,
  ),
  "migration thread, end": context(
    "held",
    "vmstate_save_state",
    "qemu_savevm_state_complete_precopy",
    "migration_completion",
    "migration_iteration_run",
    "migration_thread",
    start,
  ),
  "migration thread, round": context(
    "not-held",
    "ram_save_iterate",
    "qemu_savevm_state_iterate",
    "migration_iteration_run",
    "migration_thread",
    start,
  ),
  "migration thread, elsewhere": context("unknown", "migration_rate_limit", "migration_thread", start),
  "background snapshot, end": context("unknown", "ram_write_tracking_stop", "bg_migration_thread", start),
  "postcopy listen": context(
    "not-held",
    "vmstate_load_state",
    "qemu_loadvm_state_main",
    "postcopy_ram_listen_thread",
    start,
  ),
  "postcopy listen since 10.2": context(
    "not-held",
    "qemu_loadvm_section_part_end",
    "qemu_loadvm_state_main",
    "postcopy_listen_thread",
    start,
  ),
  "postcopy listen, cleaning up": context(
    "unknown",
    "qemu_loadvm_state_cleanup",
    "migration_incoming_state_destroy",
    "postcopy_ram_listen_thread",
    start,
  ),
  "postcopy fault": context("not-held", "postcopy_ram_fault_thread", start),
  multifd: context("not-held", "multifd_recv_thread", start),
  "load thread": context(
    "unknown",
    "vmstate_load_state",
    "frob_load_buffers",
    "qemu_loadvm_load_thread",
    "thread_pool_thread",
    "g_thread_pool_thread_proxy",
  ),
  "load thread of a VFIO device, with the lock": context(
    "held",
    "vmstate_load_state",
    "vfio_pci_load_config",
    "vfio_load_device_config_state",
    "vfio_load_bufs_thread_load_config",
    "vfio_load_bufs_thread",
    "qemu_loadvm_load_thread",
  ),
  "worker of a pool": context("not-held", "aio_thread_pool_job", "worker_thread", start),
  "RCU callbacks": context("held", "memory_region_finalize", "object_unref", "call_rcu_thread", start),
  "a thread of a device's own": context("unknown", "edu_fact_thread", start),
  "dump thread": context("unknown", "dump_process", "dump_thread", start),
  "user interface of macOS": context(
    "unknown",
    "-[QemuCocoaAppController doReset:]",
    "-[NSApplication sendEvent:]",
    "-[NSApplication run]",
    "cocoa_main",
    "main",
  ),
  "nothing but the device": context("unknown"),
} as const satisfies Record<string, ThreadContext>;

/** How the crash shows the state of the transaction. */
export type Form = "nothing" | "depth" | "hidden" | "compound" | "depth or RCU" | "printed 1" | "printed 0";

export const forms: readonly Form[] = [
  "nothing",
  "depth",
  "hidden",
  "compound",
  "depth or RCU",
  "printed 1",
  "printed 0",
];

const expressions: Partial<Record<Form, string>> = {
  depth: "memory_region_transaction_depth == 0",
  compound: "(!memory_region_transaction_in_progress() && bql_locked()) || rcu_read_is_locked()",
  "depth or RCU": "memory_region_transaction_depth == 0 || rcu_read_is_locked()",
};

/** What stands between the device and its thread: a commit, a holder, both in either order. */
export type Phase = "none" | "listener in a commit" | "commit alone" | "holder" | "holder in a commit";

export const phases: readonly Phase[] = [
  "none",
  "listener in a commit",
  "commit alone",
  "holder",
  "holder in a commit",
];

const committing = [
  "memory_region_transaction_commit",
  "memory_region_set_enabled",
  "frob_set_window",
] as const;
const holding = ["pci_bridge_region_init", "pci_bridge_update_mappings", "pci_bridge_write_config"] as const;

/** The frames of a phase, innermost first. */
export const framesOfPhase: Readonly<Record<Phase, readonly string[]>> = {
  none: [],
  "listener in a commit": ["frob_init_cache", "frob_memory_listener_commit", ...committing],
  "commit alone": [...committing],
  holder: [...holding],
  "holder in a commit": [...holding, "vhost_commit", ...committing],
};

/** How the stack ends. */
export type End = "whole" | "cut" | "stripped";

export const ends: readonly End[] = ["whole", "cut", "stripped"];

/** The reader and its callers, innermost first. */
export const touches = [
  ["address_space_to_flatview", "address_space_get_flatview", "address_space_cache_init"],
  ["address_space_to_flatview", "address_space_translate", "address_space_ldl_internal", "address_space_ldl"],
  ["address_space_to_flatview", "memory_region_find_rcu", "memory_region_find"],
  [
    "address_space_to_flatview",
    "address_space_set_flatview",
    "address_space_update_topology",
    "address_space_init",
  ],
] as const;

export interface Case {
  readonly context: ThreadContext;
  readonly form: Form;
  readonly phase: Phase;
  readonly end: End;
  readonly touch: readonly string[];
}

function machineryOf(form: Form): string[] {
  if (form === "nothing" || form === "printed 0" || form === "printed 1") return [];
  const condition = expressions[form];
  const said = condition === undefined ? "..." : `"${condition}"`;
  return [
    "__GI_abort () at abort.c:79",
    `__GI___assert_fail (assertion=${said}, file=${condition === undefined ? "..." : '"include/exec/memory.h"'}, line=${condition === undefined ? "..." : "1100"}, function=${condition === undefined ? "..." : '"address_space_to_flatview"'}) at assert.c:101`,
  ];
}

/** The text of a case, as gdb prints it. */
export function textOf({ context: { frames, coroutine }, form, phase, end, touch }: Case): string {
  const inner = [
    ...machineryOf(form),
    ...[...touch, "frob_access", "frob_handler", ...framesOfPhase[phase]].map(frame),
  ];
  const outer =
    end === "whole" ? frames : end === "stripped" ? frames.map(() => "?? () from /usr/bin/qemu") : [];
  // What lies outside a coroutine's first frame looks like frames of the main loop.
  const beyond = coroutine === true && end === "whole" ? [frame("main_loop_wait"), "?? ()"] : [];
  const value = form === "printed 1" ? 1 : form === "printed 0" ? 0 : null;
  return [
    numbered(...inner, ...outer, ...beyond),
    end === "cut" ? "(More stack frames follow...)\n" : "",
    value === null ? "" : `(gdb) p memory_region_transaction_depth\n$1 = ${value}\n`,
  ].join("");
}
