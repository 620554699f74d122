import type { ExaminedDocument } from "../examine.js";
import { counted } from "../format/count.js";
import type { Palette } from "../format/palette.js";
import { label, place } from "../format/place.js";
import { visible } from "../format/visible.js";
import { hang, shorten } from "../format/width.js";
import type { Source } from "../model/report.js";
import { type Account, together } from "../rules/why/account.js";
import type { Examination } from "../rules/why/examine.js";

/** So many threads of one trace are shown, and so many traces and messages of one document. */
const mostThreads = 2;
const mostTraces = 6;
/** Deeper parts are not set further to the right. */
const deepest = 10;
/** One line of the account takes no more. */
const longestLine = 400;

/** What one rule says of some documents, and why: lines of at most `columns`, safe to print. */
export function examinationText(
  id: string,
  documents: readonly ExaminedDocument[],
  palette: Palette,
  columns: number,
): string {
  const lines = documents.flatMap(({ source, examinations }, index) => [
    ...(index === 0 ? [] : [""]),
    ...hang("", `${palette.strong(visible(id))} on ${label(source)}`, columns),
    ...(examinations.length === 0 ? ["", "  no backtrace and no message of a dying program found"] : []),
    ...documentLines(source, examinations, palette, columns),
  ]);
  return `${lines.join("\n")}\n`;
}

function documentLines(
  source: Source,
  examinations: readonly Examination[],
  palette: Palette,
  columns: number,
): string[] {
  const groups = groupsOf(examinations);
  const shown = groups.slice(0, mostTraces);
  return [
    ...shown.flatMap((group) => traceLines(group, source, palette, columns)),
    ...leftOut(groups.slice(mostTraces).flat(), "stack"),
  ];
}

function traceLines(
  group: readonly Examination[],
  source: Source,
  palette: Palette,
  columns: number,
): string[] {
  const best = group.toSorted((one, other) => rank(one) - rank(other));
  const firing = best.filter(({ fired }) => fired);
  const telling = firing.length > 0 ? firing : best.filter((one) => rank(one) < bystander);
  const shown = telling.length > 0 ? telling.slice(0, mostThreads) : best.slice(0, 1);
  return [
    ...shown.flatMap((one) => examinationLines(one, group.length > 1, source, palette, columns)),
    ...leftOut(best.slice(shown.length), "thread"),
  ];
}

/** The threads of one trace stand together; a message without a trace stands alone. */
function groupsOf(examinations: readonly Examination[]): Examination[][] {
  const groups = new Map<number | Examination, Examination[]>();
  for (const one of examinations) {
    const key = one.trace ?? one;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** The least rank of a thread that is none of those that crashed. */
const bystander = 2;

/** Smaller is shown first: where the rule fired, then the thread that crashed, then where most of it holds. */
function rank({ fired, silentBecause, account }: Examination): number {
  if (fired) return 0;
  const whole = account.parts.length === 0 ? 1 : account.parts.length;
  const share = account.parts.filter(({ holds }) => holds).length / whole;
  return (silentBecause === null ? 1 : bystander + 1) - share;
}

function leftOut(rest: readonly Examination[], what: string): string[] {
  if (rest.length === 0) return [];
  const fired = rest.filter((one) => one.fired).length;
  const said = fired === 0 ? "the rule did not fire there" : `the rule fired on ${fired} of them`;
  return ["", `  ${counted(rest.length, `more ${what}`)} left out: ${said}`];
}

function examinationLines(
  examination: Examination,
  several: boolean,
  source: Source,
  palette: Palette,
  columns: number,
): string[] {
  const { fired, account, silentBecause, span } = examination;
  const verdict = fired ? palette.good("fired") : palette.warning("not fired");
  const because = silentBecause === null ? "" : `: ${visible(silentBecause)}`;
  return [
    "",
    ...hang(
      "",
      `${palette.strong(subject(examination, several))} at ${place(source, span.start)}: ${verdict}${because}`,
      columns,
    ),
    ...hang("  ", frameText(examination), columns),
    ...topLevel(account).flatMap((part) => accountLines(part, 0, source, palette, columns)),
  ];
}

function subject({ trace, thread }: Examination, several: boolean): string {
  if (trace === null) return "Message without a trace";
  const name = thread.number ?? thread.name;
  return `Trace ${trace + 1}${several && name !== null ? `, thread ${visible(name)}` : ""}`;
}

function frameText({ frame, fired }: Examination): string {
  if (frame === null) return "";
  const name = shorten(visible(frame.function ?? "??"), 100);
  return `${fired ? "at" : "nearest is"} frame #${frame.level} ${name}:`;
}

/** What must hold together needs no heading. */
function topLevel(account: Account): readonly Account[] {
  return account.parts.length > 1 && account.evidence.length === 0 && account.text === together
    ? account.parts
    : [account];
}

function accountLines(
  account: Account,
  depth: number,
  source: Source,
  palette: Palette,
  columns: number,
): string[] {
  const { text, holds, parts, evidence } = account;
  const mark = holds ? palette.good("✓") : palette.error("✗");
  const [first] = evidence;
  const where = first === undefined || parts.length > 0 ? "" : ` (line ${first.span.start.line})`;
  const indent = "  ".repeat(1 + Math.min(depth, deepest));
  const said = shorten(visible(text.trim().replace(/\s+/g, " ")), longestLine);
  return [
    ...hang(`${indent}${mark} `, `${said}${parts.length > 0 ? ":" : ""}${where}`, columns),
    ...account.would.flatMap((one) => hang(`${indent}  → `, visible(one), columns)),
    ...parts.flatMap((part) => accountLines(part, depth + 1, source, palette, columns)),
  ];
}
