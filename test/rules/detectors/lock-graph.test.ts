import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circlesIn, lockGraphOf } from "../../../src/rules/detectors/lock-graph.js";
import { lockOf, sceneWith, threadOf } from "./threads.js";

/** For each node the node that its arrow points to. */
const arrows = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.option(fc.integer({ min: 0, max: size - 1 })), { minLength: size, maxLength: size }),
  );

/** Whether following the arrows leads from a node back to it. */
function returns(next: readonly (number | null)[], start: number): boolean {
  let node = next[start] ?? null;
  for (let steps = 0; node !== null && steps < next.length; steps++) {
    if (node === start) return true;
    node = next[node] ?? null;
  }
  return false;
}

/** The last node on the way from one, or null where the way has no end. */
function lastOf(next: readonly (number | null)[], start: number): number | null {
  let node = start;
  for (let steps = 0; steps <= next.length; steps++) {
    const after = next[node] ?? null;
    if (after === null) return node;
    node = after;
  }
  return null;
}

/** Each thread waits for a lock of its own, whose owner is the thread that its arrow points to. */
function sceneOfArrows(next: readonly (number | null)[]) {
  return sceneWith(
    next.map((to, index) => threadOf(index, to === null ? null : { lock: lockOf(index), owner: to })),
  );
}

describe("circles in a graph with one arrow from each node", () => {
  it("hold exactly the nodes from which a way leads back, each in the order of its arrows", () => {
    fc.assert(
      fc.property(arrows, (next) => {
        const { rings } = circlesIn(next);
        const found = rings.flat().toSorted((one, other) => one - other);
        expect(found).toEqual(next.flatMap((_, node) => (returns(next, node) ? [node] : [])));
        for (const ring of rings) expect(ring.map((node) => next[node])).toEqual([...ring.slice(1), ring[0]]);
      }),
    );
  });

  it("take all ways that lead into them; the others have an end", () => {
    fc.assert(
      fc.property(arrows, (next) => {
        const { rings, ends } = circlesIn(next);
        for (const [node, end] of ends.entries()) {
          expect(end.ring === null ? end.thread : null).toBe(lastOf(next, node));
          if (end.ring !== null) expect(rings[end.ring]).toBeDefined();
        }
      }),
    );
  });
});

describe("the graph of who waits for whom", () => {
  it("has the circles of the locks' owners, and counts who waits behind each", () => {
    fc.assert(
      fc.property(arrows, (next) => {
        const { cycles } = lockGraphOf(sceneOfArrows(next));
        const inside = cycles.flatMap(({ edges }) => edges.map(({ wait }) => wait.thread.index));
        expect(inside.toSorted((one, other) => one - other)).toEqual(
          next.flatMap((_, node) => (returns(next, node) ? [node] : [])),
        );
        const behind = cycles.reduce((sum, cycle) => sum + cycle.behind, 0);
        const stuck = next.filter((_, node) => lastOf(next, node) === null).length;
        expect(behind).toBe(stuck - inside.length);
      }),
    );
  });

  it("begins each circle with the thread that comes first in the text", () => {
    const { cycles } = lockGraphOf(sceneOfArrows([3, null, 0, 2]));
    expect(cycles.map(({ edges }) => edges.map(({ wait }) => wait.thread.index))).toEqual([[0, 3, 2]]);
  });

  it.each([
    ["one ring", (index: number, count: number) => (index + 1) % count],
    ["pairs", (index: number) => index ^ 1],
    ["one chain", (index: number, count: number) => (index + 1 < count ? index + 1 : null)],
    ["all behind the first", (index: number) => (index === 0 ? null : 0)],
  ])("is read in time: ten thousand threads, %s", (_, to) => {
    const count = 10_000;
    const scene = sceneOfArrows(Array.from({ length: count }, (_, index) => to(index, count)));
    const start = performance.now();
    const { cycles } = lockGraphOf(scene);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(cycles.length).toBeLessThanOrEqual(count / 2);
  });
});
