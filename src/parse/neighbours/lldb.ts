import type { Diagnostic } from "../../model/report.js";
import type { ReadAssertion, ReadThread, ReadTrace } from "../../model/trace.js";
import { linesOf } from "../../text/lines.js";
import { assertionOfFrames } from "../assertion.js";
import { cutDiagnostic, cutEnd, cutMessage } from "../cut.js";
import type { Dialect, Told } from "../dialect.js";
import { frameOf } from "../frame.js";
import type { SourceMap } from "../source-map.js";
import { foreignThread, foreignTrace } from "./foreign.js";
import { markCut } from "./lldb-cut.js";
import { lldbHeaderAt } from "./lldb-header.js";
import { parseLldbFrame } from "./lldb-line.js";
import type { LldbFrameNode, LldbThreadNode } from "./lldb-nodes.js";
import { type Death, deathOf } from "./lldb-stop.js";

/** What lldb prints of threads and their frames (seen with lldb 14), in its default formats. */
export const lldb: Dialect = {
  name: "lldb",
  mark: /frame #\d/,
  read: (map) => new Lldb(map).read(),
};

const prompt = /^\(lldb\) ?/;
/** `Process 27611 stopped`: whatever thread comes behind it, no `bt` printed it. */
const processLine = /^Process \d+ (?:stopped|resuming|exited|launched)\b/;
const programLine = /^(?:Process \d+ launched: |Current executable set to |Core file )'(.+?)' \(/;

/** Mailers break lines before this column, at a blank; a frame of more lines is none. */
const margin = 80;
const mostLines = 4;

interface StackFrame {
  readonly node: LldbFrameNode;
  /** Where the frame's line begins in the view. */
  readonly base: number;
}

interface Stack {
  readonly header: LldbThreadNode | null;
  /** Where its first line begins in the view, and the words of that line. */
  readonly lineStart: number;
  readonly start: number;
  end: number;
  readonly frames: StackFrame[];
}

/** The threads that one command printed. */
interface Print {
  readonly command: string | null;
  readonly program: string | null;
  readonly stacks: Stack[];
  /** The threads that it has, by their numbers; null where lines stand without a header. */
  readonly numbers: Set<string> | null;
}

interface Header {
  readonly node: LldbThreadNode;
  readonly place: Pick<Stack, "lineStart" | "start">;
}

class Lldb {
  private readonly prints: Print[] = [];
  private command: string | null = null;
  private program: string | null = null;
  private header: Header | null = null;
  /** Nothing came yet behind which the last print does not go on. */
  private going = false;
  /** The last frame, if a mailer may have broken its line. */
  private wrapped: { readonly stack: Stack; lines: number } | null = null;

  constructor(private readonly map: SourceMap) {}

  read(): Told {
    const { text } = this.map.view;
    for (const { start, end } of linesOf(text)) this.line(text.slice(start, end), start);
    for (const { stacks } of this.prints) for (const { frames } of stacks) this.markCut(frames);
    const echoes = echoesAmong(this.prints);
    const kept = this.prints.filter((print) => !echoes.has(print));
    return {
      traces: kept.map((print) => this.traceOf(print)),
      assertions: [],
      diagnostics: [...Array.from(echoes, (print) => this.echo(print)), ...kept.flatMap(this.cuts)],
      taken: this.prints.flatMap(({ stacks }) =>
        stacks.map(({ lineStart, end }) => ({ start: lineStart, end })),
      ),
    };
  }

  private line(line: string, start: number): void {
    const typed = prompt.exec(line)?.[0].length;
    if (typed !== undefined) this.interrupt(line.slice(typed).trim() || null);
    else if (processLine.test(line)) this.interrupt(null);
    this.program = programLine.exec(line)?.[1] ?? this.program;
    const node = parseLldbFrame(line);
    const header =
      node === null ? lldbHeaderAt(this.map.view.text, { start, end: start + line.length }) : null;
    if (node !== null) this.frame(node, start, line);
    else if (header !== null) this.announce(header, line, start);
    else this.goOn(start, start + line.length);
  }

  /** Takes a line as the rest of a frame that a mailer broke, once it shows the place. */
  private goOn(start: number, end: number): void {
    const { wrapped } = this;
    const frame = wrapped?.stack.frames.at(-1);
    if (wrapped === null || frame === undefined) return;
    const lines = this.map.view.text.slice(frame.base, end);
    if (start === end || wrapped.lines++ === mostLines || !mayGoOn(frame.node, lines)) this.wrapped = null;
    else {
      const node = parseLldbFrame(lines.replaceAll("\n", " "));
      if (node === null || node.file === null) return;
      wrapped.stack.frames.pop();
      this.put(node, frame.base, wrapped.stack);
    }
  }

  private announce(node: LldbThreadNode, line: string, lineStart: number): void {
    const start = lineStart + line.length - line.trimStart().length;
    this.header = { node, place: { lineStart, start } };
    this.wrapped = null;
  }

  private markCut(frames: StackFrame[]): void {
    const [first, last] = [frames[0], frames.at(-1)];
    if (first === undefined || last === undefined) return;
    const { base, node } = last;
    const words = this.map.view.text
      .slice(base, base + node.end)
      .replaceAll("\n", " ")
      .trimEnd();
    frames[frames.length - 1] = { base, node: markCut(node, words, first.node) };
  }

  private interrupt(command: string | null): void {
    this.command = command;
    this.header = null;
    this.going = false;
    this.wrapped = null;
  }

  private frame(node: LldbFrameNode, base: number, line: string): void {
    const stack = this.openStack(node) ?? this.begin(base, base + node.start);
    this.put(node, base, stack);
    if (node.file === null && line.length < margin) this.wrapped = { stack, lines: 0 };
  }

  private put(node: LldbFrameNode, base: number, stack: Stack): void {
    stack.frames.push({ node, base });
    stack.end = base + node.end;
    this.wrapped = null;
  }

  /** The thread that a frame goes on with: levels ascend inside a thread. */
  private openStack({ level }: LldbFrameNode): Stack | null {
    const stack = this.going && this.header === null ? this.prints.at(-1)?.stacks.at(-1) : undefined;
    return stack !== undefined && level > (stack.frames.at(-1)?.node.level ?? -1) ? stack : null;
  }

  private begin(lineStart: number, start: number): Stack {
    const header = this.header?.node ?? null;
    const place = { lineStart, start, ...this.header?.place };
    const stack: Stack = { header, ...place, end: start, frames: [] };
    const print = this.printFor(header);
    print.stacks.push(stack);
    if (header !== null) print.numbers?.add(header.number);
    this.header = null;
    this.going = true;
    return stack;
  }

  /** Threads that follow each other under headers were printed by one command, each once. */
  private printFor(header: LldbThreadNode | null): Print {
    const last = this.going ? this.prints.at(-1) : undefined;
    if (header !== null && last?.numbers?.has(header.number) === false) return last;
    const numbers = header === null ? null : new Set<string>();
    const print = { command: this.command, program: this.program, stacks: [], numbers };
    this.prints.push(print);
    return print;
  }

  private traceOf({ command, program, stacks }: Print): ReadTrace {
    const deaths = stacks.map(({ header }) => (header?.reason == null ? null : deathOf(header.reason)));
    const crashed = crashedAmong(stacks, deaths);
    return foreignTrace({
      dialect: "lldb",
      command,
      program,
      signal: deaths[crashed]?.signal ?? null,
      assertion: this.assertionOf(crashed === -1 ? stacks : stacks.slice(crashed, crashed + 1)),
      threads: stacks.map((stack, index) => this.threadOf(stack, index, index === crashed)),
      span: this.map.span(stacks[0]?.start ?? 0, stacks.at(-1)?.end ?? 0),
    });
  }

  private assertionOf(stacks: readonly Stack[]): ReadAssertion | null {
    for (const { frames } of stacks) {
      const assertion = assertionOfFrames(frames.map(({ node, base }) => frameOf(node, base, this.map)));
      if (assertion !== null) return assertion;
    }
    return null;
  }

  private threadOf({ header, frames, start, end }: Stack, index: number, crashed: boolean): ReadThread {
    const last = frames.at(-1)?.node;
    return foreignThread({
      index,
      number: header?.number ?? null,
      target: header?.tid == null ? null : `tid = ${header.tid}`,
      lwp: lwpOf(header?.tid ?? ""),
      name: header?.name ?? null,
      crashed,
      frames: frames.map(({ node, base }) => ({
        ...frameOf(node, base, this.map),
        inlined: inlinedOf(node),
      })),
      end: last?.cut === true ? cutEnd(cutMessage(last.level)) : null,
      span: this.map.span(start, end),
    });
  }

  private readonly cuts = ({ stacks }: Print): Diagnostic[] =>
    stacks
      .flatMap(({ frames }) => frames)
      .filter(({ node }) => node.cut)
      .map(({ node, base }) =>
        cutDiagnostic(this.map, cutMessage(node.level), base + node.start, base + node.end),
      );

  private echo({ stacks }: Print): Diagnostic {
    const message = "lldb printed this frame where it stopped or was selected; it is no backtrace of its own";
    const { start, end } = stacks[0] ?? { start: 0, end: 0 };
    return this.map.diagnostic("note", "stop-frame", message, start, end);
  }
}

/** Whether lines from a frame's on may be those of the frame alone: its arguments are open, or the rest of it comes. */
function mayGoOn({ cut, library }: LldbFrameNode, lines: string): boolean {
  if (library === null) return /^[^\n]*\n[ \t]*[^\s`]+`/.test(lines);
  return cut || / (?:at|\[inlined\])\n|\n[ \t]*at /.test(lines);
}

/** lldb 14 leaves `[inlined]` out, and the inlined function's own name, where it prints no arguments. */
function inlinedOf({ inlined, items }: LldbFrameNode): boolean | null {
  return inlined || items.length > 0 ? inlined : null;
}

/** The thread that died: one that is selected before others, for several may be stopped. */
function crashedAmong(stacks: readonly Stack[], deaths: readonly (Death | null)[]): number {
  const selected = stacks.findIndex(
    ({ header }, index) => header?.selected === true && deaths[index] !== null,
  );
  return selected !== -1 ? selected : deaths.findIndex((death) => death !== null);
}

/** Linux's thread ids are decimal; Apple's are not those of the kernel's scheduler. */
function lwpOf(tid: string): number | null {
  return /^\d{1,10}$/.test(tid) ? Number(tid) : null;
}

/**
 * The prints that are only the frame that lldb shows where it stops, or where one is selected, and that a backtrace of the
 * text holds as well. In a backtrace of the selected thread, unlike there, one frame is marked.
 */
function echoesAmong(prints: readonly Print[]): Set<Print> {
  const alone = prints.filter(isAlone);
  const rest = prints.filter((print) => !isAlone(print));
  const held = new Set(rest.flatMap(({ stacks }) => stacks.flatMap(({ frames }) => frames.map(keyOf))));
  return new Set(
    alone.filter(({ stacks }) =>
      stacks.every(({ frames }) => frames.every((frame) => held.has(keyOf(frame)))),
    ),
  );
}

function isAlone({ stacks: [stack, ...others] }: Print): boolean {
  if (stack === undefined || others.length > 0 || stack.frames.length > 1) return false;
  const marked = stack.frames.some(({ node }) => node.selected);
  return stack.header === null || (stack.header.selected && !marked);
}

function keyOf({ node }: StackFrame): string {
  return `${node.level} ${node.address} ${node.function}`;
}
