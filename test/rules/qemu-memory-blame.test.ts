import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";
import { frame } from "./qemu-memory-stacks.js";
import { crashed } from "./qemu-stacks.js";

const check = "memory_region_transaction_depth == 0";

const find = ["address_space_to_flatview", "memory_region_find_rcu", "memory_region_find"];
const map = ["address_space_to_flatview", "address_space_map", "dma_memory_map"];
const read = ["address_space_to_flatview", "address_space_read_full", "address_space_rw"];
const store = [
  "address_space_to_flatview",
  "address_space_translate",
  "address_space_stl_internal",
  "address_space_stl_le",
];
const cache = [
  "address_space_to_flatview",
  "address_space_get_flatview",
  "address_space_cache_init",
  "virtio_init_region_cache",
];
const realize = [
  "address_space_to_flatview",
  "address_space_set_flatview",
  "address_space_update_topology",
  "address_space_init",
  "do_pci_register_device",
  "pci_qdev_realize",
  "device_set_realized",
  "property_set_bool",
  "object_property_set",
  "object_property_set_qobject",
  "object_property_set_bool",
  "qdev_realize",
];
const co = [
  "qemu_loadvm_state_main",
  "qemu_loadvm_state",
  "process_incoming_migration_co",
  "coroutine_trampoline",
];
const load = ["vmstate_load_state", "vmstate_load", "qemu_loadvm_section_start_full", ...co];
const packaged = [
  "vmstate_load_state",
  "qemu_loadvm_section_start_full",
  "qemu_loadvm_state_main",
  "loadvm_handle_cmd_packaged",
  "loadvm_process_command",
  ...co,
];
const loop = ["main_loop_wait", "qemu_main_loop", "main"];
const half = [
  "aio_bh_call",
  "aio_bh_poll",
  "aio_dispatch",
  "aio_ctx_dispatch",
  "g_main_context_dispatch",
  ...loop,
];
const access = [
  "memory_region_write_accessor",
  "access_with_adjusted_size",
  "memory_region_dispatch_write",
  "flatview_write_continue",
  "flatview_write",
  "address_space_write",
  "address_space_rw",
  "kvm_cpu_exec",
  "kvm_vcpu_thread_fn",
  "qemu_thread_start",
];

interface Path {
  readonly frames: readonly string[];
  /** The entry hook: where a maintainer begins to change something. */
  readonly blame: string;
  readonly site: string;
}

function path(blame: string, site: string, ...frames: readonly string[]): Path {
  return { frames, blame, site };
}

/** The readers that a load, a reset, a command or an access of the guest gets to, by the functions of 7.2. */
const paths = {
  "vapic's ROM": path(
    "vapic_post_load",
    "vapic_map_rom_writable",
    ...find,
    "vapic_map_rom_writable",
    "vapic_prepare",
    "vapic_post_load",
    ...load,
  ),
  "AHCI's command list": path(
    "ahci_state_post_load",
    "map_page",
    ...map,
    "map_page",
    "ahci_map_clb_address",
    "ahci_cond_start_engines",
    "ahci_state_post_load",
    "vmstate_load_state",
    "vmstate_load_state",
    ...load,
  ),
  "xHCI's slots": path(
    "usb_xhci_post_load",
    "usb_xhci_post_load",
    ...read,
    "dma_memory_rw_relaxed",
    "dma_memory_rw",
    "dma_memory_read",
    "ldq_le_dma",
    "usb_xhci_post_load",
    "vmstate_load_state",
    ...load,
  ),
  "the generation's ID": path(
    "vmgenid_post_load",
    "vmgenid_update_guest",
    ...read,
    "cpu_physical_memory_rw",
    "cpu_physical_memory_write",
    "vmgenid_update_guest",
    "vmgenid_post_load",
    ...load,
  ),
  "the IOMMU's switches": path(
    "vtd_post_load",
    "vtd_dev_get_trans_type",
    ...read,
    "dma_memory_read",
    "vtd_dev_get_trans_type",
    "vtd_as_pt_enabled",
    "vtd_switch_address_space",
    "vtd_switch_address_space_all",
    "vtd_post_load",
    ...load,
  ),
  "HDA's buffers": path(
    "intel_hda_post_load",
    "intel_hda_parse_bdl",
    ...read,
    "dma_memory_rw",
    "pci_dma_rw",
    "pci_dma_read",
    "intel_hda_parse_bdl",
    "intel_hda_post_load",
    ...load,
  ),
  "a virtqueue's cache": path("virtio_load", "virtio_init_region_cache", ...cache, "virtio_load", ...load),
  "requests in flight": path(
    "virtio_load",
    "virtqueue_map_iovec",
    ...map,
    "virtqueue_map_iovec",
    "virtqueue_map",
    "qemu_get_virtqueue_element",
    "virtio_blk_load_device",
    "virtio_load",
    ...load,
  ),
  "SCSI's requests in flight": path(
    "get_scsi_requests",
    "virtqueue_map_iovec",
    ...map,
    "virtqueue_map_iovec",
    "virtqueue_map",
    "qemu_get_virtqueue_element",
    "virtio_scsi_load_request",
    "get_scsi_requests",
    "vmstate_load_state",
    ...load,
  ),
  "the failover's primary": path(
    "virtio_load",
    "do_pci_register_device",
    ...realize,
    "qdev_device_add_from_qdict",
    "failover_add_primary",
    "virtio_net_set_features",
    "virtio_set_features_nocheck",
    "virtio_load",
    ...load,
  ),
  "the failover's primary in a bottom half": path(
    "virtio_set_features_nocheck_bh",
    "do_pci_register_device",
    ...realize,
    "qdev_device_add_from_qdict",
    "failover_add_primary",
    "virtio_net_set_features",
    "virtio_set_features_nocheck",
    "virtio_set_features_nocheck_bh",
    ...half,
  ),
  "a RAM block that is resized": path(
    "fw_cfg_acpi_mr_restore_post_load",
    "fw_cfg_update_mr",
    "address_space_to_flatview",
    "address_space_get_flatview",
    "memory_region_clear_dirty_bitmap",
    "cpu_physical_memory_test_and_clear_dirty",
    "cpu_physical_memory_clear_dirty_range",
    "qemu_ram_resize",
    "memory_region_ram_resize",
    "fw_cfg_update_mr",
    "fw_cfg_acpi_mr_restore_post_load",
    ...load,
  ),
  "an interrupt of the I/O APIC": path(
    "ioapic_dispatch_post_load",
    "ioapic_service",
    ...store,
    "ioapic_service",
    "ioapic_dispatch_post_load",
    ...load,
  ),
  "state that is nested in vmstate": path(
    "frob_post_load",
    "frob_post_load",
    ...read,
    "pci_dma_read",
    "frob_post_load",
    "vmstate_load_state",
    "get_tmp",
    "vmstate_load_state",
    "get_qtailq",
    ...load,
  ),
  "a load that postcopy packed": path(
    "frob_post_load",
    "frob_post_load",
    ...read,
    "pci_dma_read",
    "frob_post_load",
    ...packaged,
  ),
  "a change of the machine's state": path(
    "virtio_vmstate_change",
    "virtio_init_region_cache",
    ...cache,
    "virtio_vmstate_change",
    "vm_state_notify",
    "vm_prepare_start",
    "vm_start",
    "process_incoming_migration_bh",
    ...half,
  ),
  "a reset": path(
    "hpet_reset",
    "update_irq",
    ...store,
    "update_irq",
    "hpet_set_timer",
    "hpet_reset",
    "device_transitional_reset",
    "resettable_phase_hold",
    "resettable_assert_reset",
    "resettable_reset",
    "qbus_reset_all",
    "qemu_devices_reset",
    "pc_machine_reset",
    "qemu_system_reset",
    "main_loop_should_exit",
    ...loop,
  ),
  "a device that is plugged by a command": path(
    "qmp_device_add",
    "do_pci_register_device",
    ...realize,
    "qdev_device_add_from_qdict",
    "qdev_device_add",
    "qmp_device_add",
    "qmp_marshal_device_add",
    "do_qmp_dispatch_bh",
    ...half,
  ),
  "a command that dumps memory": path(
    "hmp_physical_memory_dump",
    "memory_dump",
    ...read,
    "memory_dump",
    "hmp_physical_memory_dump",
    "handle_hmp_command_exec",
    "handle_hmp_command",
    "monitor_command_cb",
    "readline_handle_byte",
    "monitor_read",
    "fd_chr_read",
    ...loop,
  ),
  "what a character device receives": path(
    "chr_read",
    "virtqueue_map_desc",
    ...map,
    "virtqueue_map_desc",
    "virtqueue_split_pop",
    "virtqueue_pop",
    "write_to_port",
    "virtio_serial_write",
    "chr_read",
    "qemu_chr_be_write_impl",
    "qemu_chr_be_write",
    "tcp_chr_read",
    "qio_channel_fd_source_dispatch",
    "g_main_context_dispatch",
    ...loop,
  ),
  "an access of the guest": path(
    "sdhci_write",
    "sdhci_sdma_transfer_multi_blocks",
    ...read,
    "dma_memory_rw",
    "sdhci_sdma_transfer_multi_blocks",
    "sdhci_data_transfer",
    "sdhci_write",
    ...access,
  ),
} as const satisfies Record<string, Path>;

describe("who is blamed, and who makes the access", () => {
  it.each(Object.entries(paths))("%s", (_, { frames, blame, site }) => {
    const text = crashed("assert", check, ...frames.map(frame));
    const findings = reportOfText(text).documents.flatMap((document) => document.findings);
    expect(findings).toMatchObject([
      { rule: "qemu-memory/flatview-in-transaction", blame: { function: blame }, site: { function: site } },
    ]);
  });

  it("is no frame of the load, however deep it is nested: nobody is left where a device's frames are missing", () => {
    const text = crashed("assert", check, ...[...read, ...packaged].map(frame));
    const [finding] = reportOfText(text).documents.flatMap((document) => document.findings);
    expect(finding).toMatchObject({ blame: null, site: null });
  });
});
