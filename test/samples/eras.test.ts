import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eras, renamed } from "./eras.js";
import { reportOfText, samplesFolder } from "./samples.js";

const bases = [
  "qemu-memory/virtio-scsi-width-80",
  "qemu-memory/vapic-bt-full",
  "qemu-memory/failover-bottom-half",
  "qemu-memory/reset-short-location",
  "qemu-memory/vcpu-port-io",
  "qemu-memory/commit-phase",
];

/** All that an era must not change: what was found, and what every frame was judged to be. */
function judgementOf(text: string): unknown {
  return reportOfText(text).documents.map(({ findings, traces }) => ({
    findings: findings.map(({ rule, verdict, severity, confidence, frames, states }) => ({
      rule,
      verdict,
      severity,
      confidence,
      frames,
      states,
    })),
    verdicts: traces.map(({ threads }) =>
      threads.map(({ classification }) => classification.map(({ verdict }) => verdict)),
    ),
  }));
}

describe("names of other releases", () => {
  it.each(eras.map((era) => [era.slug, era] as const))(
    "the sample of %s is what the script makes",
    (slug, era) => {
      expect(readFileSync(join(samplesFolder, "eras", slug, "input.txt"), "utf8")).toBe(
        renamed(era.base, era),
      );
    },
  );

  it.each(eras.flatMap((era) => bases.map((base) => [era.slug, base, era] as const)))(
    "%s keeps the verdict of %s",
    (_, base, era) => {
      const plain = readFileSync(join(samplesFolder, base, "input.txt"), "utf8");
      const text = renamed(base, era);
      expect(text).not.toBe(plain);
      expect(judgementOf(text)).toEqual(judgementOf(plain));
    },
  );
});
