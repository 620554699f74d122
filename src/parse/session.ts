import type { Diagnostic } from "../model/report.js";
import type { ReadAssertion, Variable } from "../model/trace.js";
import { frameStartAt } from "../text/frame-start.js";
import { type Line, linesOf } from "../text/lines.js";
import { signalName } from "../text/signals.js";
import { assertionOfLine } from "./assertion.js";
import { parseAssertionLine } from "./assertion-line.js";
import type { Told } from "./dialect.js";
import { parseFrame, parseNotice, parseThreadHeader } from "./gdb-line.js";
import type { FrameNode, NoticeNode, ThreadHeaderNode } from "./nodes.js";
import { patchDescriptions } from "./patches.js";
import type { SourceMap } from "./source-map.js";
import { droppedStopFrames } from "./stop-frame.js";
import { nameOf, ThreadBuilder, type ThreadName } from "./thread.js";
import { type StopContext, TraceBuilder } from "./trace.js";

/** `(gdb) `, `(rr) `, any number of times; what follows was typed, or is the output of a command that was not echoed. */
const prompt = /^(?:\((?:gdb|rr)\) ?)+/;
/** `p memory_region_transaction_depth`, with or without a format. */
const printCommand = /^(?:p|print|inspect)(?:\/\w+)?\s+(\S.*)$/;
/** Commands behind which the program has run on, so that values printed before them are old. */
const resuming =
  /^(?:r|run|c|cont|continue|n|next|s|step|ni|si|nexti|stepi|finish|fin|until|u|advance|start|starti|jump|kill|core-file|core|attach|file|exec-file|target|detach|signal|inferior|rc|reverse-\w+)\b/;
/** Values that are kept for traces to come. */
const mostPrints = 64;
/** A value is given to so many traces of one stop. */
const mostTraces = 16;
/** First words of the lines that {@link parseNotice} reads. */
const noticeStart =
  /^[ \t]*(?:Program |Thread |Core was |\[|Backtrace stopped|\(More stack|\$\d|(?:Temporary b|B)reakpoint |Catchpoint )/;
/** Words without which no line is the message of a failed assertion. */
const assertionWords = /ssertion|should not be reached|Unexpected error/;

/**
 * Reads what gdb printed in a session, and the messages of failed assertions, out of a cleaned view but for the stretches
 * that others have taken (in order). Never throws: what begins like a frame and is none is a diagnostic.
 */
export function readSession(map: SourceMap, taken: readonly Line[]): Told {
  return new Session(map).read(taken);
}

const nothingKnown: StopContext = {
  signal: null,
  program: null,
  crashed: null,
  selected: null,
  switched: false,
};

/** Reads the lines of a cleaned view as what gdb printed in a session, with anything in between. */
class Session {
  private readonly traces: TraceBuilder[] = [];
  private readonly assertions: ReadAssertion[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private stop: StopContext = nothingKnown;
  private header: { readonly node: ThreadHeaderNode; readonly start: number } | null = null;
  private thread: ThreadBuilder | null = null;
  /** The expression whose value the next `$1 = …` is. */
  private asked: { readonly expression: string; readonly start: number } | null = null;
  /** What was printed since the program stopped last: values hold for every trace of one stop. */
  private prints: Variable[] = [];
  /** The traces that a value still holds for. */
  private sameStop: TraceBuilder[] = [];
  /** Something came that no backtrace goes on behind: a command, a stop. */
  private broken = false;
  private readonly patches: readonly Line[];
  private lookAlikes: { readonly start: number; end: number; count: number } | null = null;

  constructor(private readonly map: SourceMap) {
    this.patches = patchDescriptions(map.view.text);
  }

  read(taken: readonly Line[]): Told {
    const { text } = this.map.view;
    let next = 0;
    for (const { start, end } of linesOf(text)) {
      while (start >= (taken[next]?.end ?? Number.POSITIVE_INFINITY)) next++;
      if (start >= (taken[next]?.start ?? Number.POSITIVE_INFINITY)) this.broken = true;
      else this.line(text.slice(start, end), start);
    }
    this.endLookAlikes();
    const dropped = droppedStopFrames(this.traces);
    const traces = this.traces.filter((trace) => !dropped.has(trace)).map((trace) => trace.finish());
    for (const trace of dropped) this.diagnostics.push(this.stopFrame(trace));
    return { traces, assertions: this.assertions, diagnostics: this.diagnostics, taken: [] };
  }

  private line(line: string, start: number): void {
    if (line === "") {
      this.thread?.endLocals();
      return;
    }
    const typed = prompt.exec(line)?.[0].length ?? 0;
    if (typed > 0) this.typed(line.slice(typed), start + typed);
    const begins = frameStartAt(line, 0, line.length);
    if (begins !== null && this.frameLine(line.slice(begins.hash), start + begins.hash, begins.hash)) return;
    if (this.thread?.takeLocal(line, start) === true) return;
    if (begins !== null) this.lookAlike(line.slice(begins.hash), start + begins.hash);
    else this.otherLine(line.slice(typed), start + typed, typed > 0);
    this.thread?.endStartedLocals();
  }

  private typed(command: string, start: number): void {
    this.broken = true;
    const expression = printCommand.exec(command)?.[1]?.trimEnd();
    this.asked = expression === undefined ? null : { expression, start };
    if (resuming.test(command)) this.forgetValues();
  }

  /** Takes a line that begins like a frame; false where it is none. */
  private frameLine(line: string, start: number, indent: number): boolean {
    const node = parseFrame(line);
    const goesOn = node !== null && this.goesOn(node, indent);
    if (node === null || (isBare(node, line) && !goesOn)) return false;
    this.frame(node, start, goesOn);
    return true;
  }

  private frame(node: FrameNode, start: number, goesOn: boolean): void {
    this.endLookAlikes();
    const thread = goesOn ? this.thread : null;
    (thread ?? this.beginThread(start)).add(node, start);
    if (node.cut) {
      const message = `frame #${node.level} is cut`;
      this.diagnostics.push(
        this.map.diagnostic("warning", "cut-frame", message, start + node.start, start + node.end),
      );
    }
  }

  /**
   * Levels ascend inside a thread; a gap is allowed, for people cut frames out. A frame that a frame filter elided stands
   * indented below the one that it is elided into, and keeps its lower level.
   */
  private goesOn({ level }: FrameNode, indent: number): boolean {
    if (this.header !== null || this.broken || this.thread === null) return false;
    return level > this.thread.level || (indent >= 4 && level > 0 && !this.thread.has(level));
  }

  private beginThread(start: number): ThreadBuilder {
    const header = this.header;
    const name = header === null ? this.selectedThread() : nameOf(header.node);
    const thread = new ThreadBuilder(this.map, name, header !== null, header?.start ?? start);
    this.traceFor(thread).add(thread);
    this.thread = thread;
    this.header = null;
    this.broken = false;
    return thread;
  }

  /** Threads that follow each other under headers were printed by one `thread apply`. */
  private traceFor(thread: ThreadBuilder): TraceBuilder {
    const last = this.traces.at(-1);
    if (last !== undefined && !this.broken && last.continuesWith(thread)) return last;
    const trace = new TraceBuilder(this.map, this.stop, [...this.prints]);
    this.traces.push(trace);
    this.sameStop.push(trace);
    return trace;
  }

  private forgetValues(): void {
    this.prints = [];
    this.sameStop = [];
  }

  private selectedThread(): ThreadName {
    return this.stop.selected ?? { number: null, target: null, lwp: null, name: null };
  }

  private otherLine(line: string, start: number, typed: boolean): void {
    if (noticeStart.test(line) && this.headerOrNotice(line, start)) return;
    // Somebody tells something: what comes may be of another process.
    if (!typed && line.trim() !== "" && !/^(?:\d+\t|warning: )/.test(line)) this.forgetValues();
    if (!assertionWords.test(line) || this.patches.some((patch) => start >= patch.start && start < patch.end))
      return;
    const node = parseAssertionLine(line);
    if (node === null) return;
    this.assertions.push(assertionOfLine(node, start, this.map));
  }

  private headerOrNotice(line: string, start: number): boolean {
    const header = parseThreadHeader(line);
    if (header !== null) {
      this.header = { node: header, start };
      return true;
    }
    const notice = parseNotice(line);
    if (notice !== null) this.notice(notice, line, start);
    return notice !== null;
  }

  private notice(notice: NoticeNode, line: string, start: number): void {
    switch (notice.kind) {
      case "end":
        this.thread?.close(
          { reason: notice.reason, message: notice.message },
          { start, end: start + line.length },
        );
        break;
      case "print":
        this.printed(notice.value, line, start);
        break;
      case "program":
        this.stopped({ ...nothingKnown, program: notice.command });
        break;
      case "current-thread":
        this.selectedNow({ ...notice, name: null }, line.trimStart().startsWith("[Switching to thread "));
        break;
      case "signal": {
        const { name, description, thread: number } = notice;
        const crashed = number === null ? null : { number, target: null, lwp: null, name: null };
        const signal = { name: signalName(name) ?? name, description };
        this.stopped({ ...this.stop, signal, crashed, selected: crashed, switched: false });
        break;
      }
      case "stop":
      case "exit":
        this.stopped({ ...nothingKnown, program: this.stop.program });
        break;
      case "new-thread":
        break;
    }
  }

  /** The program ran and stopped anew: no backtrace goes on behind it, and values from before are old. */
  private stopped(stop: StopContext): void {
    this.stop = stop;
    this.broken = true;
    this.forgetValues();
  }

  /** The first thread that gdb selects after a stop is the one that stopped; one that the user selects need not be. */
  private selectedNow({ number, target, lwp, name }: ThreadName, byUser: boolean): void {
    const { signal, crashed } = this.stop;
    const stopped = !byUser && signal !== null && (crashed === null || crashed.lwp === null);
    const selected = { number: number ?? (stopped ? (crashed?.number ?? null) : null), target, lwp, name };
    this.stop = {
      ...this.stop,
      selected,
      crashed: stopped ? selected : crashed,
      switched: this.stop.switched || byUser,
    };
  }

  /** A value holds for the traces before and behind it that come without another word in between, and for the last one. */
  private printed(value: string, line: string, start: number): void {
    if (this.asked !== null) {
      const print = {
        name: this.asked.expression,
        value,
        span: this.map.span(this.asked.start, start + line.length),
      };
      const traces = this.sameStop.length > 0 ? this.sameStop.slice(-mostTraces) : this.traces.slice(-1);
      for (const trace of traces) trace.prints.push(print);
      if (this.prints.length < mostPrints) this.prints.push(print);
    }
    this.asked = null;
  }

  /** Lines that look alike come in runs (a docker log, a list of issues): one diagnostic for each run. */
  private lookAlike(line: string, start: number): void {
    const end = start + line.trimEnd().length;
    if (this.lookAlikes === null) this.lookAlikes = { start, end, count: 1 };
    else {
      this.lookAlikes.end = end;
      this.lookAlikes.count++;
    }
  }

  private endLookAlikes(): void {
    if (this.lookAlikes === null) return;
    const { start, end, count } = this.lookAlikes;
    const message =
      count === 1
        ? "this line begins like a frame and is none"
        : `${count} lines begin like frames and are none`;
    this.diagnostics.push(this.map.diagnostic("note", "not-a-trace", message, start, end));
    this.lookAlikes = null;
  }

  private stopFrame(trace: TraceBuilder): Diagnostic {
    const message = "gdb printed this frame where it stopped; it is no backtrace of its own";
    const { start, end } = trace.place;
    return this.map.diagnostic("note", "stop-frame", message, start, end);
  }
}

/** Cut behind the name: inside a trace it may be gdb's, but the tools of sanitizers print all their frames that way. */
function isBare({ cut, items }: FrameNode, line: string): boolean {
  return cut && items.length === 0 && !line.includes("(");
}
