import type { Diagnostic } from "../../model/report.js";
import type { Frame, ReadAssertion, ReadTrace } from "../../model/trace.js";
import { type Line, lineAt } from "../../text/lines.js";
import { cutDiagnostic, cutEnd, cutMessage } from "../cut.js";
import type { Dialect, Told } from "../dialect.js";
import { markInlined } from "../frame.js";
import type { SourceMap } from "../source-map.js";
import { foreignFrame, foreignThread, foreignTrace } from "./foreign.js";
import { parsePanic, parseRustAssertion, parseRustFrame } from "./rust-line.js";
import type { PanicNode } from "./rust-nodes.js";
import { type RustEntry, type RustStack, rustStackAt } from "./rust-stack.js";

/** What Rust prints of a panic (seen with 1.95; before 1.73 the message stood in quotes on the first line). */
export const rustPanic: Dialect = {
  name: "rust-panic",
  mark: /' (?:\(\d+\) )?panicked at |[Ss]tack backtrace:/,
  read: (map) => new Rust(map).read(),
};

/** A message has no more lines. */
const longestMessage = 64;

const announcement = /^[ \t]*thread '.*' (?:\(\d+\) )?panicked at /;
const quotedEnd = /:\d+[ \t]*$/;
const backtrace = /^[ \t]*[Ss]tack backtrace:[ \t]*$/;
/** What is no part of a message: the hint behind it, and what debuggers print. */
const otherOutput = /^[ \t]*(?:note: |#\d|\((?:gdb|lldb)\) |Program )/;
interface Panic {
  readonly node: PanicNode;
  /** Whole lines. */
  readonly lines: Line;
  readonly assertion: ReadAssertion | null;
}

interface Stack {
  readonly panic: Panic | null;
  /** Whole lines, from the panic's on. */
  readonly lines: Line;
  readonly entries: readonly RustEntry[];
}

class Rust {
  private readonly stacks: Stack[] = [];
  /** Failed assertions whose stack was not printed. */
  private readonly silent: Panic[] = [];
  private panic: Panic | null = null;
  /** How many lines came behind the panic. */
  private behind = 0;
  private readonly text: string;

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (let line = lineAt(this.text, 0); line !== null; line = lineAt(this.text, line.end + 1)) {
      line = this.panicAt(line) ?? this.stackAt(line) ?? this.other(line);
    }
    this.endPanic();
    return {
      traces: this.stacks.map((stack) => this.traceOf(stack)),
      assertions: this.silent.flatMap(({ assertion }) => assertion ?? []),
      diagnostics: this.stacks.flatMap((stack) => this.cutOf(stack)),
      taken: [...this.stacks, ...this.silent].map(({ lines }) => lines).sort(byStart),
    };
  }

  /** Takes the panic that a line announces; gives its last line. */
  private panicAt(first: Line): Line | null {
    if (!announcement.test(wordsOf(this.text, first))) return null;
    const last = this.announcementEnd(first);
    const node = parsePanic(wordsOf(this.text, { start: first.start, end: last.end }));
    if (node === null) return null;
    this.endPanic();
    const behind = lineAt(this.text, last.end + 1);
    const told = node.message === null && behind !== null ? behind : null;
    const condition = parseRustAssertion(node.message ?? (told === null ? "" : wordsOf(this.text, told)));
    const lines = { start: first.start, end: condition === null ? last.end : (told ?? last).end };
    const place = told ?? { start: first.start + node.start, end: first.start + node.end };
    this.panic = { node, lines, assertion: this.assertionOf(condition, node, place) };
    this.behind = 0;
    return last;
  }

  /** The last line of an announcement: a quoted message may have many. */
  private announcementEnd(first: Line): Line {
    if (!wordsOf(this.text, first).includes(" panicked at '")) return first;
    let line: Line | null = first;
    for (let count = 0; line !== null && count < longestMessage; count++) {
      const words = wordsOf(this.text, line);
      if (quotedEnd.test(words.slice(-64)) && words.includes("', ")) return line;
      line = lineAt(this.text, line.end + 1);
    }
    return first;
  }

  private assertionOf(expression: string | null, { file, line }: PanicNode, { start, end }: Line) {
    if (expression === null) return null;
    const span = this.map.span(start, end);
    return { expression, file, line, function: null, origin: "stderr", span } as const;
  }

  /** Takes the stack that stands below a line, or below a panic without a heading; gives its last line. */
  private stackAt(line: Line): Line | null {
    const words = wordsOf(this.text, line);
    if (backtrace.test(words)) return this.takeStack(rustStackAt(this.text, line.end + 1, line), line);
    if (this.panic === null || parseRustFrame(words)?.level == null) return null;
    const stack = rustStackAt(this.text, line.start, line);
    // A list in the message, such as the causes of an error, is no stack.
    return isCode(stack) ? this.takeStack(stack, line) : stack.last;
  }

  private takeStack({ entries, last }: RustStack, first: Line): Line | null {
    if (entries.length === 0) return null;
    const { panic } = this;
    this.stacks.push({ panic, lines: { start: (panic?.lines ?? first).start, end: last.end }, entries });
    this.panic = null;
    return last;
  }

  private other(line: Line): Line {
    if (
      this.panic !== null &&
      (++this.behind > longestMessage || otherOutput.test(wordsOf(this.text, line)))
    ) {
      this.endPanic();
    }
    return line;
  }

  /** No stack came. */
  private endPanic(): void {
    if (this.panic !== null && this.panic.assertion !== null) this.silent.push(this.panic);
    this.panic = null;
  }

  private traceOf({ panic, lines, entries }: Stack): ReadTrace {
    const start = panic === null ? lines.start : panic.lines.start + panic.node.start;
    const span = this.map.span(start, entries.at(-1)?.end ?? lines.end);
    const cut = cutAmong(entries);
    const thread = foreignThread({
      index: 0,
      name: panic?.node.thread ?? null,
      lwp: panic?.node.tid ?? null,
      crashed: panic !== null,
      frames: this.framesOf(entries),
      end: cut === null ? null : cutEnd(cut.message),
      span,
    });
    return foreignTrace({
      dialect: "rust-panic",
      assertion: panic?.assertion ?? null,
      threads: [thread],
      span,
    });
  }

  private cutOf({ entries }: Stack): Diagnostic[] {
    const cut = cutAmong(entries);
    if (cut === null) return [];
    const { base, node, end } = cut.entry;
    return [cutDiagnostic(this.map, cut.message, base + node.start, end)];
  }

  private framesOf(entries: readonly RustEntry[]): Frame[] {
    const counted = isCounted(entries);
    const frames = entries.map(({ node, base, place, end }, index) =>
      foreignFrame({
        level: counted ? (node.level ?? index) : index,
        address: node.address,
        function: node.function === "<unknown>" ? null : node.function,
        inlined: counted ? null : entries[index + 1]?.node.level === null,
        location: place === null ? null : { file: place.file, line: place.line },
        span: this.map.span(base + node.start, end),
      }),
    );
    return counted ? markInlined(frames) : frames;
  }
}

/** No frame stands there without a number. */
function isCounted(entries: readonly RustEntry[]): boolean {
  return entries.every(({ node }) => node.level !== null);
}

/** The last frame, where it is cut. */
function cutAmong(entries: readonly RustEntry[]): { entry: RustEntry; message: string } | null {
  const entry = entries.at(-1);
  if (entry?.cut !== true) return null;
  const level = isCounted(entries) ? entry.node.level : entries.length - 1;
  return { entry, message: cutMessage(level) };
}

/** Places, addresses or paths of Rust tell a stack from any other list with numbers. */
function isCode({ entries }: RustStack): boolean {
  const paths = entries.filter(({ node }) => node.function?.includes("::") === true);
  return paths.length > 1 || entries.some(({ node, place }) => node.address !== null || place !== null);
}

function wordsOf(text: string, { start, end }: Line): string {
  return text.slice(start, end);
}

function byStart(one: Line, other: Line): number {
  return one.start - other.start;
}
