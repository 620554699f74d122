/** What a pack has names for. */
export interface Names {
  readonly roles: readonly string[];
  readonly facts: readonly string[];
  readonly states: readonly string[];
  readonly verdicts: readonly string[];
}

/** The names that data gives in the places where a pack has them, whatever stands below. Throws nothing. */
export function namesIn(data: unknown): Names {
  const keysOf = (part: string): string[] => {
    const map = isMap(data) ? data[part] : undefined;
    // A name that is wrong for its capitals is there all the same.
    return isMap(map) ? [...new Set(Object.keys(map).flatMap((key) => [key, key.toLowerCase()]))] : [];
  };
  return {
    roles: keysOf("roles"),
    facts: keysOf("facts"),
    states: keysOf("states"),
    verdicts: keysOf("verdicts"),
  };
}

/** Whether data is a map of keys to values: no list, no word, no null. */
export function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
