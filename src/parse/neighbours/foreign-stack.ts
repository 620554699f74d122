import type { Diagnostic } from "../../model/report.js";
import type { Frame, ThreadEnd } from "../../model/trace.js";
import type { Line } from "../../text/lines.js";
import { cutDiagnostic, cutEnd, cutMessage } from "../cut.js";
import type { SourceMap } from "../source-map.js";
import { foreignFrame } from "./foreign.js";
import type { ForeignFrameNode } from "./foreign-nodes.js";

/** A frame is broken into so many lines at the most. */
const mostLines = 4;

/** The words of a frame, put together again where they stand in several lines, with the way back to the view. */
export class FrameText {
  private constructor(
    readonly text: string,
    private readonly parts: readonly { readonly at: number; readonly start: number }[],
  ) {}

  /** What stands in `line` of the view's text, from `start` on. */
  static of(view: string, start: number, line: Line): FrameText {
    return new FrameText(view.slice(start, line.end).trimEnd(), [{ at: 0, start }]);
  }

  get mayGoOn(): boolean {
    return this.parts.length < mostLines;
  }

  /** With the words of one more line of the view's text, behind `joiner`. */
  with(joiner: string, view: string, line: Line): FrameText {
    const content = view.slice(line.start, line.end);
    const words = content.trim();
    const start = line.start + content.length - content.trimStart().length;
    const at = this.text.length + joiner.length;
    return new FrameText(this.text + joiner + words, [...this.parts, { at, start }]);
  }

  /** Where in the view a stretch of the text ends that ends at `end`. */
  viewEnd(end: number): number {
    const part = this.parts.findLast(({ at }) => at < end) ?? this.parts[0];
    return part === undefined ? end : part.start + end - part.at;
  }
}

/** The frames of one thread, collected line by line. */
export class ForeignStack {
  readonly frames: Frame[] = [];
  private last: { readonly node: ForeignFrameNode; readonly text: FrameText } | null = null;

  /**
   * @param start where the heading, or else the first frame, begins in the view
   * @param end where the heading ends
   */
  constructor(
    private readonly map: SourceMap,
    readonly start: number,
    public end: number,
  ) {}

  /** The level of the last frame, -1 before the first. */
  get level(): number {
    return this.frames.at(-1)?.level ?? -1;
  }

  add(node: ForeignFrameNode, text: FrameText): void {
    this.end = text.viewEnd(node.end);
    this.last = { node, text };
    const { level, address, function: name, file, line, library, libraryOffset } = node;
    this.frames.push(
      foreignFrame({
        level,
        address,
        function: name,
        location: file === null ? null : { file, line },
        library,
        libraryOffset,
        span: this.map.span(text.viewEnd(node.start + 1) - 1, this.end),
      }),
    );
  }

  /** The last frame's words where they are cut, and so may go on in the next line. */
  get broken(): FrameText | null {
    return this.last?.node.cut === true && this.last.text.mayGoOn ? this.last.text : null;
  }

  /** Puts `node`, read from more lines than the last frame was, in that frame's place. */
  mend(node: ForeignFrameNode, text: FrameText): void {
    this.frames.pop();
    this.add(node, text);
  }

  /** Adds to the last frame what stands below it, up to `end` in the view. */
  extend(known: Partial<Frame>, end: number): void {
    const last = this.frames.pop();
    if (last === undefined) return;
    this.end = end;
    const span = { start: last.span.start, end: this.map.span(end, end).end };
    this.frames.push({ ...last, ...known, span });
  }

  /** That the text stops inside the last frame, if it does. */
  cutEnd(): ThreadEnd | null {
    return this.last?.node.cut === true ? cutEnd(cutMessage(this.last.node.level)) : null;
  }

  /** What is to be told of the stack: that its last frame is cut. */
  diagnostics(): Diagnostic[] {
    if (this.last === null || !this.last.node.cut) return [];
    const { node, text } = this.last;
    const start = text.viewEnd(node.start + 1) - 1;
    return [cutDiagnostic(this.map, cutMessage(node.level), start, this.end)];
  }
}
