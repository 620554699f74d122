import { type Document, isMap, isNode, isPair, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { type PackProblem, packProblems } from "./check.js";
import { type Pack, packSchema } from "./pack.js";

/** A pack that may run, or everything that is wrong with it: one `FILE:LINE:COLUMN: message` each. */
export type LoadedPack =
  | { readonly pack: Pack; readonly problems: readonly [] }
  | { readonly pack: null; readonly problems: readonly [string, ...string[]] };

/**
 * Reads a rule pack. All problems are found before any rule runs, and all are told at once; lines and columns count from 1.
 * Never throws.
 * @param file what problems name as their place
 * @param base the pack `runtime`, whose roles every other pack may name
 */
export function loadPack(yaml: string, file: string, base: Pack | null): LoadedPack {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, logLevel: "error" });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return failed(document.errors.map(({ pos, message }) => `${place(pos[0])}: ${withoutPlace(message)}`));
  }
  const aliases = aliasesIn(document);
  if (aliases.length > 0) return failed(aliases.map((offset) => `${place(offset)}: a pack has no aliases`));
  const written = plainData(document);
  if (written === null) return failed([`${place(0)}: this cannot be read as plain data`]);
  const parsed = packSchema.safeParse(written);
  const problems = parsed.success
    ? packProblems(parsed.data, base)
    : allProblems(written, parsed.error.issues, base);
  if (parsed.success && problems.length === 0) return { pack: parsed.data, problems: [] };
  return failed(
    problems.map(({ path, message }) => `${place(offsetOf(document.contents, path))}: ${message}`),
  );
}

/** Null where the document is well formed and yet no data (a merge of what is no map). */
function plainData(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return null;
  }
}

/** The library ends its message with the place, and lines of the text below it. */
function withoutPlace(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}

/** The faults of form, and if nothing but unknown keys is wrong with it, those of sense as well. */
function allProblems(written: unknown, issues: readonly Issue[], base: Pack | null): PackProblem[] {
  const known = structuredClone(written);
  for (const { path, keys = [] } of issues) for (const key of keys) removeAt(known, [...path, key]);
  const parsed = packSchema.safeParse(known);
  return [...schemaProblems(issues), ...(parsed.success ? packProblems(parsed.data, base) : [])];
}

function removeAt(data: unknown, path: readonly PropertyKey[]): void {
  const [key, ...rest] = path;
  if (typeof data !== "object" || data === null || key === undefined) return;
  if (rest.length > 0) removeAt(Reflect.get(data, key), rest);
  else Reflect.deleteProperty(data, key);
}

/** Where aliases stand: a few lines of them can stand for more than fits into memory, or for themselves. */
function aliasesIn(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, { Alias: (_, node) => void offsets.push(node.range?.[0] ?? 0) });
  return offsets;
}

function failed([first, ...rest]: readonly string[]): LoadedPack {
  return { pack: null, problems: [first ?? "the pack is empty", ...rest] };
}

/** The parts of zod's issues that are told. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
}

function schemaProblems(issues: readonly Issue[]): PackProblem[] {
  return issues.flatMap(({ code, path, message, keys, errors, issues: inner }): PackProblem[] => {
    if (code === "unrecognized_keys" && keys !== undefined) {
      return keys.map((key) => ({
        path: [...path, key],
        message: `unknown key \`${key}\` in ${dotted(path)}`,
      }));
    }
    const nearest = errors?.toSorted((one, other) => depthOf(other) - depthOf(one))[0];
    if (code === "invalid_union" && nearest !== undefined) {
      return schemaProblems(nearest.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
    }
    if (code === "invalid_key" && inner !== undefined) {
      return inner.map((issue) => ({ path, message: `${dotted(path)}: ${issue.message}` }));
    }
    return [{ path, message: `${dotted(path)}: ${message}` }];
  });
}

/** Of the alternatives of a union the one is meant that went on the longest. */
function depthOf(issues: readonly Issue[]): number {
  return Math.min(...issues.map(({ path }) => path.length));
}

function dotted(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the pack" : path.map(String).join(".");
}

/** Where in the text the innermost part of a path stands that is there. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isPair(item) && String(item.key) === String(key))
      : undefined;
    const next = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const start = startOf(pair?.key) ?? startOf(next);
    if (start === null) break;
    offset = start;
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) && node.range !== null && node.range !== undefined ? node.range[0] : null;
}
