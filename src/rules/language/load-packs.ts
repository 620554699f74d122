import { judgePack, type LoadedPack } from "./load.js";
import { isMap } from "./names.js";
import type { Pack } from "./pack.js";
import { type DataPath, type PackProblem, toldProblems } from "./problems.js";
import { readYaml, type Written } from "./written.js";

/** A file that should hold a pack. */
export interface PackText {
  /** What problems name as its place. */
  readonly file: string;
  readonly text: string;
}

/** A pack of the user's own. */
export interface OwnPack {
  readonly pack: Pack;
  readonly file: string;
  /** `FILE:LINE:COLUMN` of a part of it. */
  readonly placeOf: (path: DataPath) => string;
}

export interface LoadedPacks {
  /** What is in force: the built-in packs with the user's in the place of those that they extend, then the user's others. */
  readonly packs: readonly Pack[];
  /** In the order of the files. */
  readonly own: readonly OwnPack[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Loads packs of the user's own beside the built-in ones, whatever the order of the files: one may extend another. All that is
 * wrong with any of them is told at once. Never throws.
 * @param builtIn with the pack `runtime` among them
 */
export function loadPacks(texts: readonly PackText[], builtIn: readonly Pack[]): LoadedPacks {
  return new Loading(texts, builtIn).load();
}

interface File {
  readonly written: Written;
  readonly name: string | null;
  readonly parent: string | null;
}

class Loading {
  private readonly problems: string[] = [];
  private readonly warnings: string[] = [];
  private readonly files: readonly File[];
  /** What became of a file; null while it is loaded, so that a circle is noticed. */
  private readonly loaded = new Map<File, OwnPack | "faulty" | null>();

  constructor(
    texts: readonly PackText[],
    private readonly builtIn: readonly Pack[],
  ) {
    this.files = texts.flatMap(({ file, text }) => {
      const { written, problems } = readYaml(text, file, "a pack");
      this.problems.push(...problems);
      return written === null ? [] : [fileOf(written)];
    });
  }

  load(): LoadedPacks {
    for (const file of this.files) this.checkName(file);
    const runtime = this.files.find(({ name }) => name === "runtime");
    if (runtime !== undefined) this.get(runtime);
    const own = this.files.flatMap((file) => this.get(file) ?? []);
    const packs = this.inForce(own);
    this.checkIds(packs, own);
    return { packs, own, problems: this.problems, warnings: this.warnings };
  }

  private tell(file: File, problem: PackProblem): void {
    this.problems.push(...toldProblems([problem], file.written.placeOf));
  }

  private checkName(file: File): void {
    const { name, parent } = file;
    if (name === null) return;
    if (this.files.find((other) => other.name === name) !== file)
      this.tell(file, { path: ["pack"], message: `there is a pack \`${name}\` already` });
    else if (parent !== name && this.builtIn.some(({ pack }) => pack === name)) {
      const message = `\`${name}\` is a pack of the program: take another name, or say \`extends: ${name}\``;
      this.tell(file, { path: ["pack"], message });
    }
    if (parent === "runtime" && name !== "runtime") {
      const message = "a pack that extends `runtime` takes its place: call it `runtime` as well";
      this.tell(file, { path: ["pack"], message });
    }
  }

  /** The pack of a file, loaded after what it extends; null where something is wrong with it. */
  private get(file: File): OwnPack | null {
    const before = this.loaded.get(file);
    if (before === null) {
      this.tell(file, { path: ["extends"], message: `the pack \`${file.name}\` extends itself` });
      this.loaded.set(file, "faulty");
      return null;
    }
    if (before !== undefined) return before === "faulty" ? null : before;
    this.loaded.set(file, null);
    const parent = file.parent === null ? null : this.parentOf(file, file.parent);
    const own = parent === undefined || this.loaded.get(file) !== null ? null : this.judge(file, parent);
    this.loaded.set(file, own ?? "faulty");
    return own;
  }

  /** Undefined where there is none, or where something is wrong with it. */
  private parentOf(file: File, name: string): Pack | undefined {
    const other = this.files.find((one) => one.name === name && one !== file && file.name !== name);
    if (other !== undefined) return this.get(other)?.pack;
    const found = this.builtIn.find(({ pack }) => pack === name);
    if (found === undefined) {
      const among = [...this.builtIn.map(({ pack }) => pack), ...this.files.flatMap((one) => one.name ?? [])];
      this.tell(file, {
        path: ["extends"],
        message: `there is no pack \`${name}\``,
        meant: { word: name, among },
      });
    }
    return found;
  }

  private judge(file: File, parent: Pack | null): OwnPack | null {
    const judged: LoadedPack = judgePack(file.written, parent, this.baseOf(file));
    if (judged.pack === null) {
      this.problems.push(...judged.problems);
      return null;
    }
    this.warnings.push(...judged.warnings);
    return { pack: judged.pack, file: file.written.file, placeOf: judged.placeOf };
  }

  /** The pack `runtime` as it is in force; none for itself. */
  private baseOf(file: File): Pack | null {
    if (file.name === "runtime") return null;
    const own = this.files.find(({ name }) => name === "runtime");
    const loaded = own === undefined ? undefined : this.loaded.get(own);
    if (loaded !== undefined && loaded !== null && loaded !== "faulty") return loaded.pack;
    return this.builtIn.find(({ pack }) => pack === "runtime") ?? null;
  }

  /** Each built-in pack, or the one that stands in its place; then the user's others. */
  private inForce(own: readonly OwnPack[]): Pack[] {
    const covered = new Map<string, OwnPack>();
    for (const one of own) {
      for (const { name } of one.pack.from ?? []) {
        const before = covered.get(name);
        if (before === undefined || extendsPack(one.pack, before.pack)) covered.set(name, one);
        else if (!extendsPack(before.pack, one.pack)) this.tellTwice(one, before, name);
      }
    }
    const others = own.filter(
      ({ pack }) =>
        !(covered.has(pack.pack) && covered.get(pack.pack)?.pack !== pack) &&
        !this.builtIn.some((one) => covered.get(one.pack)?.pack === pack),
    );
    return [
      ...this.builtIn.map((pack) => covered.get(pack.pack)?.pack ?? pack),
      ...others.map(({ pack }) => pack),
    ];
  }

  private tellTwice(one: OwnPack, before: OwnPack, name: string): void {
    const message = `\`${before.pack.pack}\` stands in the place of \`${name}\` already: extend that one`;
    this.problems.push(`${one.placeOf(["extends"])}: ${message}`);
  }

  /** A rule is known by its id: no two may share one. */
  private checkIds(packs: readonly Pack[], own: readonly OwnPack[]): void {
    const owners = new Map<string, Pack>();
    for (const pack of packs) {
      for (const name of Object.keys(pack.rules)) {
        const id = `${pack.prefix ?? pack.pack}/${name}`;
        const before = owners.get(id);
        owners.set(id, before ?? pack);
        if (before === undefined) continue;
        const at = own.find((one) => one.pack === pack);
        const message = `the pack \`${before.pack}\` has a rule ${id} already`;
        this.problems.push(at === undefined ? message : `${at.placeOf(["rules", name])}: ${message}`);
      }
    }
  }
}

function fileOf(written: Written): File {
  const { data } = written;
  const word = (key: string): string | null => {
    const value = isMap(data) ? data[key] : undefined;
    return typeof value === "string" ? value : null;
  };
  return { written, name: word("pack"), parent: word("extends") };
}

function extendsPack(pack: Pack, other: Pack): boolean {
  return (pack.from ?? []).some(({ name }) => name === other.pack);
}
