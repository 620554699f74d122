import { reader } from "../../generated/sanitizer.js";
import type { Diagnostic } from "../../model/report.js";
import type { ReadTrace } from "../../model/trace.js";
import { type Line, linesOf } from "../../text/lines.js";
import type { Dialect, Told } from "../dialect.js";
import { parseFrame } from "../gdb/gdb-line.js";
import type { SourceMap } from "../source-map.js";
import type { ForeignFrameNode } from "./foreign-nodes.js";
import { FrameText } from "./foreign-stack.js";
import { readHeading, type SanitizerHeading, SanitizerReport } from "./sanitizer-report.js";

/**
 * The reports of AddressSanitizer and its relatives (Thread-, Memory-, UndefinedBehavior-, Leak-, HWAddressSanitizer,
 * libFuzzer). One report is one trace, and each of its stacks a thread: where the fault happened, who freed and who
 * allocated the memory, who created the threads. Seen with gcc 12's libsanitizer.
 */
export const sanitizer: Dialect = {
  name: "sanitizer",
  mark: /Sanitizer: |libFuzzer: |: runtime error: |^[ \t]*#0 0x[0-9a-f]+ in /m,
  read: (map) => new Reports(map).read(),
};

const readFrame = reader({ startRule: "Frame" });
const frameStart = /^[ \t]*(?=#\d{1,7}[ \t]+\S)/;
/** libFuzzer counts its runs: `#8192	pulse  cov: 3 ft: 4 corp: 1/1b`. */
const progress = /^#\d{1,12}[ \t]+(?:INITED|NEW|REDUCE|RELOAD|READ|DONE|pulse)[ \t]+(?:cov|ft): \d/;

class Reports {
  private readonly traces: ReadTrace[] = [];
  private readonly taken: Line[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private report: SanitizerReport | null = null;

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (const line of linesOf(this.text)) this.line(this.text.slice(line.start, line.end), line);
    this.end();
    return { traces: this.traces, assertions: [], diagnostics: this.diagnostics, taken: this.taken };
  }

  private line(content: string, line: Line): void {
    const heading = readHeading(content);
    if (heading !== null) this.begin(heading, line);
    else if (this.report === null && progress.test(content)) this.taken.push(line);
    else if (frameStart.test(content)) this.frameLine(content, line);
    else if (this.report !== null) this.words(this.report, content, line);
  }

  private begin(heading: SanitizerHeading | null, line: Line): SanitizerReport {
    this.end();
    this.report = new SanitizerReport(this.map, heading, line);
    return this.report;
  }

  private frameLine(content: string, line: Line): void {
    const indent = frameStart.exec(content)?.[0].length ?? 0;
    const text = FrameText.of(this.text, line.start + indent, line);
    const node = this.nodeOf(text);
    if (node === null) {
      // Another tool's trace begins.
      if (parseFrame(text.text) !== null) this.end();
      return;
    }
    if (this.report !== null && !this.report.bare) this.report.add(node, text, line);
    else this.bareFrame(node, text, line);
  }

  /** Only ThreadSanitizer shows no addresses: without one, a frame of another that is cut could be anything. */
  private nodeOf(text: FrameText): ForeignFrameNode | null {
    const node = readFrame(text.text);
    const doubtful = node?.cut === true && node.address === null && this.report?.showsAddresses !== false;
    return doubtful ? null : node;
  }

  /** A frame without a report around it: the stack must begin at level 0, and its frames must be whole. */
  private bareFrame(node: ForeignFrameNode, text: FrameText, line: Line): void {
    const goesOn = this.report !== null && node.level > this.report.level;
    if (!goesOn) this.end();
    if (goesOn ? node.cut : node.level !== 0 || node.address === null || !isWhole(node)) return;
    (this.report ?? this.begin(null, line)).add(node, text, line);
  }

  private words(report: SanitizerReport, content: string, line: Line): void {
    if (this.goesOn(report, line)) return;
    report.words(content, line);
    if (report.over) this.end();
  }

  /** The line goes on with a frame that a mailer's or a terminal's margin cut. */
  private goesOn(report: SanitizerReport, line: Line): boolean {
    const broken = report.broken;
    if (broken === null) return false;
    const words = this.text.slice(line.start, line.end).trim();
    // A path is broken inside; names and what follows them at a blank.
    const joiner = /^(?:\(|\.{0,2}\/)/.test(words) || !/ \.{0,2}\/[^ ]*$/.test(broken.text) ? " " : "";
    const text = broken.with(joiner, this.text, line);
    const node = readFrame(text.text);
    if (node === null || node.end <= broken.text.length || (node.cut && report.showsAddresses)) return false;
    report.mend(node, text, line);
    return true;
  }

  private end(): void {
    const report = this.report;
    this.report = null;
    if (report === null || !(report.bare ? report.hasCall : report.hasFrames)) return;
    this.traces.push(report.trace());
    for (const diagnostic of report.diagnostics()) this.diagnostics.push(diagnostic);
    this.taken.push(report.place);
  }
}

/** Nothing is missing, and the place tells it from other tools' frames. */
function isWhole({ cut, file, line, library }: ForeignFrameNode): boolean {
  return !cut && ((file !== null && line !== null) || library !== null);
}
