/** A file of a source tree: its path below the tree's root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a source tree, as the rules ask for them. */
export interface SourceFiles {
  /** The file that a frame names (`../hw/virtio/virtio.c`), or null where none or more than one may be meant. Never throws. */
  text(file: string): SourceFile | null;
}

/** A longer path is no path. */
const longestPath = 4096;

/** Whether a file's name is that of a C or C++ source. */
export function isC(file: string): boolean {
  return /\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|inc|C|H)$/.test(file.slice(-longestPath));
}

/**
 * The parts of a printed path, without a drive, a root and `.` and `..` at its front (`../softmmu/memory.c`,
 * `C:\qemu\cpus.c`). Null for what names no file below a tree: `..` further on, a control character, nothing, too much.
 */
export function partsOf(file: string): readonly string[] | null {
  if (file.length > longestPath || Array.from(file).some((character) => character < " ")) return null;
  const parts = file
    .replace(/^[A-Za-z]:(?=[\\/])/, "")
    .split(/[\\/]+/)
    .filter((part) => part !== "" && part !== ".");
  const first = parts.findIndex((part) => part !== "..");
  const inner = first === -1 ? [] : parts.slice(first);
  return inner.length === 0 || inner.includes("..") || /[\\/]$/.test(file) ? null : inner;
}

/**
 * The one of several paths with the longest end in common with a printed one; of two with the same the one that has
 * nothing in front of it. The name alone must be that of one path only. Null where none is meant, or more than one.
 * @param wanted as {@link partsOf} gives it
 * @param paths below the root, with `/`; each is looked at once
 */
export function bestOf(wanted: readonly string[], paths: Iterable<string>): string | null {
  let best: { path: string; rank: number } | null = null;
  let twins = false;
  for (const path of paths) {
    const parts = path.split("/");
    const common = commonEnd(wanted, parts);
    if (common === 0) continue;
    const rank = 2 * common + (common > 1 && common === parts.length ? 1 : 0);
    if (best !== null && rank < best.rank) continue;
    twins = best !== null && rank === best.rank && path !== best.path;
    best = { path, rank };
  }
  return twins ? null : (best?.path ?? null);
}

/**
 * @param files the text of each file by its path below the tree's root, with `/`. Of files with one name all that a
 *   frame may mean must be there, or else the name alone is taken for one of them; what is not known may have an empty text
 */
export function sourceFiles(files: ReadonlyMap<string, string>): SourceFiles {
  const byName = new Map<string, string[]>();
  for (const path of files.keys()) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [path]);
    else known.push(path);
  }
  return {
    text(file) {
      const parts = partsOf(file);
      const path = parts === null ? null : bestOf(parts, byName.get(parts.at(-1) ?? "") ?? []);
      return path === null ? null : { path, text: files.get(path) ?? "" };
    },
  };
}

/** How many parts two paths have in common from their end on. */
function commonEnd(one: readonly string[], other: readonly string[]): number {
  let common = 0;
  while (common < Math.min(one.length, other.length) && one.at(-1 - common) === other.at(-1 - common))
    common++;
  return common;
}
