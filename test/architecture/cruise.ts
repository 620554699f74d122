import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What dependency-cruiser says of `src/` in the folder `base` (relative to the repository), by the repository's rules. */
export async function cruiseSources(base: string): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions(`${root}.dependency-cruiser.mjs`);
  const { output } = await cruise(["src"], { ...options, baseDir: root + base }, undefined, {
    tsConfig: extractTSConfig(`${root}tsconfig.json`),
  });
  if (typeof output === "string") throw new Error(output);
  return output;
}

/** The names of the rules that dependency-cruiser was given. */
export async function ruleNames(): Promise<string[]> {
  const { ruleSet } = await extractDepcruiseOptions(`${root}.dependency-cruiser.mjs`);
  return (ruleSet?.forbidden ?? []).map((rule) => rule.name ?? "");
}
