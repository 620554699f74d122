import type { Document, PathNode, PathStep, RulePaths } from "../model/report.js";
import { folds } from "./fold.js";
import { pathNames, unnamed } from "./path-names.js";

type End = Pick<PathNode["findings"][number], "document" | "finding">;

/** A step while the tree grows. */
interface Branch {
  readonly name: string;
  readonly callees: Map<string, Branch>;
  readonly ends: End[];
  folded: boolean;
  /** Findings whose paths go through it, and how many different paths these are. */
  findings: number;
  paths: number;
}

/**
 * All paths of the findings that count, merged into one tree for each rule: steps of one canonical name
 * (src/text/function-path.ts) behind the same steps are one. Recursion is folded as fingerprints fold it. The order does not
 * depend on that of the findings: most findings first, then by name. Takes time in proportion to the paths and throws nothing.
 */
export function pathTree(documents: readonly Pick<Document, "findings">[]): RulePaths[] {
  const roots = new Map<string, Branch>();
  for (const [document, { findings }] of documents.entries()) {
    for (const [finding, { rule, path, suppressed }] of findings.entries()) {
      if (path.length === 0 || suppressed !== null) continue;
      const root = roots.get(rule) ?? branch(rule);
      roots.set(rule, root);
      grow(root, path, { document, finding });
    }
  }
  return [...roots.values()].sort(byWeight).map((root) => ({ rule: root.name, nodes: nodesOf(root) }));
}

function branch(name: string): Branch {
  return { name, callees: new Map(), ends: [], folded: false, findings: 0, paths: 0 };
}

function grow(root: Branch, path: readonly PathStep[], end: End): void {
  const route = [root];
  let last = root;
  for (const { name, repeated } of stepsOf(path)) {
    const next = last.callees.get(name) ?? branch(name);
    last.callees.set(name, next);
    next.folded ||= repeated;
    route.push(next);
    last = next;
  }
  const isNew = last.ends.length === 0;
  last.ends.push(end);
  for (const step of route) {
    step.findings++;
    if (isNew) step.paths++;
  }
}

/** The steps that are left: of one canonical name there may be more neighbours than of one spelling. */
function stepsOf(path: readonly PathStep[]): { name: string; repeated: boolean }[] {
  // What the path folded stands twice, and is folded again.
  const all = pathNames(path.flatMap((step) => (step.levels.length > 1 ? [step, step] : step)));
  const { names, repeated } = folds(all);
  return names.map((name, index) => ({ name, repeated: repeated[index] === true }));
}

function byWeight(one: Branch, other: Branch): number {
  return other.findings - one.findings || (one.name < other.name ? -1 : 1);
}

/** A step that is still to be listed. */
interface Waiting {
  readonly step: Branch;
  readonly depth: number;
  /** The number of steps that tell the paths through it from all others; null as long as there are several. */
  readonly apart: number | null;
}

/** A tree as a list, callers before what they call. Without recursion, since a stack may be deeper than ours. */
function nodesOf(root: Branch): PathNode[] {
  const nodes: PathNode[] = [];
  const waiting = calleesOf(root, 0, root.paths === 1 ? 0 : null);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { step, depth, apart } = next;
    nodes.push({
      depth,
      function: step.name === unnamed ? null : step.name,
      count: step.findings,
      folded: step.folded,
      findings: step.ends.map((end) => ({ ...end, apart: apart ?? depth + 1 })),
    });
    for (const callee of calleesOf(step, depth + 1, apart)) waiting.push(callee);
  }
  return nodes;
}

/** What a step calls, the first to be listed last. */
function calleesOf({ callees }: Branch, depth: number, apart: number | null): Waiting[] {
  return [...callees.values()]
    .sort(byWeight)
    .reverse()
    .map((step) => ({ step, depth, apart: apart ?? (step.paths === 1 ? depth + 1 : null) }));
}
