import type { Variable } from "../../model/trace.js";
import type { SourceMap } from "../source-map.js";
import { printedExpression } from "./commands.js";
import { OpenValue } from "./open-value.js";
import type { TraceBuilder } from "./trace.js";

/** Values that are kept for traces to come. */
const mostPrints = 64;
/** A value is given to so many traces of one stop. */
const mostTraces = 16;
/** No structure that `print` shows has more lines. */
const mostLines = 10_000;

/** What `print` and `display` showed of the program, and for which traces that holds. */
export class Prints {
  /** The expression whose value the next `$1 = …` is. */
  private asked: { readonly expression: string; readonly start: number } | null = null;
  /** What was printed since the program stopped last: values hold for every trace of one stop. */
  private kept: Variable[] = [];
  /** The traces that a value still holds for. */
  private sameStop: TraceBuilder[] = [];
  /** A value of several lines whose brackets are open. */
  private open: {
    readonly print: Variable;
    readonly start: number;
    readonly rest: OpenValue;
    lines: number;
  } | null = null;
  /** The program has run since the last trace. */
  private stale = false;

  constructor(private readonly map: SourceMap) {}

  /** A command was typed; `start` is where it stands in the view. */
  typed(command: string, start: number): void {
    this.open = null;
    const expression = printedExpression(command);
    this.asked = expression === null ? null : { expression, start };
  }

  /** A trace begins: it has what was printed before at the same stop. */
  begun(trace: TraceBuilder): void {
    trace.prints.push(...this.kept);
    this.sameStop.push(trace);
    this.stale = false;
  }

  /** The program ran on: what is printed from here on is not true of the traces before. */
  ranOn(): void {
    this.forget();
    this.stale = true;
  }

  /** Somebody tells of something else. */
  forget(): void {
    this.kept = [];
    this.sameStop = [];
  }

  /**
   * A line says the value of what was asked, or of an expression of its own. It holds for the traces before and behind it
   * that come without another word in between, and for the last one.
   */
  printed(expression: string | null, value: string, line: string, start: number, last: TraceBuilder[]): void {
    const name = expression ?? this.asked?.expression ?? null;
    const from = expression === null ? (this.asked?.start ?? start) : start;
    this.asked = null;
    if (name === null) return;
    const print = { name, value, span: this.map.span(from, start + line.length) };
    for (const trace of this.heldFor(last)) trace.prints.push(print);
    if (this.kept.length < mostPrints) this.kept.push(print);
    const rest = new OpenValue().read(value);
    this.open = rest.open ? { print, start: from, rest, lines: 0 } : null;
  }

  private heldFor(last: TraceBuilder[]): TraceBuilder[] {
    if (this.stale) return [];
    return this.sameStop.length > 0 ? this.sameStop.slice(-mostTraces) : last;
  }

  /** Takes a line as part of a structure that is printed over several lines; false where it is none. */
  goesOn(line: string, start: number): boolean {
    if (this.open === null) return false;
    const { print, rest, lines } = this.open;
    if (lines >= mostLines || !/^(?:[ \t]|[})\]])/.test(line)) {
      this.open = null;
      return false;
    }
    print.value += ` ${line.trim()}`;
    print.span = this.map.span(this.open.start, start + line.trimEnd().length);
    this.open.lines++;
    if (!rest.read(line).open) this.open = null;
    return true;
  }
}
