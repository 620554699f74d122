import { dirname, isAbsolute, join } from "node:path";
import { packs as builtIn } from "../generated/packs.js";
import type { Config } from "../rules/language/config.js";
import { configProblems, type LoadedConfig, loadConfig } from "../rules/language/load-config.js";
import { type LoadedPacks, loadPacks } from "../rules/language/load-packs.js";
import type { Pack } from "../rules/language/pack.js";
import type { DataPath } from "../rules/language/problems.js";
import { withSettings } from "../rules/language/settings.js";
import type { Io } from "./io.js";
import { type RuleSources, readPackFiles } from "./rule-files.js";
import { FaultyRulesError } from "./status.js";

/** What is loaded for a run, with all that is wrong. */
export interface LoadedRules extends LoadedPacks {
  /** Null where there is none, and where its form is wrong. */
  readonly config: Config | null;
  /** `FILE:LINE:COLUMN` of a part of the configuration. */
  readonly placeInConfig: (path: DataPath) => string;
}

/** Loads the packs of the user's own beside the built-in ones, and tells everything that is wrong with them. */
export async function loadRules({ config, paths }: RuleSources, io: Io): Promise<LoadedRules> {
  const settings: LoadedConfig | null = config === null ? null : loadConfig(config.text, config.file);
  const own = (settings?.config?.rules ?? []).map((path) =>
    isAbsolute(path) ? path : join(dirname(config?.file ?? "."), path),
  );
  const files = await readPackFiles([...own, ...paths], io);
  const loaded = loadPacks(files.texts, builtIn);
  const placeInConfig = settings !== null && settings.config !== null ? settings.placeOf : () => "";
  const problems = [...(settings?.problems ?? []), ...files.problems, ...loaded.problems];
  // Where a pack could not be loaded, a configuration that names its rules is right all the same.
  const unknown =
    settings === null || settings.config === null || files.problems.length + loaded.problems.length > 0
      ? []
      : configProblems(settings.config, loaded.packs, placeInConfig);
  return { ...loaded, config: settings?.config ?? null, placeInConfig, problems: [...problems, ...unknown] };
}

/** The same, ready to judge. Throws {@link FaultyRulesError} where something is wrong. */
export async function soundRules(sources: RuleSources, io: Io): Promise<LoadedRules> {
  const loaded = await loadRules(sources, io);
  const [first, ...rest] = loaded.problems;
  if (first !== undefined) throw new FaultyRulesError(first, ...rest);
  return loaded;
}

/** The packs as the configuration wants them. */
export function packsThatJudge({ packs, config }: LoadedRules): readonly Pack[] {
  return config === null ? packs : withSettings(packs, config);
}
