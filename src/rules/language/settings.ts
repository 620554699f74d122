import type { Config } from "./config.js";
import type { Pack, Rule } from "./pack.js";

/** What a configuration says of one rule, where it says something. */
export type Override = NonNullable<Config["overrides"]>[string];

/** The packs as a configuration wants them: without those that it disables, rules turned off or graded otherwise. Pure. */
export function withSettings(packs: readonly Pack[], { packs: settings, overrides = {} }: Config): Pack[] {
  const disabled = settings?.disable ?? [];
  return packs
    .filter(({ pack }) => !disabled.includes(pack))
    .map((pack) => ({
      ...pack,
      rules: Object.fromEntries(
        Object.entries(pack.rules).flatMap(([name, rule]): [string, Rule][] => {
          const override = overrides[`${pack.prefix ?? pack.pack}/${name}`];
          if (override === undefined) return [[name, rule]];
          return "off" in override ? [] : [[name, regraded(rule, override.severity)]];
        }),
      ),
    }));
}

/** Whoever grades a rule means it for every case: its own cases go. */
function regraded({ grade: _grade, ...rule }: Rule, severity: Rule["severity"]): Rule {
  return { ...rule, severity };
}
