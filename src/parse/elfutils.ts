import { reader } from "../generated/elfutils.js";
import type { Frame, ReadTrace, ThreadEnd } from "../model/trace.js";
import { type Line, linesOf } from "../text/lines.js";
import type { Dialect, Told } from "./dialect.js";
import { foreignThread, foreignTrace } from "./foreign.js";
import { ForeignStack, FrameText } from "./foreign-stack.js";
import { markInlined } from "./frame.js";
import type { SourceMap } from "./source-map.js";

/**
 * What elfutils' eu-stack prints (seen with 0.188, all of its options): `PID n - core` or `PID n - process` begins a trace,
 * `TID n:` a thread. Of a core the first thread is the one that crashed, as the kernel orders it.
 */
export const elfutils: Dialect = {
  name: "elfutils",
  mark: /^[ \t]*TID \d{1,10}:/m,
  read: (map) => new Stacks(map).read(),
};

const readFrame = reader({ startRule: "Frame" });
const readDetail = reader({ startRule: "Detail" });

/** With `-l` the list of modules is announced by `PID n - process module memory map`. */
const process = /^[ \t]*PID \d{1,10} - (core|process)[ \t]*$/;
const thread = /^[ \t]*TID (\d{1,10}):[ \t]*$/;
const frameStart = /^[ \t]*(?=#\d{1,7}[ \t]+0x)/;
const detailStart = /^[ \t]+[^ \t]/;
/** What eu-stack says on stderr; with `-n` that it was told to stop. */
const complaint = /^[ \t]*eu-stack: (.*)$/;
const toldToStop = /: shown max number of frames \(/;
/** No line below a frame is longer. */
const longestDetail = 8192;

interface Thread {
  readonly lwp: number;
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
  private readonly text: string;
  private dump: Dump | null = null;

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (const line of linesOf(this.text)) this.line(this.text.slice(line.start, line.end), line);
    this.endDump();
    return { traces: this.traces, assertions: [], diagnostics: [], taken: this.taken };
  }

  private line(content: string, line: Line): void {
    const kind = process.exec(content)?.[1];
    const lwp = thread.exec(content)?.[1];
    if (kind !== undefined) this.begin(kind === "core", line);
    else if (lwp !== undefined) this.thread(Number(lwp), content, line);
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

  private inside(dump: Dump, content: string, line: Line): void {
    const last = dump.threads.at(-1);
    if (
      last !== undefined &&
      (this.frame(last.stack, content, line) || this.detail(last.stack, content, line))
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
    stack.add(node, text);
    return true;
  }

  /** The source, or the module's build-id with an offset, below a frame. */
  private detail(stack: ForeignStack, content: string, line: Line): boolean {
    if (stack.level === -1 || content.length > longestDetail || !detailStart.test(content)) return false;
    const detail = readDetail(content);
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
      last.stack.end = line.start + content.trimEnd().length;
      if (this.dump !== null) this.dump.end = line.end;
    }
    return true;
  }

  private endDump(): void {
    const dump = this.dump;
    this.dump = null;
    const threads = dump?.threads.filter(({ stack }) => stack.frames.length > 0) ?? [];
    if (dump === null || threads.length === 0) return;
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
            end,
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
