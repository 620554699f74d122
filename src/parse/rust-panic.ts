import type { Frame, ReadAssertion, ReadTrace } from "../model/trace.js";
import type { Line } from "../text/lines.js";
import type { Dialect, Told } from "./dialect.js";
import { foreignFrame, foreignThread, foreignTrace } from "./foreign.js";
import { markInlined } from "./frame.js";
import { parsePanic, parseRustAssertion, parseRustFrame, parseRustPlace } from "./rust-line.js";
import type { PanicNode, RustFrameNode, RustPlaceNode } from "./rust-nodes.js";
import type { SourceMap } from "./source-map.js";

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
const omission = /^ +\[\.\.\. omitted \d+ frames? \.\.\.\]$/;
/** A frame without a number stands below one that has it, and indented like its name. */
const unnumbered = /^ {6,}(?:<|\S*::|\S+$)/;

interface Panic {
  readonly node: PanicNode;
  /** Whole lines. */
  readonly lines: Line;
  readonly assertion: ReadAssertion | null;
}

interface Entry {
  readonly node: RustFrameNode;
  /** Where the frame's first line begins in the view. */
  readonly base: number;
  readonly place: RustPlaceNode | null;
  /** Where its words end in the view. */
  readonly end: number;
}

interface Stack {
  readonly panic: Panic | null;
  /** Whole lines, from the panic's on. */
  readonly lines: Line;
  readonly entries: readonly Entry[];
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
      diagnostics: [],
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

  /** Takes the stack that stands below a line; gives its last line. */
  private stackAt(heading: Line): Line | null {
    if (!backtrace.test(wordsOf(this.text, heading))) return null;
    const { entries, last } = entriesBelow(this.text, heading);
    if (entries.length === 0) return null;
    const { panic } = this;
    this.stacks.push({ panic, lines: { start: (panic?.lines ?? heading).start, end: last.end }, entries });
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
    const thread = foreignThread({
      index: 0,
      name: panic?.node.thread ?? null,
      lwp: panic?.node.tid ?? null,
      crashed: panic !== null,
      frames: this.framesOf(entries),
      span,
    });
    return foreignTrace({
      dialect: "rust-panic",
      assertion: panic?.assertion ?? null,
      threads: [thread],
      span,
    });
  }

  private framesOf(entries: readonly Entry[]): Frame[] {
    const counted = entries.every(({ node }) => node.level !== null);
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

/** The frames below `stack backtrace:`, each with its place, and the last of their lines. */
function entriesBelow(text: string, heading: Line): { entries: Entry[]; last: Line } {
  const entries: Entry[] = [];
  let last = heading;
  let level = -1;
  for (let line = lineAt(text, heading.end + 1); line !== null; line = lineAt(text, line.end + 1)) {
    const words = wordsOf(text, line);
    const entry = entries.at(-1);
    const place = entry?.place === null ? parseRustPlace(words) : null;
    if (entry !== undefined && place !== null) {
      entries[entries.length - 1] = { ...entry, place, end: line.start + place.end };
    } else if (!omission.test(words)) {
      const node = frameBelow(words, level);
      if (node === null) break;
      entries.push({ node, base: line.start, place: null, end: line.start + node.end });
      level = node.level ?? level;
    }
    last = line;
  }
  return { entries, last };
}

/** Numbers ascend; the first frame has one. */
function frameBelow(words: string, level: number): RustFrameNode | null {
  const node = parseRustFrame(words);
  if (node === null) return null;
  const follows = node.level === null ? level >= 0 && unnumbered.test(words) : node.level > level;
  return follows ? node : null;
}

function lineAt(text: string, start: number): Line | null {
  if (start > text.length) return null;
  const end = text.indexOf("\n", start);
  return { start, end: end === -1 ? text.length : end };
}

function wordsOf(text: string, { start, end }: Line): string {
  return text.slice(start, end);
}

function byStart(one: Line, other: Line): number {
  return one.start - other.start;
}
