import type { Variable } from "../model/trace.js";
import type { SourceMap } from "./source-map.js";

/**
 * `        ret = <optimized out>`: gdb indents a local of `bt full` by eight blanks, by four more for each frame that it is
 * elided into; some front ends by a tab.
 */
const local = /^( {8}(?: {4}){0,4}|\t)([^\s={}()[\],"][^={}"]*?) = (.*)$/;
/** Pretty-printed values go on deeper, or close at the local's own depth. */
const deeper = /^(?:(?: {8}|\t)[ \t]|[ \t]*[})\]]+,?$)/;

/** The locals that `bt full` prints below one frame. */
export class Locals {
  private readonly found: { name: string; start: number; end: number; value: string }[] = [];
  /** That of the first local: what stands deeper is part of a value. */
  private indent: string | null = null;

  constructor(private readonly map: SourceMap) {}

  /** Takes a line of the view that begins at `start`; false where it is none of a frame's locals. */
  take(line: string, start: number): boolean {
    if (line.startsWith("No locals.")) return true;
    const match = local.exec(line);
    const indent = match?.[1] ?? null;
    if (match !== null && indent === (this.indent ?? indent)) {
      this.indent = indent;
      this.add(match[2] ?? "", match[3] ?? "", start, line);
      return true;
    }
    return deeper.test(line) && this.goOn(line, start);
  }

  variables(): Variable[] {
    return this.found.map(({ name, value, start, end }) => ({
      name,
      value,
      span: this.map.span(start, end),
    }));
  }

  private add(name: string, value: string, start: number, line: string): void {
    const indent = line.length - line.trimStart().length;
    this.found.push({
      name,
      value: value.trimEnd(),
      start: start + indent,
      end: start + line.trimEnd().length,
    });
  }

  private goOn(line: string, start: number): boolean {
    const last = this.found.at(-1);
    if (last === undefined) return false;
    last.value += ` ${line.trim()}`;
    last.end = start + line.trimEnd().length;
    return true;
  }
}
