import type { Diagnostic } from "../../model/report.js";
import type { ReadThread, ReadTrace, Signal } from "../../model/trace.js";
import type { Line } from "../../text/lines.js";
import { markInlined } from "../frame.js";
import type { SourceMap } from "../source-map.js";
import { foreignThread, foreignTrace } from "./foreign.js";
import type { ForeignFrameNode } from "./foreign-nodes.js";
import { ForeignStack, type FrameText } from "./foreign-stack.js";

/** The line that begins a report. */
export interface SanitizerHeading {
  /** `AddressSanitizer`; `UndefinedBehaviorSanitizer` for a `runtime error`. */
  readonly tool: string;
  /** What it found: `heap-use-after-free on address 0x602000000010 at pc …`. */
  readonly words: string;
}

/** `==4711==ERROR: AddressSanitizer: …`, `WARNING: ThreadSanitizer: …`, `AddressSanitizer: CHECK failed: …` */
const reportStart =
  /^[ \t]*(?:==\d{1,10}==[ \t]?)?(?:(?:ERROR|WARNING|FATAL): )?(\w{1,32}Sanitizer|libFuzzer): (?=\S)/;
/** `list.c:3:5: runtime error: signed integer overflow: …` */
const runtimeError = /^[ \t]*[^\s:]{1,1024}:\d{1,9}(?::\d{1,9})?: (?=runtime error: \S)/;
/** Nothing is looked for behind so much of a line. */
const longestHeading = 4096;

/** Reads a line as the beginning of a report; null for everything else. Never throws. */
export function readHeading(line: string): SanitizerHeading | null {
  const head = line.slice(0, longestHeading).trimEnd();
  const report = reportStart.exec(head);
  if (report !== null) return { tool: report[1] ?? "", words: head.slice(report[0].length) };
  const error = runtimeError.exec(head);
  return error === null ? null : { tool: "UndefinedBehaviorSanitizer", words: head.slice(error[0].length) };
}

/** So many lines may stand between two stacks (AddressSanitizer lists the variables of a frame), or above the first. */
const longestGap = 400;
/** Below a `runtime error` a few lines show the memory; a stack further away is another report's. */
const longestNote = 6;
/** Somebody left frames out of a stack that stands alone, and says so. */
const longestOmission = 2;
const summary = /^[ \t]*SUMMARY: \w+: /;
/** `==4711==The signal is caused by a WRITE memory access.` */
const remark = /^[ \t]*==\d{1,10}==/;
const signalWords = /^(SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS) on unknown address/;
/** `Thread T1 (tid=28931, finished) created by main thread at:` */
const threadId = /^[ \t]*Thread (T\d{1,9}) (?:'[^']{0,64}' )?\(tid=(\d{1,10}),/;

interface Part {
  readonly stack: ForeignStack;
  readonly name: string | null;
  readonly number: string | null;
}

/** Collects the stacks of one report. */
export class SanitizerReport {
  private readonly parts: Part[] = [];
  private readonly ids = new Map<string, number>();
  /** The last line with words since the last frame. */
  private above: { readonly words: string; readonly line: Line } | null = null;
  private gap = 0;
  private ended = false;
  private readonly first: Line;
  private last: number;

  /** @param heading null for a stack that stands alone; `line` is then its first frame's */
  constructor(
    private readonly map: SourceMap,
    private readonly heading: SanitizerHeading | null,
    line: Line,
  ) {
    this.first = line;
    this.last = line.end;
  }

  /** A stack without a report around it. */
  get bare(): boolean {
    return this.heading === null;
  }

  get hasFrames(): boolean {
    return this.parts.length > 0;
  }

  /** Of two frames one calls the other. */
  get hasCall(): boolean {
    const frames = this.parts.flatMap(({ stack }) => stack.frames);
    return frames.some(({ level }, index) => frames[index + 1]?.level === level + 1);
  }

  /** The level of the last frame, -1 before the first. */
  get level(): number {
    return this.parts.at(-1)?.stack.level ?? -1;
  }

  /** ThreadSanitizer's frames have none. */
  get showsAddresses(): boolean {
    return this.heading?.tool !== "ThreadSanitizer";
  }

  /** Nothing that follows belongs to it. */
  get over(): boolean {
    if (this.bare) return this.gap > longestOmission;
    const most = this.isRuntimeError && this.parts.length === 0 ? longestNote : longestGap;
    return this.ended || this.gap > most;
  }

  /** From its first line to its last one. */
  get place(): Line {
    return { start: this.first.start, end: this.last };
  }

  /** The words of the last frame where they are cut and nothing stands below yet. */
  get broken(): FrameText | null {
    return this.gap === 0 ? (this.parts.at(-1)?.stack.broken ?? null) : null;
  }

  private get isRuntimeError(): boolean {
    return this.heading?.words.startsWith("runtime error: ") ?? false;
  }

  /** Takes a frame. Every stack begins at level 0; between its frames there may be words, for programs print at the same time. */
  add(node: ForeignFrameNode, text: FrameText, line: Line): void {
    const stack = this.parts.at(-1)?.stack;
    if (stack !== undefined && node.level > stack.level) stack.add(node, text);
    else this.begin(text).add(node, text);
    this.taken(line);
    this.above = null;
  }

  /** Puts `node`, read from more lines, in the place of the last frame. */
  mend(node: ForeignFrameNode, text: FrameText, line: Line): void {
    this.parts.at(-1)?.stack.mend(node, text);
    this.taken(line);
  }

  private taken(line: Line): void {
    this.last = line.end;
    this.gap = 0;
  }

  private begin(text: FrameText): ForeignStack {
    const { name, number, line } = this.nameOfNext();
    const start = line === null ? text.viewEnd(1) - 1 : line.start + this.indentOf(line);
    const stack = new ForeignStack(this.map, start, start);
    this.parts.push({ stack, name, number });
    return stack;
  }

  private indentOf({ start, end }: Line): number {
    const content = this.map.view.text.slice(start, end);
    return content.length - content.trimStart().length;
  }

  /** The words above a stack say whose it is; remarks do not, nor the memory that a `runtime error` shows. */
  private nameOfNext(): { name: string | null; number: string | null; line: Line | null } {
    const own = this.above !== null && !this.isRuntimeError && !remark.test(this.above.words);
    if (own && this.above !== null) {
      const name = this.above.words.trim().replace(/:$/, "");
      return { name, number: numberOf(name), line: this.above.line };
    }
    const [heading, line] = this.parts.length === 0 ? [this.heading, this.first] : [null, null];
    if (heading === null) return { name: null, number: null, line: null };
    return { name: heading.words, number: numberOf(heading.words), line };
  }

  /** Takes a line that is no frame. */
  words(content: string, line: Line): void {
    this.gap++;
    const head = content.slice(0, longestHeading);
    if (head.trim() === "") return;
    this.above = { words: head, line };
    const [, number, id] = threadId.exec(head) ?? [];
    if (number !== undefined) this.ids.set(number, Number(id));
    if (!summary.test(head)) return;
    this.ended = true;
    this.last = line.end;
  }

  diagnostics(): Diagnostic[] {
    return this.parts.at(-1)?.stack.diagnostics() ?? [];
  }

  trace(): ReadTrace {
    const start = this.bare
      ? (this.parts[0]?.stack.start ?? 0)
      : this.first.start + this.indentOf(this.first);
    const threads = this.parts.map((part, index) => this.threadOf(part, index));
    const end = this.ended ? this.last : (this.parts.at(-1)?.stack.end ?? this.last);
    return foreignTrace({
      dialect: "sanitizer",
      signal: signalOf(this.heading),
      threads,
      span: this.map.span(start, end),
    });
  }

  /** The first stack is the one of the fault; a leak is found when all is over, and nobody crashed. */
  private threadOf({ stack, name, number }: Part, index: number): ReadThread {
    const crashed = index === 0 && this.heading !== null && this.heading.tool !== "LeakSanitizer";
    return foreignThread({
      index,
      number,
      lwp: this.ids.get(number ?? "") ?? null,
      name,
      crashed,
      frames: markInlined(stack.frames),
      end: stack.cutEnd(),
      span: this.map.span(stack.start, stack.end),
    });
  }
}

/** The thread whose stack it is: that of a created thread is its creator's. */
function numberOf(words: string): string | null {
  const created = /\bcreated by (?:thread )?(T\d{1,9}|main thread)\b/.exec(words);
  if (created !== null) return created[1]?.startsWith("T") === true ? created[1] : null;
  return /\bthread (T\d{1,9})\b/.exec(words)?.[1] ?? /\bT(?:\d{1,9})(?=\)$)/.exec(words)?.[0] ?? null;
}

function signalOf(heading: SanitizerHeading | null): Signal | null {
  const word = signalWords.exec(heading?.words ?? "")?.[1];
  return word === undefined ? null : { name: `SIG${word}`, description: null };
}
