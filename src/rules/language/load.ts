import { packProblems } from "./check.js";
import { type Extension, extended } from "./extend.js";
import { faultsOfForm, formProblems, valueAt } from "./form.js";
import { mended } from "./mend.js";
import { isMap, namesIn } from "./names.js";
import { type Pack, packSchema } from "./pack.js";
import { packJsonSchema } from "./pack-json-schema.js";
import { type DataPath, type PackProblem, pathKey, toldProblems } from "./problems.js";
import { withRolesWrittenOut, withTitles } from "./shorthand.js";
import { packWarnings } from "./warnings.js";
import { readYaml, type Written } from "./written.js";

/** A pack that may run, or everything that is wrong with it: one `FILE:LINE:COLUMN: message` each. */
export type LoadedPack =
  | {
      readonly pack: Pack;
      readonly problems: readonly [];
      /** What is no fault and yet no use, as problems are told. */
      readonly warnings: readonly string[];
      /** `FILE:LINE:COLUMN` of a part of the pack. */
      readonly placeOf: (path: DataPath) => string;
    }
  | { readonly pack: null; readonly problems: readonly [string, ...string[]] };

/**
 * Reads a rule pack. All problems are found before any rule runs, and all are told at once; lines and columns count from 1.
 * Never throws.
 * @param file what problems name as their place
 * @param base the pack `runtime`, whose roles every other pack may name
 */
export function loadPack(yaml: string, file: string, base: Pack | null): LoadedPack {
  const { written, problems } = readYaml(yaml, file, "a pack");
  return written === null ? failed(problems) : judgePack(written, null, base);
}

/** The same for what was read already, laid over `parent`, where it extends one. Never throws. */
export function judgePack(written: Written, parent: Pack | null, base: Pack | null): LoadedPack {
  const own = isMap(written.data) ? withRolesWrittenOut(written.data) : null;
  const extension = own === null || parent === null ? null : extended(own, parent);
  const whole = extension?.data ?? own;
  const data = whole === null ? written.data : withTitles(whole);
  const where = (path: DataPath): DataPath => placeInText(path, written, extension);
  const { pack, problems } = judged(data, base, parent);
  const all = [...(extension?.problems ?? []), ...problems];
  const placeOf = (path: DataPath): string => written.placeOf(where(path));
  if (pack === null || all.length > 0)
    return failed(toldProblems(parent === null ? all : all.map((one) => withOrigin(one, parent)), placeOf));
  const warnings = packWarnings(pack).filter(({ path }) => written.has(where(path)));
  return { pack, problems: [], warnings: toldProblems(warnings, placeOf), placeOf };

  /** A fault in a part that is not written here: what was taken over does not go with what was. */
  function withOrigin(problem: PackProblem, { pack: name }: Pack): PackProblem {
    const [part = "", entry = ""] = problem.path;
    if (written.has([part, entry]) || valueAt(data, [part, entry]) === undefined) return problem;
    const place = problem.path.map(String).join(".");
    return { ...problem, message: `${problem.message} (at ${place}, which is \`${name}\`'s)` };
  }
}

/** The faults of form and of sense. The sense of what is wrong in form is looked at as if it were mended. */
function judged(
  data: unknown,
  base: Pack | null,
  parent: Pack | null,
): { readonly pack: Pack | null; readonly problems: readonly PackProblem[] } {
  const faults = faultsOfForm(packSchema, data);
  const names = namesIn(data);
  const told = formProblems(faults, data, "the pack", packJsonSchema);
  const mending = faults.length === 0 ? { data, changed: [] } : mended(packSchema, data);
  const parsed = mending === null ? null : packSchema.safeParse(mending.data);
  if (parsed === null || !parsed.success || mending === null) return { pack: null, problems: told };
  const changed = new Set(mending.changed.map(pathKey));
  const sense = packProblems(parsed.data, base, names).filter(({ path }) => !liesIn(path, changed));
  const problems = [...told, ...sense];
  const from =
    parent === null ? {} : { from: [{ name: parent.pack, version: parent.version }, ...(parent.from ?? [])] };
  return { pack: problems.length > 0 ? null : { ...parsed.data, ...from }, problems };
}

/** Whether a path lies at one of others or below it. */
function liesIn(path: DataPath, others: ReadonlySet<string>): boolean {
  return path.some((_, index) => others.has(pathKey(path.slice(0, index + 1))));
}

/** Where in the file a part of the whole pack stands. */
function placeInText(path: DataPath, { data }: Written, extension: Extension | null): DataPath {
  const [part, name, key, index, ...rest] = path;
  if (part === "roles" && key === "functions" && Array.isArray(valueAt(data, ["roles", name ?? ""])))
    return index === undefined ? ["roles", name ?? ""] : ["roles", name ?? "", index];
  const taken = extension?.appended.get(pathKey(path.slice(0, 3)));
  if (
    taken === undefined ||
    part === undefined ||
    name === undefined ||
    key === undefined ||
    typeof index !== "number"
  )
    return path;
  return [part, name, key, index - taken, ...rest];
}

function failed([first, ...rest]: readonly string[]): LoadedPack {
  return { pack: null, problems: [first ?? "the pack is empty", ...rest] };
}
