import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../src/analyze.js";
import { packs } from "../../src/generated/packs.js";
import type { Report } from "../../src/model/report.js";
import { readPlain } from "../../src/read/plain.js";
import type { Pack } from "../../src/rules/language/pack.js";

export const samplesFolder = new URL("../../samples/", import.meta.url).pathname;

/** One folder of samples/: `subject/slug`, with an input, the report expected of it, and notes. */
export interface Sample {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
}

export function allSamples(): Sample[] {
  return readdirSync(samplesFolder).flatMap((subject) =>
    readdirSync(join(samplesFolder, subject)).map((slug) => {
      const folder = join(samplesFolder, subject, slug);
      return { name: `${subject}/${slug}`, folder, files: readdirSync(folder).toSorted() };
    }),
  );
}

/** The bytes of a sample's input. */
export function inputOf({ folder, files }: Sample): Uint8Array {
  const input = files.find((name) => name.startsWith("input."));
  if (input === undefined) throw new Error(`${folder}: no input`);
  return readFileSync(join(folder, input));
}

/** The report of some bytes; the tool's version is left out, for it changes with every release. */
export function reportOf(bytes: Uint8Array, judging: readonly Pack[] = packs): Report {
  const input = readPlain(bytes, { path: null, member: null, messageId: null });
  return analyze([input], judging, { name: "backtriage", version: "0.0.0" });
}

/** Like {@link reportOf}, of a text. */
export function reportOfText(text: string, judging: readonly Pack[] = packs): Report {
  return reportOf(new TextEncoder().encode(text), judging);
}

export function expectationPath({ folder }: Sample): string {
  return join(folder, "expected.json");
}

export function writeExpectation(sample: Sample): void {
  writeFileSync(expectationPath(sample), `${JSON.stringify(reportOf(inputOf(sample)), null, 1)}\n`);
}
