import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eras, renamed } from "./eras.js";
import { allSamples, samplesFolder, writeExpectation } from "./samples.js";

// `npm run samples:update` writes what the program says now; the diff is for a person to read.
for (const era of eras) {
  const folder = join(samplesFolder, "eras", era.slug);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "input.txt"), renamed(era.base, era));
}
for (const sample of allSamples()) writeExpectation(sample);
