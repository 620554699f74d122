import { isMap } from "./names.js";
import type { Pack } from "./pack.js";
import { type PackProblem, pathKey } from "./problems.js";

type Data = Readonly<Record<string, unknown>>;

/** What a pack that extends another comes to. */
export interface Extension {
  readonly data: Data;
  readonly problems: readonly PackProblem[];
  /** For each list that was appended to, by its path as one word: how many of its items are the parent's. */
  readonly appended: ReadonlyMap<string, number>;
}

/** The parts of a pack that hold entries by name. */
const named = ["roles", "facts", "states", "verdicts", "rules"] as const;
/** Those whose entries may say `extend: true`; the clauses of a state have an order, so that none can be appended. */
const extensible: readonly string[] = ["roles", "facts", "rules"];

/**
 * Lays what a pack says over all of the pack that it extends. An entry replaces the parent's entry of its name, or with
 * `extend: true` appends to its lists and replaces the rest of what it gives; `off: true` takes a rule out. The rules keep
 * the ids that they had. Throws nothing.
 */
export function extended(own: Data, parent: Pack): Extension {
  const merging = new Merging(parent);
  const { extends: _extends, ...rest } = own;
  const parts = named.flatMap((part): [string, unknown][] => {
    const entries = rest[part];
    return isMap(entries) ? [[part, merging.entries(part, entries)]] : [];
  });
  const { from: _from, ...taken } = parent;
  return {
    data: {
      ...taken,
      title: undefined,
      version: undefined,
      prefix: parent.prefix ?? parent.pack,
      ...rest,
      ...Object.fromEntries(parts),
    },
    problems: merging.problems,
    appended: merging.appended,
  };
}

class Merging {
  readonly problems: PackProblem[] = [];
  readonly appended = new Map<string, number>();

  constructor(private readonly parent: Pack) {}

  entries(part: (typeof named)[number], own: Data): Data {
    const theirs: Data = this.parent[part] ?? {};
    const merged = new Map(Object.entries(theirs));
    for (const [name, entry] of Object.entries(own)) {
      const before = merged.get(name);
      const path = [part, name];
      if (part === "rules" && isMap(entry) && entry.off !== undefined) {
        if (this.takenOut(path, entry, before !== undefined, theirs)) merged.delete(name);
      } else if (extensible.includes(part) && isMap(entry) && entry.extend === true) {
        merged.set(name, this.laidOver(path, entry, before, theirs));
      } else merged.set(name, entry);
    }
    return Object.fromEntries(merged);
  }

  private takenOut(
    path: readonly [string, string] | string[],
    entry: Data,
    known: boolean,
    theirs: Data,
  ): boolean {
    const { off, reason, ...more } = entry;
    if (off !== true)
      this.problems.push({ path: [...path, "off"], message: "write `off: true`, or nothing" });
    if (typeof reason !== "string" || reason.trim() === "")
      this.problems.push({ path, message: "a rule that is off needs a `reason`" });
    for (const key of Object.keys(more))
      this.problems.push({ path: [...path, key], message: `a rule that is off has no \`${key}\`` });
    if (!known) this.missing(path, "turn off", theirs);
    return true;
  }

  private laidOver(path: readonly string[], entry: Data, before: unknown, theirs: Data): Data {
    const { extend: _extend, ...own } = entry;
    if (!isMap(before)) {
      this.missing(path, "extend", theirs);
      return own;
    }
    const merged = Object.entries(own).map(([key, value]): [string, unknown] => {
      const list = before[key];
      if (!Array.isArray(list) || !Array.isArray(value)) return [key, value];
      this.appended.set(pathKey([...path, key]), list.length);
      return [key, [...list, ...value]];
    });
    return { ...before, ...Object.fromEntries(merged) };
  }

  private missing(path: readonly string[], what: string, theirs: Data): void {
    const [part = "", name = ""] = path;
    this.problems.push({
      path,
      message: `the pack \`${this.parent.pack}\` has no ${part.slice(0, -1)} \`${name}\` to ${what}`,
      meant: { word: name, among: Object.keys(theirs) },
    });
  }
}
