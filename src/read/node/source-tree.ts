import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { bestOf, partsOf } from "../../source/tree.js";
import { UnreadableError } from "./unreadable.js";

/** What was read of a source tree. */
export interface ReadTree {
  /**
   * The text of each file by its path below the tree's root, with `/`. What was wanted and is not there, or may be one of
   * several, stands under the wanted path with an empty text: nobody takes another file of that name for it.
   */
  readonly files: ReadonlyMap<string, string>;
  /** Lines about what could not be read, for people. */
  readonly warnings: readonly string[];
}

export interface TreeLimits {
  readonly bytesOfFile: number;
  /** How many files and folders are looked at to find files by their names. */
  readonly entries: number;
}

const usual: TreeLimits = { bytesOfFile: 4 * 1024 * 1024, entries: 200_000 };

/** Folders of version control, and what an editor or a package manager keeps, hold no sources of the program. */
const skipped = new Set([".git", ".hg", ".svn", "node_modules"]);

/**
 * Reads files of a source tree, below its root only: what leaves it through `..`, a root or a symbolic link is refused. A
 * wanted file is the one whose path below the root is the longest end of the wanted path; where none is, the tree is
 * searched for the file with the longest end in common. What cannot be read is a warning; throws {@link UnreadableError}
 * where the root is no directory.
 * @param wanted paths as a trace prints them
 */
export function readSourceTree(
  root: string,
  wanted: readonly string[],
  limits: TreeLimits = usual,
): ReadTree {
  return new TreeReader(realRoot(root), limits).read(wanted);
}

function realRoot(root: string): string {
  const found = statSync(root, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return realpathSync(root);
  const message = found === undefined ? "no such directory" : "is no directory";
  throw new UnreadableError(message, "name the root of the program's sources", null);
}

class TreeReader {
  private readonly files = new Map<string, string>();
  private readonly warnings = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly limits: TreeLimits,
  ) {}

  read(wanted: readonly string[]): ReadTree {
    const paths = wanted.map(partsOf).filter((parts) => parts !== null);
    const missing = paths.filter((parts) => !this.readDirectly(parts));
    if (missing.length > 0) this.readByName(missing);
    return { files: this.files, warnings: [...this.warnings] };
  }

  /** Tries every end of the wanted path but the name alone, the longest first. */
  private readDirectly(parts: readonly string[]): boolean {
    for (let from = 0; from < parts.length - 1; from++) {
      const path = parts.slice(from).join("/");
      if (this.files.has(path)) return true;
      const real = this.below(path);
      if (real === null || !real.stats.isFile()) continue;
      this.take(path, real);
      return true;
    }
    return false;
  }

  private readByName(missing: readonly (readonly string[])[]): void {
    const byName = this.namesInTree(new Set(missing.map((parts) => parts.at(-1) ?? "")));
    for (const parts of missing) {
      const path = bestOf(parts, byName.get(parts.at(-1) ?? "") ?? []);
      const real = path === null ? null : this.below(path);
      if (path === null || real?.stats.isFile() !== true) this.files.set(parts.join("/"), "");
      else if (!this.files.has(path)) this.take(path, real);
    }
  }

  /** The paths in the tree that end with one of the names; none where the tree is too large to tell. */
  private namesInTree(names: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
    const byName = new Map([...names].map((name) => [name, [] as string[]]));
    const folders = [""];
    let entries = 0;
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of this.entriesOf(folder)) {
        if (++entries > this.limits.entries) {
          this.warnings.add(
            `${this.root}: holds more than ${this.limits.entries} files, which are not searched; name a smaller tree`,
          );
          return new Map();
        }
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (!entry.isDirectory()) byName.get(entry.name)?.push(path);
        else if (!skipped.has(entry.name)) folders.push(path);
      }
    }
    return byName;
  }

  private entriesOf(folder: string): Dirent[] {
    try {
      const entries = readdirSync(join(this.root, folder), { withFileTypes: true });
      return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    } catch (error) {
      this.warn(folder, error);
      return [];
    }
  }

  /** What a path below the root leads to; null where nothing is there, or where it leads out of the tree. */
  private below(path: string): { real: string; stats: Stats } | null {
    try {
      const real = realpathSync(join(this.root, path));
      const inside = this.root.endsWith(sep) ? this.root : this.root + sep;
      if (real.startsWith(inside)) return { real, stats: statSync(real) };
      this.warnings.add(`${path}: leads out of ${this.root} and is not read`);
      return null;
    } catch (error) {
      if (!isAbsent(error)) this.warn(path, error);
      return null;
    }
  }

  private take(path: string, { real, stats }: { real: string; stats: Stats }): void {
    const text = this.textOf(path, real, stats);
    this.files.set(path, text ?? "");
  }

  private textOf(path: string, real: string, { size }: Stats): string | null {
    if (size > this.limits.bytesOfFile) {
      this.warnings.add(`${path}: is larger than ${this.limits.bytesOfFile} bytes and is not read`);
      return null;
    }
    try {
      const bytes = readFileSync(real);
      if (!bytes.includes(0)) return bytes.toString("utf8");
      this.warnings.add(`${path}: is no text and is not read`);
    } catch (error) {
      this.warn(path, error);
    }
    return null;
  }

  private warn(path: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.warnings.add(`${path === "" ? this.root : path}: cannot be read: ${reason}`);
  }
}

/** Nothing is there, or no path can lead there. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "ENAMETOOLONG";
}
