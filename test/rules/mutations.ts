import type { Pack } from "../../src/rules/language/pack.js";

/** A pack of which one part was taken away, and where that part stood. */
export interface Mutation {
  readonly path: string;
  readonly pack: Pack;
}

/** What proves facts, decides states and makes rules speak: of each list every item, of each map every entry. */
const parts: readonly (readonly string[])[] = [
  ["rules", "*"],
  ["rules", "*", "holders", "*"],
  ["rules", "*", "cuts", "*"],
  ["rules", "*", "doubts", "*"],
  ["rules", "*", "remarks", "*"],
  ["rules", "*", "grade", "*"],
  ["facts", "*", "conditions", "*"],
  ["facts", "*", "terms", "*"],
  ["facts", "*", "messages", "*"],
  ["facts", "*", "thread-names", "*"],
  ["facts", "*", "detected"],
  ["facts", "*", "aborting-in"],
  ["facts", "*", "shown-by"],
  ["facts", "*", "dying-in"],
  ["facts", "*", "failing-in"],
  ["facts", "*", "refuted-by"],
  ["facts", "*", "alone"],
  ["states", "*", "decide", "*"],
  ["verdicts", "*"],
  ["contexts", "*"],
];

/** Every mutation of a pack that takes one part away. The last clause of a state, which decides where no other does, stays. */
export function mutationsOf(pack: Pack): Mutation[] {
  return parts
    .flatMap((pattern) => pathsIn(pack, pattern))
    .map((path) => {
      const mutant = structuredClone(pack);
      removeAt(mutant, path);
      return { path: path.join("."), pack: mutant };
    });
}

function pathsIn(data: unknown, [key, ...rest]: readonly string[]): string[][] {
  if (typeof data !== "object" || data === null || key === undefined) return [];
  const keys = key === "*" ? Object.keys(data) : Object.hasOwn(data, key) ? [key] : [];
  const found = keys.flatMap((one) =>
    rest.length === 0 ? [[one]] : pathsIn(Reflect.get(data, one), rest).map((path) => [one, ...path]),
  );
  return key === "*" && Array.isArray(data) && isDecision(data) ? found.slice(0, -1) : found;
}

function isDecision(list: readonly unknown[]): boolean {
  return list.some((item) => typeof item === "object" && item !== null && "is" in item);
}

function removeAt(data: unknown, [key, ...rest]: readonly string[]): void {
  if (typeof data !== "object" || data === null || key === undefined) return;
  if (rest.length > 0) removeAt(Reflect.get(data, key), rest);
  else if (Array.isArray(data)) data.splice(Number(key), 1);
  else Reflect.deleteProperty(data, key);
}
