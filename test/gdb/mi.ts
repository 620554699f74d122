/** A value of gdb/MI: a C string, a list, or a tuple. Results in a list (`[frame={…},frame={…}]`) lose their names. */
type MiValue = string | readonly MiValue[] | MiTuple;
type MiTuple = ReadonlyMap<string, MiValue>;

/** A frame as `-stack-list-frames` and `-stack-list-arguments` give it. */
export interface MiFrame {
  readonly level: number;
  readonly address: string;
  readonly function: string;
  readonly file: string | null;
  readonly fullname: string | null;
  readonly line: number | null;
  readonly library: string | null;
  /** With `NAME@entry` items, as MI gives them; a null value where MI leaves it out. */
  readonly arguments: readonly { readonly name: string; readonly value: string | null }[];
}

export interface MiThread {
  readonly number: string;
  readonly target: string;
  readonly name: string | null;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  e: "\u001b",
  b: "\b",
  f: "\f",
  a: "\u0007",
  v: "\v",
};

/** Reads `name=value,name=value` from `text`. Throws an Error where it is no MI. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  tuple(end: string | null): MiTuple {
    const results = new Map<string, MiValue>();
    while (!this.ends(end)) {
      const name = /[\w-]+=/y;
      name.lastIndex = this.at;
      const found = name.exec(this.text)?.[0];
      if (found === undefined) throw new Error(`no result: ${this.rest()}`);
      this.at += found.length;
      results.set(found.slice(0, -1), this.value());
      this.skip(",");
    }
    return results;
  }

  private list(): MiValue[] {
    const values: MiValue[] = [];
    while (!this.ends("]")) {
      const name = /[\w-]+=/y;
      name.lastIndex = this.at;
      this.at += name.exec(this.text)?.[0].length ?? 0;
      values.push(this.value());
      this.skip(",");
    }
    return values;
  }

  private value(): MiValue {
    if (this.skip('"')) return this.string();
    if (this.skip("{")) return this.tuple("}");
    if (this.skip("[")) return this.list();
    throw new Error(`no value: ${this.rest()}`);
  }

  /** The bytes of a C string are UTF-8; MI writes those above 127 in octal. */
  private string(): string {
    const bytes: Buffer[] = [];
    while (!this.skip('"')) {
      const piece = /\\([0-7]{3})|\\(.)|[^"\\]+/y;
      piece.lastIndex = this.at;
      const match = piece.exec(this.text);
      if (match === null) throw new Error(`no string: ${this.rest()}`);
      const [whole, octal, escaped] = match;
      this.at += whole.length;
      if (octal !== undefined) bytes.push(Buffer.of(Number.parseInt(octal, 8)));
      else bytes.push(Buffer.from(escaped === undefined ? whole : (simpleEscapes[escaped] ?? escaped)));
    }
    return Buffer.concat(bytes).toString();
  }

  private ends(end: string | null): boolean {
    return end === null ? this.at >= this.text.length : this.skip(end);
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private rest(): string {
    return this.text.slice(this.at, this.at + 60);
  }
}

/** The results of every `^done` record in `output`, in their order. Throws an Error where one is no MI. */
function recordsOf(output: string): MiTuple[] {
  return [...output.matchAll(/^(?:\(gdb\) )*\^done,(.*)$/gm)].map(([, results = ""]) =>
    new Reader(results).tuple(null),
  );
}

function textIn(tuple: MiTuple, name: string): string | null {
  const value = tuple.get(name);
  return typeof value === "string" ? value : null;
}

const isTuple = (value: MiValue): value is MiTuple => value instanceof Map;

/** The tuples of the list that a tuple has under `name`. */
function tuplesIn(tuple: MiTuple | undefined, name: string): MiTuple[] {
  const list = tuple?.get(name);
  return Array.isArray(list) ? list.filter(isTuple) : [];
}

/** The stack that a `-stack-list-frames` and a `-stack-list-arguments` in `output` describe together. */
export function miStack(output: string): MiFrame[] {
  const records = recordsOf(output);
  const frames = tuplesIn(
    records.find((record) => record.has("stack")),
    "stack",
  );
  const lists = tuplesIn(
    records.find((record) => record.has("stack-args")),
    "stack-args",
  );
  return frames.map((frame, index) => frameOf(frame, tuplesIn(lists[index], "args")));
}

/** What `-thread-info` in `output` says of each thread. */
export function miThreads(output: string): MiThread[] {
  return recordsOf(output)
    .flatMap((record) => tuplesIn(record, "threads"))
    .map((thread) => ({
      number: textIn(thread, "id") ?? "",
      target: textIn(thread, "target-id") ?? "",
      name: textIn(thread, "name"),
    }));
}

function frameOf(frame: MiTuple, argumentList: readonly MiTuple[]): MiFrame {
  const line = textIn(frame, "line");
  return {
    level: Number(textIn(frame, "level")),
    address: textIn(frame, "addr") ?? "",
    function: textIn(frame, "func") ?? "",
    file: textIn(frame, "file"),
    fullname: textIn(frame, "fullname"),
    line: line === null ? null : Number(line),
    library: textIn(frame, "from"),
    arguments: argumentList.map((item) => ({
      name: textIn(item, "name") ?? "",
      value: textIn(item, "value"),
    })),
  };
}
