import type { z } from "zod";
import { keysAllowedAt } from "./json-schema.js";
import { isMap } from "./names.js";
import { type DataPath, mostHints, type PackProblem, pathKey } from "./problems.js";

/** One fault of form: at the place itself, of the alternatives of a union only the one that was meant. */
export interface Fault {
  readonly path: DataPath;
  readonly message: string;
  /** What zod calls it. */
  readonly code: string;
  /** The type that is wanted there, where another one or nothing stands. */
  readonly expected: string | null;
  /** The values that may stand there, where they are few. */
  readonly values: readonly unknown[];
}

/** The parts of zod's issues that are told. */
interface Issue {
  readonly code: string;
  readonly path: DataPath;
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
  readonly expected?: string;
  readonly values?: readonly unknown[];
}

/** What is wrong with the form of data, each fault with its own place. Throws nothing. */
export function faultsOfForm(schema: z.ZodType, data: unknown): Fault[] {
  const parsed = schema.safeParse(data);
  return parsed.success ? [] : faultsOf(parsed.error.issues);
}

function faultsOf(issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const { code, path, keys, errors, issues: inner } = issue;
    if (code === "unrecognized_keys" && keys !== undefined)
      return keys.map((key) => faultOf(issue, [...path, key]));
    const nearest = errors?.toSorted((one, other) => depthOf(other) - depthOf(one))[0];
    if (code === "invalid_union" && nearest !== undefined)
      return faultsOf(nearest.map((one) => ({ ...one, path: [...path, ...one.path] })));
    if (code === "invalid_key" && inner !== undefined)
      return inner.map(({ message }) => faultOf({ ...issue, message }, path));
    return [faultOf(issue, path)];
  });
}

function faultOf({ code, message, expected, values }: Issue, path: DataPath): Fault {
  return { path, message, code, expected: expected ?? null, values: values ?? [] };
}

/** Of the alternatives of a union the one is meant that went on the longest. */
function depthOf(issues: readonly Issue[]): number {
  return Math.min(...issues.map(({ path }) => path.length));
}

/**
 * Puts faults of form into words.
 * @param what what the data is as a whole: `the pack`
 * @param schemaOf gives the JSON Schema that tells which keys may stand where; asked where a key is wrong
 */
export function formProblems(
  faults: readonly Fault[],
  data: unknown,
  what: string,
  schemaOf: () => unknown,
): PackProblem[] {
  const misspelt = new Set(
    faults.flatMap(({ code, path }) => (code === "unrecognized_keys" ? [pathKey(path.slice(0, -1))] : [])),
  );
  const schema = misspelt.size > 0 ? schemaOf() : null;
  return (
    faults
      // A map with a misspelt key lacks the right one: its faults as a whole would tell that again.
      .filter(({ code, path }) => code !== "custom" || !misspelt.has(pathKey(path)))
      .map((fault, index) => {
        const hints = index < mostHints ? schema : null;
        return fault.code === "unrecognized_keys"
          ? unknownKey(fault.path, what, hints)
          : wrongValue(fault, valueAt(data, fault.path), what);
      })
  );
}

function unknownKey(path: DataPath, what: string, schema: unknown): PackProblem {
  const place = path.slice(0, -1);
  const key = String(path.at(-1));
  return {
    path,
    message: `unknown key \`${key}\` in ${dotted(place, what)}`,
    meant: { word: key, among: keysAllowedAt(schema, place) },
  };
}

function wrongValue({ path, message, values }: Fault, written: unknown, what: string): PackProblem {
  if (written === undefined) return { path, message: `${dotted(path, what)} is missing` };
  const words = values.filter((value) => typeof value === "string");
  const meant = typeof written === "string" && words.length > 0 ? { word: written, among: words } : undefined;
  return { path, message: `${dotted(path, what)}: ${message}`, meant };
}

function dotted(path: DataPath, what: string): string {
  return path.length === 0 ? what : path.map(String).join(".");
}

/** What stands at a path of plain data; undefined where nothing does. */
export function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isMap(value) && Object.hasOwn(value, key)) value = value[String(key)];
    else return undefined;
  }
  return value;
}
