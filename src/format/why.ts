import type { Change, Finding, Reason, Source } from "../model/report.js";
import type { Entry } from "./entries.js";
import type { Palette } from "./palette.js";
import { place } from "./place.js";
import { visible } from "./visible.js";
import { hang, shorten } from "./width.js";

/** Deeper steps are not set further to the right. */
const deepest = 8;
const longestClaim = 400;

/**
 * The reasoning behind a finding, for `--why`: what led to it, down to the words of the input, what would change it, and when
 * its rule is known to be wrong. None for an entry without a finding. Lines of at most `columns`, safe to print.
 */
export function whyLines({ finding, document, report }: Entry, palette: Palette, columns: number): string[] {
  if (finding === null) return [];
  const { because, changes } = finding.reasoning;
  const exceptions = report.rules.find(({ id }) => id === finding.rule)?.exceptions ?? [];
  const sections: [heading: string, lines: string[]][] = [
    [`Why: ${claimOf(finding)}`, because.flatMap((one) => reasonLines(one, document.source, columns))],
    ["What would change that", changes.flatMap((one) => changeLines(one, columns))],
    ["Known exceptions", exceptions.flatMap((one) => hang("  - ", oneLine(one), columns))],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([heading, lines]) => ["", palette.strong(heading), ...lines]);
}

function claimOf({ rule, verdict }: Finding): string {
  return visible(verdict === null ? rule : `${rule}, verdict ${verdict}`);
}

function oneLine(text: string): string {
  return shorten(visible(text.trim().replace(/\s+/g, " ")), longestClaim);
}

function reasonLines({ depth, claim, span }: Reason, source: Source, columns: number): string[] {
  const where = span === null ? "" : ` (${place(source, span.start)})`;
  return hang(`${"  ".repeat(1 + Math.min(depth, deepest))}- `, `${oneLine(claim)}${where}`, columns);
}

function changeLines({ if: supposed, ways, outcome }: Change, columns: number): string[] {
  return [
    ...hang("  - ", `if ${oneLine(supposed)}, ${oneLine(outcome)}`, columns),
    ...ways.flatMap((way, index) =>
      hang(index === 0 ? "      needs: " : "         or: ", oneLine(way), columns),
    ),
  ];
}
