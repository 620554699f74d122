import type { Diagnostic } from "../../model/report.js";
import type { ReadAssertion } from "../../model/trace.js";
import { frameStartAt } from "../../text/frame-start.js";
import { type Line, linesOf } from "../../text/lines.js";
import { assertionOfLine } from "../assertion.js";
import { parseAssertionLine } from "../assertion-line.js";
import { cutDiagnostic, cutMessage } from "../cut.js";
import type { Told } from "../dialect.js";
import type { FrameNode, NoticeNode } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import { backtraceCommand, coroutineOf, looksElsewhere, runsOn, tellsOfRunning } from "./commands.js";
import { parseFrame, parseNotice, parseThreadHeader } from "./gdb-line.js";
import { LineRuns } from "./line-runs.js";
import { isComplaint } from "./locals.js";
import { isWithin, patchDescriptions } from "./patches.js";
import { Prints } from "./prints.js";
import { Stacks } from "./stacks.js";
import {
  beginsAnew,
  nothingKnown,
  type StopContext,
  selecting,
  signalReportIn,
  stopBySignal,
  withBirth,
} from "./stop.js";
import { droppedStopFrames, type FrameKey } from "./stop-frame.js";
import { type Placed, StopPlace } from "./stop-place.js";
import { ThreadBuilder, type ThreadName } from "./thread.js";
import { ThreadNames } from "./thread-names.js";
import { TraceBuilder } from "./trace.js";

/** `(gdb) `, `(rr) `, any number of times; what follows was typed, or is the output of a command that was not echoed. */
const prompt = /^(?:\((?:gdb|rr)\) ?)+/;
const parenthesis = 0x28;
/** Words without which no line is the message of a failed assertion. */
const assertionWords = /ssertion|should not be reached|Unexpected error/;

/**
 * Reads what gdb printed in a session, and the messages of failed assertions, out of a cleaned view but for the stretches
 * that others have taken (in order), whose frames are `elsewhere`. Never throws: what begins like a frame and is none is a diagnostic.
 */
export function readSession(map: SourceMap, taken: readonly Line[], elsewhere: readonly FrameKey[]): Told {
  return new Session(map).read(taken, elsewhere);
}

/** Reads the lines of a cleaned view as what gdb printed in a session, with anything in between. */
class Session {
  private readonly assertions: ReadAssertion[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private stop: StopContext = nothingKnown;
  private births = nothingKnown.births;
  private readonly stacks: Stacks;
  /** What was typed last, where it prints stacks. */
  private command: string | null = null;
  private readonly prints: Prints;
  private readonly names = new ThreadNames();
  private inThreadTable = false;
  /** The line above says that the program runs until the next frame returns: that is none of a backtrace. */
  private runsTill = false;
  private readonly stopPlace = new StopPlace();
  /** The first place of a stop for which no stack was shown. */
  private onlyPlace: (Placed & { readonly stop: StopContext; readonly thread: ThreadName }) | null = null;
  /** Somebody told something since the last stack. */
  private told = false;
  private readonly patches: readonly Line[];
  private readonly lookAlikes: LineRuns;

  constructor(private readonly map: SourceMap) {
    this.patches = patchDescriptions(map.view.text);
    this.prints = new Prints(map);
    this.stacks = new Stacks(map, this.diagnostics);
    this.lookAlikes = new LineRuns(map, this.diagnostics, "not-a-trace", (count) =>
      count === 1
        ? "this line begins like a frame and is none"
        : `${count} lines begin like frames and are none`,
    );
  }

  read(taken: readonly Line[], elsewhere: readonly FrameKey[]): Told {
    const { text } = this.map.view;
    let next = 0;
    for (const { start, end } of linesOf(text)) {
      while (start >= (taken[next]?.end ?? Number.POSITIVE_INFINITY)) next++;
      if (start >= (taken[next]?.start ?? Number.POSITIVE_INFINITY)) this.stacks.divide();
      else this.line(text.slice(start, end), start);
    }
    this.lookAlikes.end();
    this.stacks.finish();
    this.keepStopPlace();
    const { traces } = this.stacks;
    if (this.onlyPlace !== null && traces.length + elsewhere.length === 0)
      traces.push(this.placeAsTrace(this.onlyPlace));
    const dropped = droppedStopFrames(traces, elsewhere);
    const kept = traces.filter((trace) => !dropped.has(trace)).map((trace) => trace.finish(this.names));
    for (const trace of dropped) this.diagnostics.push(this.stopFrame(trace));
    return { traces: kept, assertions: this.assertions, diagnostics: this.diagnostics, taken: [] };
  }

  private line(line: string, start: number): void {
    if (line === "") {
      this.stacks.current?.emptyLine();
      return;
    }
    const typed = line.charCodeAt(0) === parenthesis ? (prompt.exec(line)?.[0].length ?? 0) : 0;
    if (typed > 0) this.typed(line.slice(typed), start + typed);
    const begins = frameStartAt(line, 0, line.length);
    if (begins !== null && this.frameLine(line.slice(begins.hash), start + begins.hash, begins.hash)) return;
    if (this.stacks.current?.takeLocal(line, start) === true || this.prints.goesOn(line, start)) return;
    if (begins !== null) this.lookAlikes.add(line.slice(begins.hash), start + begins.hash);
    else this.otherLine(line.slice(typed), start + typed, typed > 0);
    if (!isComplaint(line)) this.stacks.current?.endStartedLocals();
  }

  private typed(command: string, start: number): void {
    this.stacks.divide();
    this.stacks.current?.endLocals();
    this.inThreadTable = false;
    if (/^q(?:uit)?\b/.test(command)) this.endProcess();
    else if (runsOn(command) && !this.stop.core) this.ranOn();
    else if (looksElsewhere(command)) this.prints.ranOn();
    this.command = backtraceCommand(command);
    const address = coroutineOf(command);
    this.stacks.entered(address === null ? null : { address, start, asked: true });
    this.prints.typed(command, start);
  }

  /** Takes a line that begins like a frame; false where it is none. */
  private frameLine(line: string, start: number, indent: number): boolean {
    const node = parseFrame(line);
    const goesOn = node !== null && this.stacks.goesOn(node, indent);
    if (node === null || (isBare(node, line) && !goesOn)) return false;
    if (!this.runsTill) this.frame(node, start, goesOn);
    this.runsTill = false;
    return true;
  }

  private frame(node: FrameNode, start: number, goesOn: boolean): void {
    this.lookAlikes.end();
    if (!goesOn) {
      if (this.stacks.takeRepeat(node, start)) return;
      this.beginStack(node, start);
    }
    this.stacks.add(node, start);
    if (node.cut) {
      const [from, to] = [start + node.start, start + node.end];
      this.diagnostics.push(cutDiagnostic(this.map, cutMessage(node.level), from, to));
    }
  }

  private beginStack(node: FrameNode, start: number): void {
    if (!this.stacks.isHeaded && this.tellsOfAnother(node)) this.stop = nothingKnown;
    this.stopPlace.shown(node);
    this.told = false;
    const trace = this.stacks.begin(start, { ...this.stop, births: this.births }, this.command);
    if (trace === null) return;
    // What stands behind it without another command was printed by no command that is shown.
    this.command = null;
    this.prints.begun(trace);
  }

  /** Somebody told something since the last stack, and this one, which no command asked for, begins elsewhere. */
  private tellsOfAnother(node: FrameNode): boolean {
    return this.told && this.command === null && this.stopPlace.differs(node);
  }

  private selectedThread(): ThreadName {
    return this.stop.selected ?? { number: null, target: null, lwp: null, name: null };
  }

  private otherLine(line: string, start: number, typed: boolean): void {
    this.runsTill = line.trimEnd() === "Run till exit from";
    if (this.headerOrNotice(line, start)) return;
    if (tellsOfRunning(line)) this.ranOn();
    // Somebody tells something: what comes may be of another process.
    if (line.trim() !== "") this.stacks.interrupt();
    if (!typed && line.trim() !== "" && !/^(?:\d+\t|warning: )/.test(line)) this.proseLine(line, start);
    if (!assertionWords.test(line) || isWithin(this.patches, start)) return;
    const node = parseAssertionLine(line);
    if (node === null) return;
    this.assertions.push(assertionOfLine(node, start, this.map));
  }

  private proseLine(line: string, start: number): void {
    this.told ||= !this.stopPlace.take(line, start, this.stop);
    this.prints.forget();
    if (beginsAnew(line)) this.endProcess();
    const report = signalReportIn(line);
    if (report !== null) this.notice(report, line, start);
  }

  private headerOrNotice(line: string, start: number): boolean {
    const header = parseThreadHeader(line);
    if (header !== null) {
      this.stacks.headed(header, start);
      return true;
    }
    const notice = parseNotice(line);
    if (notice !== null) this.notice(notice, line, start);
    return notice !== null;
  }

  private notice(notice: NoticeNode, line: string, start: number): void {
    switch (notice.kind) {
      case "end":
        if (!this.stacks.isDivided) this.stacks.current?.close(notice, { start, end: start + line.length });
        break;
      case "print":
        this.prints.printed(notice.expression, notice.value, line, start, this.stacks.traces.slice(-1));
        break;
      case "program":
        this.stopped({ ...nothingKnown, program: notice.command });
        break;
      case "current-thread":
        this.select({ ...notice, name: null }, line.trimStart().startsWith("[Switching to thread "));
        break;
      case "signal":
        this.stopped(stopBySignal(this.stop, notice));
        break;
      case "stop":
      case "exit":
        this.ranOn();
        break;
      case "coroutine":
        this.stacks.entered({ address: notice.address, start, asked: false });
        break;
      case "thread-table":
        this.inThreadTable = true;
        break;
      case "thread-row":
        this.threadRow(notice);
        break;
      case "new-thread":
        this.births = withBirth(this.births, notice, line, start);
        break;
    }
  }

  /** A row of `info threads`: it names threads, and tells which one is selected. */
  private threadRow(row: Extract<NoticeNode, { kind: "thread-row" }>): void {
    if (!this.inThreadTable) return;
    const { number, target, lwp, name } = row;
    this.names.learn({ number, target, lwp, name });
    if (row.selected) this.select({ number, target, lwp, name }, false);
  }

  private select(thread: ThreadName, byUser: boolean): void {
    this.stop = selecting(this.stop, thread, byUser);
    if (this.stop.selected !== null) this.names.learn(this.names.complete(this.stop.selected));
  }

  private ranOn(): void {
    this.stopped({ ...nothingKnown, program: this.stop.program });
  }

  /** The program ran and stopped anew: no backtrace goes on behind it, and values from before are old. */
  private stopped(stop: StopContext): void {
    this.keepStopPlace();
    this.stop = stop;
    this.told = false;
    this.stacks.divide();
    this.command = null;
    this.prints.ranOn();
  }

  /** Another process is looked at from here on. */
  private endProcess(): void {
    this.births = nothingKnown.births;
    this.stopped(nothingKnown);
  }

  private keepStopPlace(): void {
    const found = this.stopPlace.end();
    if (found !== null) this.onlyPlace ??= { ...found, stop: this.stop, thread: this.selectedThread() };
  }

  /** Where a program stopped and nobody asked for a stack, its place is all that there is. */
  private placeAsTrace({ node, base, stop, thread: name }: NonNullable<typeof this.onlyPlace>): TraceBuilder {
    const thread = new ThreadBuilder(this.map, name, false, base + node.start);
    thread.add(node, base);
    const trace = new TraceBuilder(this.map, stop, null);
    trace.add(thread);
    return trace;
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
