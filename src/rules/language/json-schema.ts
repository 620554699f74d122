import { isMap } from "./names.js";

/** The keys that a JSON Schema names for the map at a path of the data; none where it leaves them open. Throws nothing. */
export function keysAllowedAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let places = alternatives([schema], schema);
  for (const key of path) {
    places = alternatives(
      places.flatMap((place) => below(place, key)),
      schema,
    );
  }
  return [...new Set(places.flatMap(({ properties }) => (isMap(properties) ? Object.keys(properties) : [])))];
}

type Place = Readonly<Record<string, unknown>>;

function below({ properties, additionalProperties, items }: Place, key: PropertyKey): unknown[] {
  if (typeof key === "number") return [items];
  const named = isMap(properties) && Object.hasOwn(properties, key) ? properties[String(key)] : undefined;
  return [named ?? additionalProperties];
}

/** The places themselves, what they refer to, and each of their alternatives; each once. */
function alternatives(starts: readonly unknown[], root: unknown): Place[] {
  const found = new Set<Place>();
  const waiting = [...starts];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (!isMap(place) || found.has(place)) continue;
    found.add(place);
    for (const list of [place.anyOf, place.oneOf, place.allOf])
      if (Array.isArray(list)) waiting.push(...list);
    if (typeof place.$ref === "string") waiting.push(referred(place.$ref, root));
  }
  return [...found];
}

/** `#/$defs/Condition` in the root. */
function referred(reference: string, root: unknown): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>((place, key) => (isMap(place) ? place[key] : undefined), root);
}
