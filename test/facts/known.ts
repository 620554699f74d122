import type { KnownValue } from "../../src/model/trace.js";

const nowhere = { offset: 0, line: 1, column: 1 };

/** Values by the names that they have, all of one frame. */
export function knownValues(values: Readonly<Record<string, string>>): KnownValue[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    source: "argument",
    level: 4,
    span: { start: nowhere, end: nowhere },
  }));
}
