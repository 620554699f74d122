import { readFileSync } from "node:fs";
import { join } from "node:path";
import { samplesFolder } from "./samples.js";

/** A span of QEMU releases by what they call things that a stack of 7.2 shows under another name. */
export interface Era {
  readonly slug: string;
  readonly base: string;
  readonly renames: readonly (readonly [RegExp, string])[];
}

/** What moved when: https://wiki.qemu.org/ChangeLog names the releases, the files' history the names. */
export const eras: readonly Era[] = [
  {
    slug: "qemu-2.12",
    base: "qemu-memory/virtio-scsi-width-80",
    renames: [
      [/\.\.\/src\/softmmu\/physmem\.c/g, "/usr/src/qemu-2.12/exec.c"],
      [/\.\.\/src\/softmmu\/memory\.c/g, "/usr/src/qemu-2.12/memory.c"],
      [/\.\.\/src\//g, "/usr/src/qemu-2.12/"],
      [/\/build\/qemu-lab\/src\//g, "/usr/src/qemu-2.12/"],
      [/qemu_default_main/g, "main"],
      [/qemu_main_loop/g, "main_loop"],
      [/mttcg_cpu_thread_fn/g, "qemu_tcg_cpu_thread_fn"],
      [/tcg_cpus_exec/g, "tcg_cpu_exec"],
    ],
  },
  {
    slug: "qemu-5.2",
    base: "qemu-memory/vcpu-port-io",
    renames: [
      [/\.\.\/src\//g, "../"],
      [/\/build\/qemu-lab\/src\//g, "/build/qemu-5.2.0/"],
      [/mttcg_cpu_thread_fn/g, "tcg_cpu_thread_fn"],
      [/tcg_cpus_exec/g, "tcg_cpu_exec"],
    ],
  },
  {
    slug: "qemu-8.2",
    base: "qemu-memory/commit-phase",
    renames: [
      [/\.\.\/src\/softmmu\//g, "../system/"],
      [/\.\.\/src\//g, "../"],
      [/\/build\/qemu-lab\/src\//g, "../"],
      [/address_space_stw_internal/g, "int_st_mmio_leN"],
    ],
  },
  {
    slug: "qemu-10.0",
    base: "qemu-memory/failover-bottom-half",
    renames: [
      [/\.\.\/src\/softmmu\//g, "../system/"],
      [/\.\.\/src\//g, "../"],
      [/\/build\/qemu-lab\/src\/include\/exec\/memory\.h/g, "/build/qemu-10.0.0/include/system/memory.h"],
      [/\/build\/qemu-lab\/src\//g, "/build/qemu-10.0.0/"],
    ],
  },
];

/** A sample's text under an era's names. */
export function renamed(base: string, { renames }: Era): string {
  const text = readFileSync(join(samplesFolder, base, "input.txt"), "utf8");
  return renames.reduce((all, [from, to]) => all.replace(from, to), text);
}
