import { reader } from "../../generated/elfutils.js";
import type { Diagnostic } from "../../model/report.js";
import type { Frame, ReadTrace, ThreadEnd } from "../../model/trace.js";
import { type Line, lineAt, linesOf } from "../../text/lines.js";
import type { Dialect, Told } from "../dialect.js";
import { markInlined } from "../frame.js";
import type { SourceMap } from "../source-map.js";
import { foreignThread, foreignTrace } from "./foreign.js";
import { wordsBelow } from "./foreign-lines.js";
import type { FrameDetailNode } from "./foreign-nodes.js";
import { ForeignStack, FrameText } from "./foreign-stack.js";

/**
 * What elfutils' eu-stack prints (seen with 0.188, all of its options): `PID n - core` or `PID n - process` begins a trace,
 * `TID n:` a thread. Of a core the first thread is the one that crashed, as the kernel orders it. Somebody who copies a
 * stack may leave these lines behind.
 */
export const elfutils: Dialect = {
  name: "elfutils",
  mark: /^[ \t]*(?:TID \d{1,10}:|#0 {2}0x[0-9a-f]{16} [^\s(])/m,
  read: (map) => new Stacks(map).read(),
};

const readFrame = reader({ startRule: "Frame" });
const readDetail = reader({ startRule: "Detail" });

/** With `-l` the list of modules is announced by `PID n - process module memory map`. */
const process = /^[ \t]*PID \d{1,10} - (core|process)[ \t]*$/;
const thread = /^[ \t]*TID (\d{1,10}):[ \t]*$/;
const frameStart = /^[ \t]*(?=#\d{1,7}[ \t]+0x)/;
/** Without a heading only frames that no other tool prints: an address of 64 bits, no `in`, no parentheses. */
const bareStart = /^[ \t]*(?=#0 {2}0x[0-9a-f]{16} (?!in )[^\s(][^(]*$)/;
const secondStart = /^[ \t]*#1 {2}0x[0-9a-f]{16} (?!in )[^\s(][^(]*$/;
const otherHeading = /Stack trace of thread \d/;
const detailStart = /^[ \t]+[^ \t]/;
/** A module is a path, or the kernel's own. */
const moduleBehind = /^- (?:\/|\[vdso)/;
const restBehind = /^(?:\/|\[vdso|1 )/;
/** What eu-stack says on stderr; with `-n` that it was told to stop. */
const complaint = /^[ \t]*eu-stack: (.*)$/;
const toldToStop = /: shown max number of frames \(/;
/** No line below a frame is longer. */
const longestDetail = 8192;

interface Thread {
  /** Null where the heading is missing. */
  readonly lwp: number | null;
  readonly stack: ForeignStack;
  end: ThreadEnd | null;
}

interface Dump {
  readonly core: boolean;
  readonly threads: Thread[];
  readonly known: Set<number>;
  readonly start: number;
  /** The end of its last line. */
  end: number;
}

class Stacks {
  private readonly traces: ReadTrace[] = [];
  private readonly taken: Line[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private dump: Dump | null = null;
  /** The last line with words. */
  private above = "";

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (const line of linesOf(this.text)) {
      const content = this.text.slice(line.start, line.end);
      this.line(content, line);
      if (content.trim() !== "") this.above = content;
    }
    this.endDump();
    return { traces: this.traces, assertions: [], diagnostics: this.diagnostics, taken: this.taken };
  }

  private line(content: string, line: Line): void {
    const kind = process.exec(content)?.[1];
    const lwp = thread.exec(content)?.[1];
    if (kind !== undefined) this.begin(kind === "core", line);
    else if (lwp !== undefined) this.thread(Number(lwp), content, line);
    else if (this.isBare(content, line)) this.bare(content, line);
    else if (this.dump !== null) this.inside(this.dump, content, line);
  }

  private begin(core: boolean, line: Line): Dump {
    this.endDump();
    const dump: Dump = { core, threads: [], known: new Set(), start: line.start, end: line.end };
    this.dump = dump;
    return dump;
  }

  /** With `-1` no line tells of the process. */
  private thread(lwp: number, content: string, line: Line): void {
    const dump = this.dump === null || this.dump.known.has(lwp) ? this.begin(false, line) : this.dump;
    const start = line.start + content.indexOf("TID ");
    const stack = new ForeignStack(this.map, start, start + content.trim().length);
    dump.threads.push({ lwp, stack, end: null });
    dump.known.add(lwp);
    dump.end = line.end;
  }

  /** Whether a frame without a heading begins a stack: another one must stand below it. */
  private isBare(content: string, line: Line): boolean {
    if (!bareStart.test(content) || this.dump?.threads.at(-1)?.stack.level === -1) return false;
    if (otherHeading.test(this.above.slice(0, longestDetail))) return false;
    return secondStart.test(wordsBelow(this.text, this.lastOf(content, line)));
  }

  /** The last line of a frame that a mailer's margin may have broken at its module. */
  private lastOf(content: string, line: Line): Line {
    const below = wordsBelow(this.text, line).trim();
    const rest = content.trimEnd().endsWith(" -") ? restBehind : moduleBehind;
    return (rest.test(below) ? lineAt(this.text, line.end + 1) : null) ?? line;
  }

  private bare(content: string, line: Line): void {
    const dump = this.dump ?? this.begin(false, line);
    const start = line.start + (bareStart.exec(content)?.[0].length ?? 0);
    const stack = new ForeignStack(this.map, start, line.end);
    dump.threads.push({ lwp: null, stack, end: null });
    this.inside(dump, content, line);
  }

  private inside(dump: Dump, content: string, line: Line): void {
    const last = dump.threads.at(-1);
    if (
      last !== undefined &&
      (this.frame(last.stack, content, line) ||
        this.goesOn(last.stack, line) ||
        this.detail(last.stack, content, line))
    )
      dump.end = line.end;
    else if (!this.complaint(last, content, line) && content.trim() !== "") this.endDump();
  }

  private frame(stack: ForeignStack, content: string, line: Line): boolean {
    const indent = frameStart.exec(content)?.[0];
    if (indent === undefined) return false;
    const text = FrameText.of(this.text, line.start + indent.length, line);
    const node = readFrame(text.text);
    if (node === null || node.level <= stack.level) return false;
    const short = lengthOf(node.address) < lengthOf(stack.frames[0]?.address);
    stack.add({ ...node, cut: node.cut || short }, text);
    return true;
  }

  /** The line goes on with a frame that a mailer's margin broke. */
  private goesOn(stack: ForeignStack, line: Line): boolean {
    const words = this.text.slice(line.start, line.end).trim();
    const last = stack.frames.at(-1);
    if (last?.library === null && moduleBehind.test(words)) {
      stack.extend({ library: words.slice("- ".length) }, this.endOf(line));
      return true;
    }
    const { broken } = stack;
    if (broken === null || (broken.text.endsWith(" -") && !restBehind.test(words))) return false;
    const text = broken.with(" ", this.text, line);
    const node = readFrame(text.text);
    if (node === null || node.cut || node.address !== last?.address || isShort(stack)) return false;
    stack.mend(node, text);
    return true;
  }

  private endOf({ start, end }: Line): number {
    return start + this.text.slice(start, end).trimEnd().length;
  }

  /** The source, or the module's build-id with an offset, below a frame. */
  private detail(stack: ForeignStack, content: string, line: Line): boolean {
    if (stack.level === -1 || content.length > longestDetail || !detailStart.test(content)) return false;
    const detail: FrameDetailNode | null = readDetail(content);
    if (detail === null) return false;
    const end = line.start + detail.end;
    if (detail.kind === "module") stack.extend({ libraryOffset: detail.offset }, end);
    else stack.extend({ location: { file: detail.file, line: detail.line } }, end);
    return true;
  }

  private complaint(last: Thread | undefined, content: string, line: Line): boolean {
    const message = complaint.exec(content)?.[1];
    if (message === undefined) return false;
    if (last !== undefined) {
      last.end = { reason: toldToStop.test(message) ? "more-frames" : "stopped", message };
      last.stack.end = this.endOf(line);
      if (this.dump !== null) this.dump.end = line.end;
    }
    return true;
  }

  private endDump(): void {
    const dump = this.dump;
    this.dump = null;
    const threads = dump?.threads.filter(({ stack }) => stack.frames.length > 0) ?? [];
    if (dump === null || threads.length === 0) return;
    for (const { stack } of threads) {
      for (const diagnostic of stack.diagnostics()) this.diagnostics.push(diagnostic);
    }
    const inlines = threads.some(({ stack }) => showsInlined(stack.frames));
    this.traces.push(
      foreignTrace({
        dialect: "elfutils",
        threads: threads.map(({ lwp, stack, end }, index) =>
          foreignThread({
            index,
            lwp,
            crashed: dump.core && index === 0,
            frames: inlines ? markInlined(stack.frames) : stack.frames,
            end: end ?? stack.cutEnd(),
            span: this.map.span(stack.start, stack.end),
          }),
        ),
        span: this.map.span(threads[0]?.stack.start ?? 0, threads.at(-1)?.stack.end ?? 0),
      }),
    );
    this.taken.push({ start: dump.start, end: dump.end });
  }
}

/** With `-i` an inlined frame has the address of its caller; without it, whatever was inlined is not there at all. */
function showsInlined(frames: readonly Frame[]): boolean {
  return markInlined(frames.map((frame) => ({ ...frame }))).some(({ inlined }) => inlined === true);
}

/** An address of the last frame has fewer digits than the first one's: it is cut. */
function isShort({ frames }: ForeignStack): boolean {
  return lengthOf(frames.at(-1)?.address) < lengthOf(frames[0]?.address);
}

function lengthOf(address: string | null | undefined): number {
  return address?.length ?? 0;
}
