import type { z } from "zod";
import { type Fault, faultsOfForm, valueAt } from "./form.js";
import { isMap } from "./names.js";
import { type DataPath, pathKey } from "./problems.js";

/** Data whose form is right, and where something else stood or nothing. */
export interface Mended {
  readonly data: unknown;
  readonly changed: readonly DataPath[];
}

/** Every round is a reading of the whole pack; what is still wrong after so many is wrong through and through. */
const mostRounds = 12;

/**
 * Data with the faults of its form replaced by something of the right form, so that its sense can be looked at as well:
 * who writes a wrong key and a wrong name shall hear of both. Lists keep their length. Null where that does not succeed.
 * Throws nothing.
 */
export function mended(schema: z.ZodType, data: unknown): Mended | null {
  const copy = structuredClone(data);
  const changed: DataPath[] = [];
  const visits = new Map<string, number>();
  for (let round = 0; round < mostRounds; round++) {
    const faults = faultsOfForm(schema, copy);
    if (faults.length === 0) return { data: copy, changed };
    for (const fault of faults) {
      if (fault.path.length === 0) return null;
      const key = pathKey(fault.path);
      const visit = (visits.get(key) ?? 0) + 1;
      visits.set(key, visit);
      changed.push(mendOne(copy, fault, visit));
    }
  }
  return null;
}

/** Replaces what is wrong; where that did not help, leaves it out, then what it is in. Gives the path that was changed. */
function mendOne(data: unknown, fault: Fault, visit: number): DataPath {
  const { path, code } = fault;
  if (code === "unrecognized_keys" || code === "invalid_key" || visit === 2) return leaveOut(data, path);
  if (visit > 2) return leaveOut(data, path.slice(0, -1));
  const value = replacement(fault, valueAt(data, path));
  const parent = valueAt(data, path.slice(0, -1));
  const key = path.at(-1);
  if (value === undefined || key === undefined || typeof parent !== "object" || parent === null)
    return leaveOut(data, path);
  Reflect.set(parent, key, value);
  return path;
}

/** The simplest value of a type, by zod's name for it. */
const simplest: Readonly<Record<string, () => unknown>> = {
  string: () => "x",
  int: () => 1,
  number: () => 1,
  boolean: () => true,
  array: () => ["x"],
  object: () => ({}),
  record: () => ({}),
};

function replacement({ expected, values }: Fault, written: unknown): unknown {
  if (expected !== null) return simplest[expected]?.();
  if (values.length > 0) return values[0];
  return typeof written === "string" ? "x" : undefined;
}

/** Leaves out the entry of the innermost map that holds the path. */
function leaveOut(data: unknown, path: DataPath): DataPath {
  for (let length = path.length; length > 0; length--) {
    const parent = valueAt(data, path.slice(0, length - 1));
    const key = path[length - 1];
    if (!isMap(parent) || key === undefined) continue;
    Reflect.deleteProperty(parent, key);
    return path.slice(0, length);
  }
  return path;
}
