import type { PathNode, Report, RulePaths } from "../model/report.js";
import { chain } from "./chain.js";
import { counted } from "./count.js";
import type { Overview } from "./overview.js";
import type { Palette } from "./palette.js";
import { listed, ranges } from "./ranges.js";
import { visible } from "./visible.js";
import { shortenMiddle, width } from "./width.js";

/** Rows that are drawn of one tree. */
const mostRows = 40;
/** Branches in branches that are drawn; more would leave no room for names. */
const deepest = 12;
const longestName = 48;

/** Steps without a branch between them: one row of the drawing. */
interface Row {
  readonly depth: number;
  readonly steps: PathNode[];
}

/** The rows of a tree: a step that only one other follows, and at which no path ends, stands in a row with that one. */
function rowsOf(nodes: readonly PathNode[]): Row[] {
  const rows: Row[] = [];
  const route: { row: Row; depth: number }[] = [];
  for (const node of nodes) {
    while ((route.at(-1)?.depth ?? -1) >= node.depth) route.pop();
    const caller = route.at(-1)?.row;
    const last = caller?.steps.at(-1);
    const goesOn = last !== undefined && last.findings.length === 0 && last.count === node.count;
    const row = goesOn ? caller : { depth: caller === undefined ? 0 : caller.depth + 1, steps: [] };
    if (row === undefined) continue;
    row.steps.push(node);
    if (!goesOn) rows.push(row);
    route.push({ row, depth: node.depth });
  }
  return rows;
}

/** Whether no row behind each hangs on the same step. */
function lastOnes(rows: readonly Row[]): boolean[] {
  const follows: boolean[] = [];
  return rows
    .map((_, index) => rows.length - 1 - index)
    .map((at) => {
      const depth = rows[at]?.depth ?? 0;
      const isLast = follows[depth] !== true;
      follows.length = depth + 1;
      follows[depth] = true;
      return isLast;
    })
    .reverse();
}

function stepText({ function: name, folded }: PathNode): string {
  return `${shortenMiddle(visible(name ?? "??"), longestName)}${folded ? "*" : ""}`;
}

/** The numbers under which the findings are told whose paths end at the last step. */
function endsText({ steps }: Row, report: Report, { numbers }: Overview): string {
  const ends = steps.at(-1)?.findings ?? [];
  const told = ends.flatMap(({ document, finding }) => {
    const found = report.documents[document]?.findings[finding];
    return (found === undefined ? undefined : numbers.get(found)) ?? [];
  });
  return told.length === 0 ? "" : `  (${listed(ranges(told), 4)})`;
}

function drawn({ nodes }: RulePaths, report: Report, overview: Overview, columns: number): string[] {
  const rows = rowsOf(nodes);
  const last = lastOnes(rows);
  const digits = String(nodes[0]?.count ?? 0).length;
  const bars: string[] = [];
  const lines: string[] = [];
  for (const [index, row] of rows.entries()) {
    if (lines.length === mostRows) break;
    const isLast = last[index] === true;
    bars.length = Math.max(0, row.depth - 1);
    if (row.depth > deepest) continue;
    const branch = row.depth === 0 ? "" : `${bars.join("")}${isLast ? "└─ " : "├─ "}`;
    if (row.depth > 0) bars.push(isLast ? "   " : "│  ");
    const start = `  ${String(row.steps[0]?.count ?? 0).padStart(digits)}  ${branch}`;
    const ends = endsText(row, report, overview);
    lines.push(`${start}${chain(row.steps.map(stepText), columns - width(start) - width(ends))}${ends}`);
  }
  const left = rows.length - lines.length;
  return left === 0 ? lines : [...lines, `  … ${counted(left, "more branch", "more branches")} …`];
}

/** How many different paths there are: two rules may have found one. */
function differentPaths({ paths }: Report): number {
  const ends = paths.map(({ nodes }) => nodes.filter(({ findings }) => findings.length > 0).length);
  return Math.max(0, ...ends);
}

/**
 * The call paths of all findings as one tree for each rule, with how many go through each branch in front and the numbers of the
 * findings that end there behind it. Without lines where all have one path.
 */
export function treeLines(report: Report, overview: Overview, palette: Palette, columns: number): string[] {
  if (differentPaths(report) < 2) return [];
  const lines = report.paths.flatMap((paths) => {
    const total = paths.nodes.reduce((sum, { findings }) => sum + findings.length, 0);
    return [
      "",
      palette.strong(`Paths to ${visible(paths.rule)}, in ${counted(total, "finding")}, outermost first`),
      ...drawn(paths, report, overview, columns),
    ];
  });
  const folds = lines.some((line) => line.includes("*"));
  return folds ? [...lines, palette.faint("  * calls itself, or repeats in a cycle: folded")] : lines;
}
