import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packs } from "../../src/generated/packs.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import { expectationPath, heldCode, outlineOf, packsWithTexts, readHeld, textsOf } from "../rules/held.js";
import { eras, renamed } from "./eras.js";
import { allSamples, samplesFolder, writeExpectation } from "./samples.js";

// `npm run samples:update` writes what the program says now; the diff is for a person to read.
for (const era of eras) {
  const folder = join(samplesFolder, "eras", era.slug);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "input.txt"), renamed(era.base, era));
}
for (const sample of allSamples()) writeExpectation(sample);

const engine = new Engine(packs.map((pack) => compilePack(pack, heldCode)));
for (const pack of packsWithTexts()) {
  const outlines = textsOf(pack).map((text) => [text.title, outlineOf(engine, readHeld(text))]);
  writeFileSync(expectationPath(pack), `${JSON.stringify(Object.fromEntries(outlines), null, 1)}\n`);
}
