import { isMap } from "./names.js";

/** The parts of a pack whose entries may leave their title out. */
const titled = ["roles", "facts", "states", "rules"] as const;

type Data = Readonly<Record<string, unknown>>;

/** The same data with every role that is a mere list written out: the list is that of its functions. */
export function withRolesWrittenOut(data: Data): Data {
  if (!isMap(data.roles)) return data;
  return { ...data, roles: mapped(data.roles, (role) => (Array.isArray(role) ? { functions: role } : role)) };
}

/** The same data with the titles that its author left out: the names, in words. */
export function withTitles(data: Data): Data {
  const entitled = titled.flatMap((part): [string, unknown][] => {
    const entries = data[part];
    return isMap(entries) ? [[part, mapped(entries, entitle)]] : [];
  });
  return { ...withTitle(data, data.pack), ...Object.fromEntries(entitled) };
}

function entitle(entry: unknown, name: string): unknown {
  return isMap(entry) ? withTitle(entry, name) : entry;
}

function withTitle(data: Data, name: unknown): Data {
  return data.title === undefined && typeof name === "string"
    ? { ...data, title: name.replaceAll("-", " ") }
    : data;
}

function mapped(entries: Data, change: (entry: unknown, name: string) => unknown): Data {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, change(entry, name)]));
}
