import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folded } from "../../src/group/fold.js";
import { pathNames } from "../../src/group/path-names.js";
import { pathTree } from "../../src/group/path-tree.js";
import type { Document, Finding, PathNode, RulePaths } from "../../src/model/report.js";
import { document, finding, step } from "../format/reports.js";

const rule = "qemu-memory/flatview-in-transaction";

/** A finding whose path is `a b c`; `b+` is a step of which several frames were folded. */
function found(path: string, parts: Partial<Finding> = {}): Finding {
  const steps = path.split(" ").filter((name) => name !== "");
  return finding({
    rule,
    path: steps.map((name, index) =>
      step(name.endsWith("+") ? [index + 1, index] : [index], name === "?" ? null : name.replace("+", "")),
    ),
    ...parts,
  });
}

function documentOf(...paths: string[]): Document {
  return document({ findings: paths.map((path) => found(path)) });
}

/** One step a line, two blanks deeper than its caller. */
function drawn(paths: readonly RulePaths[]): string[] {
  return paths.flatMap(({ nodes }) =>
    nodes.map(
      ({ depth, count, function: name, folded: isFolded, findings }) =>
        "  ".repeat(depth) +
        `${count} ${name ?? "?"}${isFolded ? "+" : ""}` +
        findings.map((end) => ` (${end.document}.${end.finding} apart ${end.apart})`).join(""),
    ),
  );
}

describe("the tree of all paths", () => {
  test("joins what paths begin with, and counts how many go through each step", () => {
    expect(
      drawn(pathTree([documentOf("load virtio_load read", "load vapic_load read", "reset read")])),
    ).toEqual([
      "2 load",
      "  1 vapic_load",
      "    1 read (0.1 apart 2)",
      "  1 virtio_load",
      "    1 read (0.0 apart 2)",
      "1 reset",
      "  1 read (0.2 apart 1)",
    ]);
  });

  test.each([
    ["one path needs no step to be told from others", ["a b"], ["1 a", "  1 b (0.0 apart 0)"]],
    ["equal paths are one path", ["a b", "a b"], ["2 a", "  2 b (0.0 apart 0) (0.1 apart 0)"]],
    [
      "a path that ends on the way of another is told by all its steps, the other by one more",
      ["a b", "a b c d"],
      ["2 a", "  2 b (0.0 apart 2)", "    1 c", "      1 d (0.1 apart 3)"],
    ],
    [
      "the step of most findings stands first",
      ["a", "b", "b"],
      ["2 b (0.1 apart 1) (0.2 apart 1)", "1 a (0.0 apart 1)"],
    ],
    ["equals stand by their names", ["b", "a"], ["1 a (0.1 apart 1)", "1 b (0.0 apart 1)"]],
    ["steps without a name are one", ["? a", "? b"], ["2 ?", "  1 a (0.0 apart 2)", "  1 b (0.1 apart 2)"]],
    ["neighbours of one name are folded", ["a b b b c"], ["1 a", "  1 b+", "    1 c (0.0 apart 0)"]],
    [
      "a cycle is folded, and each of its steps is marked",
      ["a b c b c d"],
      ["1 a", "  1 b+", "    1 c+", "      1 d (0.0 apart 0)"],
    ],
    ["what the path itself folded is marked", ["a b+ c"], ["1 a", "  1 b+", "    1 c (0.0 apart 0)"]],
    [
      "how deep a recursion went makes no other path",
      ["a b c", "a b b c"],
      ["2 a", "  2 b+", "    2 c (0.0 apart 0) (0.1 apart 0)"],
    ],
    [
      "clones and template arguments make no other path",
      ["a.part.0 call<int>", "a.constprop.1 call<long>"],
      ["2 a", "  2 call (0.0 apart 0) (0.1 apart 0)"],
    ],
  ])("%s", (_, paths, tree) => {
    expect(drawn(pathTree([documentOf(...paths)]))).toEqual(tree);
  });

  test("is one for each rule over all documents, that of most findings first", () => {
    const other = "qemu-memory/unbalanced-commit";
    const documents = [
      document({ findings: [found("commit", { rule: other })] }),
      documentOf("load"),
      documentOf("load"),
    ];
    expect(pathTree(documents).map(({ rule: id }) => id)).toEqual([rule, other]);
    expect(drawn(pathTree(documents))).toEqual([
      "2 load (1.0 apart 0) (2.0 apart 0)",
      "1 commit (0.0 apart 0)",
    ]);
  });

  test("leaves out findings without a path, and those that are suppressed", () => {
    const suppressed = { reason: "known", until: "2030-01-01" };
    const findings = [found(""), found("a", { suppressed }), found("b")];
    expect(drawn(pathTree([document({ findings })]))).toEqual(["1 b (0.2 apart 0)"]);
    expect(pathTree([document({ findings: findings.slice(0, 2) })])).toEqual([]);
  });

  test("of very deep stacks and of very many takes time in proportion", () => {
    const deep = Array.from({ length: 200_000 }, (_, index) => `f${index}`).join(" ");
    const many = Array.from({ length: 20_000 }, (_, index) =>
      Array.from({ length: 24 }, (__, at) => `f${(index * (at + 1)) % 977}_${at}`).join(" "),
    );
    const documents = [documentOf(deep), documentOf(...many)];
    const started = performance.now();
    const [tree] = pathTree(documents);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(tree?.nodes.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(20_001);
  });
});

const names = fc.constantFrom("a", "b", "c", "d.part.0", "d", null);
const paths = fc.array(fc.array(names, { maxLength: 12 }), { maxLength: 12 });

function documentsOf(given: readonly (readonly (string | null)[])[]): Document[] {
  return given.map((path) =>
    document({ findings: [finding({ rule, path: path.map((name, index) => step([index], name)) })] }),
  );
}

/** The steps from the outermost to each node. */
function routes(nodes: readonly PathNode[]): string[][] {
  const route: string[] = [];
  return nodes.map(({ depth, function: name }) => {
    route.length = depth;
    route.push(name ?? "??");
    return [...route];
  });
}

function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((name, index) => path[index] === name);
}

describe("for any paths the tree", () => {
  test("holds every finding with a path once, at the end of its path", () => {
    fc.assert(
      fc.property(paths, (given) => {
        const documents = documentsOf(given);
        const nodes = pathTree(documents)[0]?.nodes ?? [];
        const ends = nodes.flatMap(({ findings }, index) =>
          findings.map((end) => ({ end, route: routes(nodes)[index] })),
        );
        const expected = documents.flatMap(({ findings: [only] }, index) =>
          only === undefined || only.path.length === 0
            ? []
            : [{ index, route: folded(pathNames(only.path)) }],
        );
        const told = ends.map(({ end, route }) => ({ index: end.document, route }));
        expect(told.sort((one, other) => one.index - other.index)).toEqual(expected);
      }),
    );
  });

  test("counts at each step what ends there and what goes on", () => {
    fc.assert(
      fc.property(paths, (given) => {
        const nodes = pathTree(documentsOf(given))[0]?.nodes ?? [];
        for (const [index, node] of nodes.entries()) {
          const rest = nodes.slice(index + 1);
          const end = rest.findIndex(({ depth }) => depth <= node.depth);
          const callees = (end === -1 ? rest : rest.slice(0, end)).filter(
            ({ depth }) => depth === node.depth + 1,
          );
          expect(node.count).toBe(node.findings.length + callees.reduce((sum, { count }) => sum + count, 0));
          expect(callees.map(({ count }) => count)).toEqual(
            callees.map(({ count }) => count).sort((one, other) => other - one),
          );
        }
      }),
    );
  });

  test("says how many steps tell a path from every other", () => {
    fc.assert(
      fc.property(paths, (given) => {
        const nodes = pathTree(documentsOf(given))[0]?.nodes ?? [];
        const ends = routes(nodes).flatMap((route, index) =>
          nodes[index]?.findings.length === 0 ? [] : [route],
        );
        for (const [index, route] of routes(nodes).entries()) {
          const others = ends.filter((other) => other !== ends.find((one) => one.join() === route.join()));
          const lengths = Array.from({ length: route.length + 1 }, (_, length) => length);
          const enough = lengths.find(
            (length) => !others.some((other) => startsWith(other, route.slice(0, length))),
          );
          for (const { apart } of nodes[index]?.findings ?? []) expect(apart).toBe(enough ?? route.length);
        }
      }),
    );
  });

  test("is the same in whichever order the findings come", () => {
    fc.assert(
      fc.property(paths, (given) => {
        const shape = (of: readonly Document[]) =>
          pathTree(of).map(({ nodes }) =>
            nodes.map((node) => ({ ...node, findings: node.findings.map(({ apart }) => apart) })),
          );
        const documents = documentsOf(given);
        expect(shape([...documents].reverse())).toEqual(shape(documents));
      }),
    );
  });
});
