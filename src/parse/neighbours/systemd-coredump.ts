import { reader } from "../../generated/coredump.js";
import type { Diagnostic } from "../../model/report.js";
import type { ReadTrace, Signal } from "../../model/trace.js";
import { type Line, lineAt, linesOf } from "../../text/lines.js";
import { signalName } from "../../text/signals.js";
import type { Dialect, Told } from "../dialect.js";
import type { SourceMap } from "../source-map.js";
import { foreignThread, foreignTrace } from "./foreign.js";
import { wordsBelow } from "./foreign-lines.js";
import { ForeignStack, FrameText } from "./foreign-stack.js";

/**
 * What systemd-coredump writes into the journal when a process dumped core, and coredumpctl shows: one message with the
 * stacks of all threads is one trace, whose first thread is the one that crashed (as the kernel orders a core). Somebody who
 * copies a stack may leave its heading behind.
 */
export const systemdCoredump: Dialect = {
  name: "systemd-coredump",
  mark: /Stack trace of thread \d| \+ 0x[0-9a-f]{1,16}\)/,
  read: (map) => new Messages(map).read(),
};

const readFrame = reader({ startRule: "Frame" });

/** The journal's prefix may stand in front of every line. */
const heading = /^.{0,256}?Stack trace of thread (\d{1,10}):[ \t]*$/;
const frameStart = /^[^#]{0,256}(?=#\d{1,7}[ \t]+0x)/;
const bareStart = /^[^#]{0,256}(?=#0[ \t]+0x)/;
const secondStart = /^[^#]{0,256}#1[ \t]+0x[0-9a-f]+ (?!in )\S/;
const emptyLine = /^(?:.{0,256}\[\d{1,10}\]:)?[ \t]*$/;
const left = /^[ \t.[\]…]+$/;
const messageEnd = /^.{0,256}?ELF object binary architecture: /;
/** `           PID: 12822 (a.out)`, `COREDUMP_CMDLINE=./a.out` (journalctl -o verbose). */
const field = /^[ \t]*(?:(PID|Signal|Command Line|Executable): +|COREDUMP_(PID|SIGNAL|CMDLINE|EXE)=)(\S.*)$/;
const death =
  /Process (\d{1,10}) \((.{0,64})\) of user \S{1,64} (?:dumped core|terminated abnormally(?: with signal (\d{1,3})\/([A-Z0-9+]{1,16}))?)/;
/** A field has its place near the margin; no line of a log is looked through for it. */
const longestField = 4096;

/** What the lines above the stacks say of the process. */
interface Process {
  readonly pid: string | null;
  readonly name: string | null;
  readonly commandLine: string | null;
  readonly executable: string | null;
  readonly signal: Signal | null;
}

const nobody: Process = { pid: null, name: null, commandLine: null, executable: null, signal: null };

interface Thread {
  /** Null where the heading is missing. */
  readonly lwp: number | null;
  readonly stack: ForeignStack;
}

class Messages {
  private readonly traces: ReadTrace[] = [];
  private readonly taken: Line[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private process = nobody;
  private threads: Thread[] = [];
  private readonly known = new Set<number>();
  /** The first and the last line of the message so far. */
  private place: Line | null = null;

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (const line of linesOf(this.text)) this.line(this.text.slice(line.start, line.end), line);
    this.endMessage();
    return { traces: this.traces, assertions: [], diagnostics: this.diagnostics, taken: this.taken };
  }

  private line(content: string, line: Line): void {
    const thread = heading.exec(content)?.[1];
    if (thread !== undefined) this.heading(Number(thread), content, line);
    else if (this.bareFrame(content, line) || (this.place !== null && this.inside(content, line))) return;
    else if (content.length <= longestField) this.outside(content);
  }

  /** Threads follow each other in one message; one that comes twice begins another. */
  private heading(lwp: number, content: string, line: Line): void {
    if (this.known.has(lwp)) this.endMessage();
    this.known.add(lwp);
    const start = line.start + content.indexOf("Stack trace of thread ");
    this.threads.push({ lwp, stack: new ForeignStack(this.map, start, start + content.trimEnd().length) });
    this.reach(line);
  }

  /** A whole frame without a heading begins a stack, where another one stands below it. */
  private bareFrame(content: string, line: Line): boolean {
    const prefix = bareStart.exec(content)?.[0].length;
    if (prefix === undefined || this.threads.at(-1)?.stack.level === -1) return false;
    const text = FrameText.of(this.text, line.start + prefix, line);
    const node = readFrame(text.text);
    if (node === null || !this.isFirst(text, line, node.cut)) return false;
    const stack = new ForeignStack(this.map, line.start + prefix, line.end);
    this.threads.push({ lwp: null, stack });
    stack.add(node, text);
    this.reach(line);
    return true;
  }

  /** Whether a frame, or a broken one with the rest in the next line, has a module, and the second one stands below. */
  private isFirst(text: FrameText, line: Line, broken: boolean): boolean {
    const last = broken ? lineAt(this.text, line.end + 1) : line;
    if (last === null || !secondStart.test(wordsBelow(this.text, last))) return false;
    const node = readFrame((broken ? text.with(" ", this.text, last) : text).text);
    return node !== null && !node.cut && node.libraryOffset !== null;
  }

  private reach(line: Line): void {
    this.place = { start: this.place?.start ?? line.start, end: line.end };
  }

  /** Takes a line of a message; false, and the message ends, where it is none. */
  private inside(content: string, line: Line): boolean {
    if (this.frame(content, line)) return true;
    if (emptyLine.test(content) || left.test(content)) return true;
    if (messageEnd.test(content)) this.reach(line);
    else if (this.goesOn(line)) return true;
    this.endMessage();
    return false;
  }

  private frame(content: string, line: Line): boolean {
    const prefix = frameStart.exec(content)?.[0];
    const stack = this.threads.at(-1)?.stack;
    if (prefix === undefined || stack === undefined) return false;
    const text = FrameText.of(this.text, line.start + prefix.length, line);
    const node = readFrame(text.text);
    if (node === null || node.level <= stack.level) return false;
    stack.add(node, text);
    this.reach(line);
    return true;
  }

  /** The line goes on with a frame that the terminal's or a mailer's margin cut. */
  private goesOn(line: Line): boolean {
    const stack = this.threads.at(-1)?.stack;
    const broken = stack?.broken ?? null;
    if (stack === undefined || broken === null) return false;
    const words = this.text.slice(line.start, line.end).trim();
    // A break at a blank stands in front of the module or around its plus; all else is one word.
    const joiner = /^(?:\(|\+ )/.test(words) || /\+$/.test(broken.text) ? " " : "";
    const text = broken.with(joiner, this.text, line);
    const node = readFrame(text.text);
    if (node === null || node.end <= broken.text.length) return false;
    stack.mend(node, text);
    this.reach(line);
    return true;
  }

  private endMessage(): void {
    const threads = this.threads.filter(({ stack }) => stack.frames.length > 0);
    if (threads.length > 0 && this.place !== null) {
      this.traces.push(this.traceOf(threads));
      this.taken.push(this.place);
      this.process = nobody;
    }
    this.threads = [];
    this.known.clear();
    this.place = null;
  }

  private traceOf(threads: readonly Thread[]): ReadTrace {
    for (const { stack } of threads) {
      for (const diagnostic of stack.diagnostics()) this.diagnostics.push(diagnostic);
    }
    return foreignTrace({
      dialect: "systemd-coredump",
      program: this.process.commandLine ?? this.process.executable ?? this.process.name,
      signal: this.process.signal,
      threads: threads.map(({ lwp, stack }, index) =>
        foreignThread({
          index,
          lwp,
          crashed: index === 0,
          frames: stack.frames,
          end: stack.cutEnd(),
          span: this.map.span(stack.start, stack.end),
        }),
      ),
      span: this.map.span(threads[0]?.stack.start ?? 0, threads.at(-1)?.stack.end ?? 0),
    });
  }

  private outside(content: string): void {
    const [, label, key, value = ""] = field.exec(content) ?? [];
    if (label !== undefined || key !== undefined) this.field(label ?? key ?? "", value.trimEnd());
    else if (content.includes("Process ")) this.death(content);
  }

  private field(name: string, value: string): void {
    switch (name) {
      case "PID":
        this.begin(/^\d+/.exec(value)?.[0] ?? null, /\((.*)\)$/.exec(value)?.[1] ?? null);
        break;
      case "Signal":
      case "SIGNAL":
        this.process = { ...this.process, signal: signalOf(value) };
        break;
      case "Executable":
      case "EXE":
        this.process = { ...this.process, executable: value };
        break;
      default:
        this.process = { ...this.process, commandLine: value };
    }
  }

  private death(content: string): void {
    const [, pid, name, number, word] = death.exec(content) ?? [];
    if (pid === undefined || name === undefined) return;
    this.begin(pid, name);
    if (number !== undefined && word !== undefined)
      this.process = { ...this.process, signal: signalOf(`${number} (${word})`) };
  }

  /** Another process is spoken of, unless it is the same one. */
  private begin(pid: string | null, name: string | null): void {
    const known = this.process.pid !== null && this.process.pid !== pid ? nobody : this.process;
    this.process = { ...known, pid, name: name ?? known.name };
  }
}

/** `6 (ABRT)`, or the number alone. */
function signalOf(value: string): Signal | null {
  const [, number = "", word] = /^(\d{1,3})(?: \(([A-Z0-9+-]{1,16})\))?/.exec(value) ?? [];
  const name = word === undefined ? signalName(number) : `SIG${word.replace(/^SIG/, "")}`;
  return name === null ? null : { name, description: null };
}
