import { visible } from "../format/visible.js";
import { hang, pad } from "../format/width.js";
import type { Config } from "../rules/language/config.js";
import type { Pack, Rule } from "../rules/language/pack.js";
import type { Override } from "../rules/language/settings.js";
import type { LoadedRules } from "./user-rules.js";

/** The packs in the order in which they speak, each with its rules: id, severity, title, and what the configuration changes. */
export function ruleListing({ packs, own, config }: LoadedRules, columns: number): string {
  const disabled = config?.packs?.disable ?? [];
  const lines = packs.flatMap((pack) => [
    visible(packLine(pack, own.find((one) => one.pack === pack)?.file ?? null, disabled.includes(pack.pack))),
    ...rulesOf(pack, config).flatMap((line) => line(columns)),
  ]);
  return `${lines.join("\n")}\n`;
}

function packLine({ pack, version, title, from = [] }: Pack, file: string | null, disabled: boolean): string {
  const parents = from.map((parent) => `${parent.name} ${parent.version}`);
  const notes = [
    ...(file === null ? [] : [file]),
    ...(parents.length === 0 ? [] : [`extends ${parents.join(", ")}`]),
    ...(disabled ? ["disabled"] : []),
  ];
  return `${pack} ${version}: ${title}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

function rulesOf(pack: Pack, config: Config | null): ((columns: number) => string[])[] {
  const ids = Object.keys(pack.rules).map((name) => `${pack.prefix ?? pack.pack}/${name}`);
  const width = Math.max(0, ...ids.map((id) => id.length));
  return Object.values(pack.rules).map((rule, index) => {
    const id = ids[index] ?? "";
    const { severity, note } = gradeOf(rule, config?.overrides?.[id]);
    const start = `  ${pad(id, width)}  ${severity.padEnd(7)}  `;
    return (columns) => hang(start, `${rule.title}${note}`, columns).map(visible);
  });
}

function gradeOf(
  { severity }: Rule,
  override: Override | undefined,
): { readonly severity: string; readonly note: string } {
  if (override === undefined) return { severity, note: "" };
  if ("off" in override) return { severity: "off", note: ` (off: ${override.reason})` };
  const reason = override.reason === undefined ? "" : `: ${override.reason}`;
  return { severity: override.severity, note: ` (was ${severity}${reason})` };
}
