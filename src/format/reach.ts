import type { PathNode, Report } from "../model/report.js";
import { functionPath } from "../text/function-path.js";

/** For each rule how many findings have a path, and how many of these paths go through a function. */
export class Reach {
  private readonly rules: ReadonlyMap<string, ReadonlyMap<string, number>>;
  private readonly totals: ReadonlyMap<string, number>;

  constructor(paths: Report["paths"]) {
    this.rules = new Map(paths.map(({ rule, nodes }) => [rule, through(nodes)]));
    this.totals = new Map(
      paths.map(({ rule, nodes }) => [rule, nodes.reduce((sum, node) => sum + node.findings.length, 0)]),
    );
  }

  /** `on 3 of the 5 paths of this rule`; empty where the rule has one finding, or no path goes through the function. */
  text(rule: string, name: string | null): string {
    const total = this.totals.get(rule) ?? 0;
    const count = name === null ? 0 : (this.rules.get(rule)?.get(functionPath(name)) ?? 0);
    return total < 2 || count === 0 ? "" : `on ${count} of the ${total} paths that this rule found`;
  }
}

/** A function may stand in several places of a tree, also behind itself: each finding counts once. */
function through(nodes: readonly PathNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  const route: (string | null)[] = [];
  const open = new Map<string | null, number>();
  for (const { depth, function: name, count } of nodes) {
    while (route.length > depth) {
      const left = route.pop() ?? null;
      open.set(left, (open.get(left) ?? 1) - 1);
    }
    const times = open.get(name) ?? 0;
    if (name !== null && times === 0) counts.set(name, (counts.get(name) ?? 0) + count);
    open.set(name, times + 1);
    route.push(name);
  }
  return counts;
}
