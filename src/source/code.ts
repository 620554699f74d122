import { type CSource, readC } from "./c-source.js";
import { isC, type SourceFiles } from "./tree.js";

/** A C file that a frame names. */
export interface Code {
  /** Its path below the tree's root. */
  readonly path: string;
  readonly source: CSource;
}

/** Reads C files when they are asked for, each once. */
export class CodeReader {
  private readonly asked = new Map<string, Code | null>();
  private readonly read = new Map<string, Code>();

  constructor(private readonly files: SourceFiles) {}

  /** The file that a frame names, as gdb printed it; null where it is no C or not there. Never throws. */
  of(printed: string): Code | null {
    const known = this.asked.get(printed);
    if (known !== undefined) return known;
    const file = isC(printed) ? this.files.text(printed) : null;
    const code =
      file === null ? null : (this.read.get(file.path) ?? { path: file.path, source: readC(file.text) });
    if (code !== null) this.read.set(code.path, code);
    this.asked.set(printed, code);
    return code;
  }
}
