import { placeholdersOf } from "../message.js";
import { isMap } from "./names.js";
import type { Pack } from "./pack.js";
import type { DataPath, PackProblem } from "./problems.js";

/** Under these keys stand titles and patterns: what reads like a name there is none. */
const noNames: ReadonlySet<string> = new Set(["title", "functions", "files", "libraries", "variables"]);
/** The keys of what stands under these are names of states. */
const stateMaps: ReadonlySet<string> = new Set(["state", "refuted-by"]);

/** What is no fault of a pack and yet no use: roles, facts and states that nothing names, patterns that stand in a list twice. */
export function packWarnings(pack: Pack): PackProblem[] {
  const used = new Set<string>();
  collect(pack, "", used);
  // The engine itself reads the roles of `runtime`.
  const roles = pack.pack === "runtime" ? [] : unused("roles", pack.roles, used);
  return [
    ...roles,
    ...unused("facts", pack.facts, used),
    ...unused("states", pack.states, used),
    ...repeated(pack, []),
  ];
}

/** Every word that may be a name, wherever it stands. */
function collect(data: unknown, under: string, used: Set<string>): void {
  if (noNames.has(under)) return;
  if (typeof data === "string") {
    used.add(data);
    for (const name of placeholdersOf(data)) used.add(name);
  } else if (Array.isArray(data)) for (const item of data) collect(item, under, used);
  else if (isMap(data)) {
    for (const [key, value] of Object.entries(data)) {
      if (stateMaps.has(under)) used.add(key);
      collect(value, key, used);
    }
  }
}

function unused(
  part: "roles" | "facts" | "states",
  entries: object | undefined,
  used: ReadonlySet<string>,
): PackProblem[] {
  return Object.keys(entries ?? {})
    .filter((name) => !used.has(name))
    .map((name) => ({ path: [part, name], message: `nothing names the ${part.slice(0, -1)} \`${name}\`` }));
}

/** Words that stand in one list twice. */
function repeated(data: unknown, path: DataPath): PackProblem[] {
  if (Array.isArray(data)) {
    const first = new Map<unknown, number>();
    return data.flatMap((item: unknown, index): PackProblem[] => {
      if (typeof item !== "string") return repeated(item, [...path, index]);
      if (first.has(item))
        return [{ path: [...path, index], message: `\`${item}\` stands in this list already` }];
      first.set(item, index);
      return [];
    });
  }
  return isMap(data) ? Object.entries(data).flatMap(([key, value]) => repeated(value, [...path, key])) : [];
}
