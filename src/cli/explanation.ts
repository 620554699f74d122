import type { Palette } from "../format/palette.js";
import { visible } from "../format/visible.js";
import { hang, pad, wrap } from "../format/width.js";
import type { Rule } from "../rules/language/pack.js";
import { fill } from "../rules/message.js";
import type { RuleEntry } from "./rule-book.js";

/** Lines of an example that are shown. */
const exampleLines = 40;

/** Prose as its author set it: a blank line parts paragraphs. */
function paragraphs(prose: string, columns: number): string[] {
  return prose
    .split(/\n[ \t]*\n/)
    .flatMap((paragraph, index) => [
      ...(index === 0 ? [] : [""]),
      ...wrap(paragraph, columns - 2).map((line) => `  ${visible(line)}`),
    ]);
}

function bullets(items: readonly string[], columns: number): string[] {
  return items.flatMap((item) => hang("  - ", item, columns).map(visible));
}

function verdictText({ rule, pack }: RuleEntry): string {
  const verdict = "verdict" in rule.on ? rule.on.verdict : rule.verdict;
  if (verdict === undefined) return "";
  const says = pack.verdicts?.[verdict]?.says;
  return `, verdict ${verdict}${says === undefined ? "" : ` (${says})`}`;
}

function severityText(rule: Rule): string {
  const graded = [...new Set((rule.grade ?? []).map(({ severity }) => severity))].filter(
    (severity) => severity !== rule.severity,
  );
  return graded.length === 0 ? rule.severity : `${rule.severity} (in some cases ${graded.join(" or ")})`;
}

function exampleText(input: string): string[] {
  const lines = input.trimEnd().split(/\r?\n/);
  const left = lines.length - exampleLines;
  const shown = lines.slice(0, exampleLines).map((line) => `    ${visible(line)}`.trimEnd());
  return left > 0 ? [...shown, `    … ${left} more lines …`] : shown;
}

function examples(heading: string, rules: Rule["examples"]["match"]): [heading: string, lines: string[]][] {
  const [first] = rules;
  return first === undefined ? [] : [[`${heading}: ${visible(first.title)}`, exampleText(first.input)]];
}

/** Everything that a pack's author wrote about a rule, for people. */
export function explanation(entry: RuleEntry, palette: Palette, columns: number): string {
  const { id, rule } = entry;
  const sections: [heading: string, lines: string[]][] = [
    ["Why", paragraphs(rule.why, columns)],
    ...examples("Example", rule.examples.match),
    ...examples("Not this", rule.examples.differ),
    ["Known exceptions", bullets(rule.exceptions ?? [], columns)],
    [
      "Advice",
      bullets(
        [...(rule.cuts ?? []).map(({ text }) => text), ...(rule.advice ?? [])].map((one) => fill(one, {})),
        columns,
      ),
    ],
    ["Help", rule.help === undefined ? [] : [`  ${visible(rule.help)}`]],
  ];
  const lines = [
    ...hang(`${palette.strong(id)}: `, rule.title, columns).map((line) => line.trimEnd()),
    ...hang("  ", `${severityText(rule)}${verdictText(entry)}`, columns),
    ...sections
      .filter(([, body]) => body.length > 0)
      .flatMap(([heading, body]) => ["", palette.strong(heading), ...body]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Every rule in one line: its id, how bad it is, what it finds. */
export function ruleList(book: readonly RuleEntry[], columns: number): string {
  const ids = Math.max(0, ...book.map(({ id }) => id.length));
  const lines = book.flatMap(({ id, rule }) =>
    hang(`${pad(id, ids)}  ${rule.severity.padEnd(7)}  `, rule.title, columns),
  );
  return `${lines.join("\n")}\n`;
}
