import type { Diagnostic } from "../../model/report.js";
import type { SourceMap } from "../source-map.js";

/** Lines of one kind come in runs (a docker log, a list of issues, a part copied twice): one diagnostic for each run. */
export class LineRuns {
  private run: { readonly start: number; end: number; count: number } | null = null;

  constructor(
    private readonly map: SourceMap,
    private readonly diagnostics: Diagnostic[],
    private readonly code: string,
    /** What is to be said of so many lines. */
    private readonly message: (count: number) => string,
  ) {}

  /** A line more; offsets into the view. */
  add(line: string, start: number): void {
    const end = start + line.trimEnd().length;
    if (this.run === null) this.run = { start, end, count: 1 };
    else {
      this.run.end = end;
      this.run.count++;
    }
  }

  /** Something else stands here. */
  end(): void {
    if (this.run === null) return;
    const { start, end, count } = this.run;
    this.diagnostics.push(this.map.diagnostic("note", this.code, this.message(count), start, end));
    this.run = null;
  }
}
