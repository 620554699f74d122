import type { Pack } from "../rules/language/pack.js";
import type { Suppression } from "../rules/suppress.js";
import type { Arguments } from "./command.js";
import type { Io } from "./io.js";
import { ruleSources } from "./rule-files.js";

/** What judges in a run. */
export interface RulesInForce {
  readonly packs: readonly Pack[];
  /** Those that hold today. */
  readonly suppressions: readonly Suppression[];
  /** A line for each suppression that holds no longer. */
  readonly expired: readonly string[];
}

/**
 * The rules of the user's own with the built-in ones, or null where there are none of his own: then neither YAML nor a schema has
 * to be loaded. Throws {@link UsageError}, and FaultyRulesError (status.ts) where something is wrong with a file.
 */
export async function userRules(given: Arguments, io: Io): Promise<RulesInForce | null> {
  const sources = await ruleSources(given, io);
  if (sources.config === null && sources.paths.length === 0) return null;
  const [{ packsThatJudge, soundRules }, { heldOn }] = await Promise.all([
    import("./user-rules.js"),
    import("../rules/suppress.js"),
  ]);
  const loaded = await soundRules(sources, io);
  const suppress = loaded.config?.suppress ?? [];
  const { held, expired } = suppress.length === 0 ? { held: [], expired: [] } : heldOn(io.today(), suppress);
  return {
    packs: packsThatJudge(loaded),
    suppressions: held,
    expired: expired.map((one) => {
      const place = loaded.placeInConfig(["suppress", suppress.indexOf(one)]);
      return `${place}: a suppression has expired, it held until ${one.until}: ${one.reason}`;
    }),
  };
}
