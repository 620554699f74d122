import { type Config, configSchema } from "./config.js";
import { faultsOfForm, formProblems } from "./form.js";
import type { Pack } from "./pack.js";
import { configJsonSchema } from "./pack-json-schema.js";
import { type DataPath, type PackProblem, toldProblems } from "./problems.js";
import { readYaml } from "./written.js";

/** A configuration of the right form, or what is wrong with it: one `FILE:LINE:COLUMN: message` each. */
export type LoadedConfig =
  | {
      readonly config: Config;
      readonly problems: readonly [];
      readonly placeOf: (path: DataPath) => string;
    }
  | { readonly config: null; readonly problems: readonly string[] };

/**
 * Reads a `backtriage.yaml`. What it names can be looked at when its packs are loaded: see {@link configProblems}. An empty
 * file is a configuration that says nothing. Never throws.
 * @param file what problems name as their place
 */
export function loadConfig(text: string, file: string): LoadedConfig {
  const { written, problems } = readYaml(text, file, "a configuration");
  if (written === null) return { config: null, problems };
  const data = written.data ?? {};
  const parsed = configSchema.safeParse(data);
  if (parsed.success) return { config: parsed.data, problems: [], placeOf: written.placeOf };
  const faults = faultsOfForm(configSchema, data);
  const told = formProblems(faults, data, "the configuration", configJsonSchema);
  return { config: null, problems: toldProblems(told, written.placeOf) };
}

/** What a configuration names and no pack has: packs and rules. */
export function configProblems(
  { overrides = {}, suppress = [], packs: { disable } = { disable: [] } }: Config,
  packs: readonly Pack[],
  placeOf: (path: DataPath) => string,
): readonly string[] {
  const ids = new Set(packs.flatMap(rulesOf));
  const names = packs.map(({ pack }) => pack);
  const noRule = (rule: string, path: DataPath): PackProblem[] =>
    ids.has(rule)
      ? []
      : [{ path, message: `there is no rule \`${rule}\``, meant: { word: rule, among: ids } }];
  const problems = [
    ...disable.flatMap((name, index) => noPack(name, names, ["packs", "disable", index])),
    ...Object.keys(overrides).flatMap((rule) => noRule(rule, ["overrides", rule])),
    ...suppress.flatMap(({ rule }, index) =>
      rule === undefined ? [] : noRule(rule, ["suppress", index, "rule"]),
    ),
  ];
  return toldProblems(problems, placeOf);
}

function noPack(name: string, names: readonly string[], path: DataPath): PackProblem[] {
  if (name === "runtime")
    return [{ path, message: "every pack refers to `runtime`: turn off its rules instead (overrides)" }];
  if (names.includes(name)) return [];
  return [{ path, message: `there is no pack \`${name}\``, meant: { word: name, among: names } }];
}

function rulesOf({ pack, prefix, rules }: Pack): string[] {
  return Object.keys(rules).map((name) => `${prefix ?? pack}/${name}`);
}
