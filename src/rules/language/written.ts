import {
  type Document,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import type { DataPath } from "./problems.js";

/** What a file says, as plain data, with a way back to the places of its text. */
export interface Written {
  readonly file: string;
  readonly data: unknown;
  /** `FILE:LINE:COLUMN` of the innermost part of a path that is there. */
  placeOf(path: DataPath): string;
  /** Whether all of a path is there. */
  has(path: DataPath): boolean;
}

export type ReadYaml =
  | { readonly written: Written; readonly problems: readonly [] }
  | { readonly written: null; readonly problems: readonly string[] };

/** Nobody writes longer ones by hand; in UTF-16 units. */
const longest = 1 << 19;
/** Conditions of conditions; what lies deeper is no pack. */
const deepest = 100;
/** What the YAML library takes more than linear time for, or all memory: deep indentation, and `? ` for a key. */
const deepLine = /^[ ?:-]{400}|(?:[?:-] +){20}/m;
const explicitKey = /(?<![^\s[{,])\?(?=\s)/g;
const mostExplicitKeys = 50;
/** A bracket that is not closed makes an error of every line below it. */
const mostErrors = 20;

/**
 * Reads YAML that may be hostile: no aliases (a few lines of them can stand for more than fits into memory, or for
 * themselves), no merges, no key twice, bounded in length and depth. Lines and columns count from 1. Never throws.
 * @param file what problems name as their place
 * @param what what the file is, for problems: `a pack`
 */
export function readYaml(text: string, file: string, what: string): ReadYaml {
  const refused = refusal(text, what);
  const lines = new LineCounter();
  const document = refused === null ? composed(text, lines) : null;
  if (document === null) return failed([`${file}:1:1: ${refused ?? `${what} is not nested that deeply`}`]);
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  if (document.errors.length > 0)
    return failed(
      document.errors.slice(0, mostErrors).map(({ pos, message }) => `${place(pos[0])}: ${message}`),
    );
  const problems = faultsOf(document, what);
  if (problems.length > 0)
    return failed(problems.map(({ offset, message }) => `${place(offset)}: ${message}`));
  const data = plainData(document);
  if (data === undefined) return failed([`${place(0)}: this cannot be read as plain data`]);
  const written: Written = {
    file,
    data,
    placeOf: (path) => place(followed(document.contents, path).offset),
    has: (path) => followed(document.contents, path).whole,
  };
  return { written, problems: [] };
}

function failed(problems: readonly string[]): ReadYaml {
  return { written: null, problems };
}

function refusal(text: string, what: string): string | null {
  if (text.length > longest) return `${what} has no more than ${longest} characters`;
  if (deepLine.test(text)) return `${what} is not indented that deeply`;
  const keys = text.matchAll(explicitKey);
  for (let count = 0; keys.next().done !== true; count++)
    if (count === mostExplicitKeys) return `${what} writes its keys without \`?\``;
  return null;
}

/** Null where it is nested too deeply to be read. */
function composed(text: string, lineCounter: LineCounter): Document | null {
  try {
    // Keys that are there twice are looked for below: the library's own search is quadratic, and so are its pretty errors.
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, logLevel: "error" });
  } catch {
    return null;
  }
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** What is YAML and yet nothing for us. */
function faultsOf(document: Document, what: string): Fault[] {
  const faults: Fault[] = [];
  const tell = (node: unknown, message: string): void => {
    faults.push({ offset: startOf(node) ?? 0, message });
  };
  visit(document, {
    Node: (_, node, { length }) => {
      if (length <= deepest) return undefined;
      tell(node, `${what} is not nested that deeply`);
      return visit.BREAK;
    },
    Alias: (_, node) => tell(node, `${what} has no aliases`),
    Map: (_, map) => {
      for (const key of repeatedKeys(map)) tell(key, `the key \`${String(key)}\` is there already`);
    },
  });
  return faults;
}

function repeatedKeys({ items }: YAMLMap): unknown[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    const repeated = seen.has(String(key));
    seen.add(String(key));
    return repeated ? [key] : [];
  });
}

/** Undefined where the document is well formed and yet no data (a merge of what is no map). */
function plainData(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** Goes along a path as far as it is there: to the key, where a map has one, else to the value. */
function followed(contents: unknown, path: DataPath): { readonly offset: number; readonly whole: boolean } {
  let node = contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isPair(item) && String(item.key) === String(key))
      : undefined;
    const next = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const start = startOf(pair?.key) ?? startOf(next);
    if (start === null) return { offset, whole: false };
    offset = start;
    node = next;
  }
  return { offset, whole: true };
}

function startOf(node: unknown): number | null {
  return isNode(node) && node.range !== null && node.range !== undefined ? node.range[0] : null;
}
