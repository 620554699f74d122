import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/model/report.js";
import { allSamples, inputOf, reportOf } from "./samples.js";

/** What was read with gdb from the stopped processes that printed these texts, and what a maintainer would conclude. */
const labels = [
  {
    sample: "qemu-memory/virtio-load-mail",
    verdict: "offending",
    touching: [4, 5, 6, 7],
    path: [
      "qemu_loadvm_state_main",
      "qemu_loadvm_section_start_full",
      "vmstate_load",
      "vmstate_load_state",
      "virtio_load",
      "virtio_init_region_cache",
      "address_space_cache_init",
      "address_space_get_flatview",
      "address_space_to_flatview",
    ],
    blame: "virtio_load",
    site: "virtio_init_region_cache",
    confidence: "likely",
  },
  {
    sample: "qemu-memory/vapic-bt-full",
    verdict: "offending",
    touching: [6, 7, 8],
    path: [
      "qemu_loadvm_state_main",
      "qemu_loadvm_section_start_full",
      "vmstate_load_state",
      "vapic_post_load",
      "vapic_prepare",
      "vapic_map_rom_writable",
      "memory_region_find",
      "memory_region_find_rcu",
      "address_space_to_flatview",
    ],
    blame: "vapic_post_load",
    site: "vapic_map_rom_writable",
    confidence: "likely",
  },
  {
    sample: "qemu-memory/failover-bottom-half",
    verdict: "offending",
    touching: [6, 7, 8],
    path: [
      "virtio_set_features_nocheck_bh",
      "virtio_set_features_nocheck",
      "virtio_net_set_features",
      "failover_add_primary",
      "qdev_device_add_from_qdict",
      "qdev_realize",
      "object_property_set_bool",
      "object_property_set_qobject",
      "object_property_set",
      "property_set_bool",
      "device_set_realized",
      "pci_qdev_realize",
      "do_pci_register_device",
      "address_space_init",
      "address_space_update_topology",
      "address_space_set_flatview",
      "address_space_to_flatview",
    ],
    blame: "virtio_set_features_nocheck_bh",
    site: "do_pci_register_device",
    confidence: "likely",
  },
  {
    sample: "qemu-memory/reset-short-location",
    verdict: "offending",
    touching: [6, 7, 8],
    path: [
      "qemu_system_reset",
      "pc_machine_reset",
      "qemu_devices_reset",
      "resettable_reset",
      "resettable_assert_reset",
      "resettable_phase_hold",
      "resettable_child_foreach",
      "bus_reset_child_foreach",
      "resettable_phase_hold",
      "hpet_reset",
      "pit_irq_timer_update",
      "ioapic_service",
      "stl_le_phys",
      "address_space_stl_le",
      "address_space_stl_internal",
      "address_space_translate",
      "address_space_to_flatview",
    ],
    blame: "hpet_reset",
    site: "ioapic_service",
    confidence: "likely",
  },
  {
    sample: "qemu-memory/virtio-scsi-width-80",
    verdict: "offending",
    touching: [6, 7, 8, 9],
    path: [
      "qemu_loadvm_state_main",
      "qemu_loadvm_section_start_full",
      "vmstate_load_state",
      "virtio_load",
      "virtio_init_region_cache",
      "address_space_cache_init",
      "address_space_get_flatview",
      "address_space_to_flatview",
    ],
    blame: "virtio_load",
    site: "virtio_init_region_cache",
    confidence: "likely",
  },
] as const;

function reportOfSample(name: string): Report {
  const sample = allSamples().find((one) => one.name === name);
  if (sample === undefined) throw new Error(`no sample ${name}`);
  return reportOf(inputOf(sample));
}

function findingsOf(report: Report): readonly Finding[] {
  return report.documents.flatMap(({ findings }) => findings);
}

describe("labelled stacks", () => {
  it.each(labels)("$sample: one finding with the label's path, blame and site", (label) => {
    const findings = findingsOf(reportOfSample(label.sample));
    expect(findings.map(({ rule }) => rule)).toEqual(["qemu-memory/flatview-in-transaction"]);
    const [finding] = findings;
    expect(finding).toMatchObject({
      verdict: label.verdict,
      severity: "error",
      frames: label.touching,
      confidence: label.confidence,
    });
    expect(finding?.path.map((step) => step.function)).toEqual(label.path);
    expect(finding?.blame?.function).toBe(label.blame);
    expect(finding?.site?.function).toBe(label.site);
  });

  it("the bystander is no offender, and the thread that holds the transaction is named", () => {
    const [finding, ...others] = findingsOf(reportOfSample("qemu-memory/vcpu-port-io"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ verdict: "foreign", severity: "note", frames: [6, 7, 8] });
    expect(finding?.holder).toMatchObject({ function: "memory_region_set_enabled", level: 4 });
  });

  it("the commit phase is safe, and no finding", () => {
    const report = reportOfSample("qemu-memory/commit-phase");
    expect(findingsOf(report)).toEqual([]);
    const frames = report.documents[0]?.traces[0]?.threads[0]?.classification ?? [];
    expect(
      frames.filter(({ verdict }) => verdict !== null).map(({ level, verdict }) => [level, verdict]),
    ).toEqual([[0, "safe-commit"]]);
  });

  it("a depth that was printed is as good as a failed check", () => {
    const [finding] = findingsOf(reportOfSample("qemu-memory/printed-depth"));
    expect(finding).toMatchObject({ verdict: "offending", frames: [0] });
    expect(finding?.evidence).toContainEqual(expect.objectContaining({ kind: "value", weight: "for" }));
  });
});
