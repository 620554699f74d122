import type { Document, Finding, Suppressed } from "../model/report.js";
import { canonicalName } from "../text/names.js";
import { anyOf } from "./glob.js";
import type { Config } from "./language/config.js";

/** What a user knows already and does not want to count: findings that meet all that is given of rule, fingerprint and function. */
export type Suppression = NonNullable<Config["suppress"]>[number];

/** Those that still hold on a day, and those that do not, in their order. A day is `YYYY-MM-DD`; the last one counts. */
export function heldOn(
  today: string,
  suppressions: readonly Suppression[],
): { readonly held: readonly Suppression[]; readonly expired: readonly Suppression[] } {
  return {
    held: suppressions.filter(({ until }) => until >= today),
    expired: suppressions.filter(({ until }) => until < today),
  };
}

/** The documents with every finding marked that one of the suppressions means; the first that does is named. Throws nothing. */
export function withSuppressed(documents: Document[], suppressions: readonly Suppression[]): Document[] {
  if (suppressions.length === 0) return documents;
  const tests = suppressions.map((suppression) => ({ suppression, means: testOf(suppression) }));
  return documents.map((document) => ({
    ...document,
    findings: document.findings.map((finding) => {
      const names = namesIn(finding, document);
      const found = tests.find(({ means }) => means(finding, names));
      return { ...finding, suppressed: found === undefined ? null : toldOf(found.suppression) };
    }),
  }));
}

function testOf({ rule, fingerprint, function: glob }: Suppression) {
  const named = glob === undefined ? null : anyOf([glob]);
  return (finding: Finding, names: readonly string[]): boolean =>
    (rule ?? finding.rule) === finding.rule &&
    (fingerprint ?? finding.fingerprint) === finding.fingerprint &&
    (named === null || names.some(named));
}

/** The functions by which people know a finding: blamed, making the access, crashed. */
function namesIn({ blame, site, data, trace }: Finding, { traces }: Document): string[] {
  const crashed = trace === null ? undefined : traces[trace]?.crashFrame?.function;
  return [blame?.function, site?.function, crashed, data.crash].flatMap((name) =>
    typeof name === "string" ? [canonicalName(name)] : [],
  );
}

function toldOf({ reason, until }: Suppression): Suppressed {
  return { reason, until };
}
