import { reader } from "../../generated/backtrace-symbols.js";
import type { Frame, ReadTrace, Signal } from "../../model/trace.js";
import { type Line, linesOf } from "../../text/lines.js";
import type { Dialect, Told } from "../dialect.js";
import type { SourceMap } from "../source-map.js";
import { foreignFrame, foreignThread, foreignTrace, toldOf } from "./foreign.js";
import type { SymbolNode } from "./glibc-nodes.js";
import { farthestDelivery, lookAround, signalIn } from "./glibc-signal.js";

/**
 * What glibc's `backtrace_symbols` and `backtrace_symbols_fd` print (seen with glibc 2.36), alone or with a number or a
 * prefix of the program's own in front, and glibc's own report of a damaged heap (up to glibc 2.25).
 */
export const glibcBacktrace: Dialect = {
  name: "glibc",
  mark: /\) {0,4}\[0x[0-9a-f]/,
  read: (map) => new Glibc(map).read(),
};

const readSymbol = reader({ startRule: "SymbolLine" });

/** Mangled names are long; the bound keeps a hostile line cheap. */
const longest = 16384;

/**
 * Reads one line of `backtrace_symbols` with whatever stands in front of it; null for everything else. Offsets are UTF-16
 * units in `line`; they begin at the library. Linear, never throws.
 */
export function parseSymbolLine(line: string): SymbolNode | null {
  return line.length <= longest && /\[0x[0-9a-f]{1,16}\]\s*$/.test(line.slice(-64)) ? readSymbol(line) : null;
}

interface Entry {
  readonly node: SymbolNode;
  /** The line in the view. */
  readonly line: Line;
}

/** One stack, and what was said beside it. */
interface List {
  readonly entries: Entry[];
  /** The lines below it: the X server names the signal there. */
  below: string[];
  /** What the lines above tell. */
  readonly signal: Signal | null;
  /** glibc printed it, because it ends the process. */
  readonly fatal: boolean;
}

/** So many lines may stand between two entries: the X server complains about symbols that it does not find. */
const mostBetween = 2;

class Glibc {
  private readonly lists: List[] = [];
  private list: List | null = null;
  private readonly before: string[] = [];
  /** How many other lines came since the last entry. */
  private between = 0;

  constructor(private readonly map: SourceMap) {}

  read(): Told {
    const { text } = this.map.view;
    for (const line of linesOf(text)) this.line(text.slice(line.start, line.end), line);
    return toldOf(this.lists.filter(isStack), (list) => this.traceOf(list));
  }

  private line(text: string, line: Line): void {
    const node = parseSymbolLine(text);
    if (node === null) {
      this.between++;
      this.before.push(text);
      if (this.before.length > lookAround) this.before.shift();
      if (this.list !== null && this.list.below.length < lookAround) this.list.below.push(text);
      return;
    }
    const open = this.list !== null && goesOn(this.list, node, this.between) ? this.list : null;
    const list = open ?? this.begin();
    list.entries.push({ node, line });
    list.below = [];
    this.between = 0;
    this.before.length = 0;
  }

  private begin(): List {
    const signal = signalIn(this.before);
    // What announces this stack does not end the one above.
    if (this.list !== null && signal !== null) this.list.below = [];
    const list = { entries: [], below: [], signal, fatal: this.before.some(isFatal) };
    this.list = list;
    this.lists.push(list);
    return list;
  }

  private traceOf({ entries, below, fatal, ...above }: List): ReadTrace {
    const signal = above.signal ?? signalIn(below);
    const levels = levelsOf(entries);
    const frames = entries.map((entry, index) => this.frameOf(entry, levels[index] ?? index));
    const trampoline = signal === null ? undefined : frames.slice(1, farthestDelivery + 1).find(isTrampoline);
    if (trampoline !== undefined) trampoline.kind = "signal-handler";
    const span = this.map.span(startOf(entries[0]), endOf(entries.at(-1)));
    const crashed = signal !== null || fatal;
    return foreignTrace({
      dialect: "glibc",
      signal: signal ?? (fatal ? { name: "SIGABRT", description: null } : null),
      threads: [foreignThread({ index: 0, crashed, frames, span })],
      span,
    });
  }

  private frameOf({ node, line }: Entry, level: number): Frame {
    return foreignFrame({
      level,
      address: node.address,
      function: node.function,
      library: node.library,
      libraryOffset: node.function === null ? node.offset : null,
      span: this.map.span(line.start + node.start, line.start + node.end),
    });
  }
}

/**
 * Where the kernel has a handler return to: a place in the C library without a symbol of its own (`__restore_rt` is local;
 * seen with glibc 2.36).
 */
function isTrampoline({ function: name, library }: Frame): boolean {
  return (name === null || name === "__restore_rt") && /(?:^|\/)lib(?:c|pthread)[.-]/.test(library ?? "");
}

/** Entries follow each other. Where something was logged in between, or the program counts anew, its numbers tell. */
function goesOn({ entries }: List, { number }: SymbolNode, between: number): boolean {
  const last = entries.at(-1)?.node.number ?? null;
  if (number === null || last === null) return between === 0;
  return between === 0 ? number > last || number > 1 : between <= mostBetween && number === last + 1;
}

/** A lone line may be anything that somebody quotes; addresses alone are no stack either. */
function isStack({ entries }: List): boolean {
  return entries.length > 1 && entries.some(({ node }) => node.certain);
}

/** The program's own numbers where they count on by one, else the places in the list. */
function levelsOf(entries: readonly Entry[]): number[] {
  const first = entries[0]?.node.number ?? null;
  const counted = first !== null && entries.every(({ node }, index) => node.number === first + index);
  return entries.map((_, index) => (counted ? first + index : index));
}

function startOf(entry: Entry | undefined): number {
  return entry === undefined ? 0 : entry.line.start + entry.node.start;
}

function endOf(entry: Entry | undefined): number {
  return entry === undefined ? 0 : entry.line.start + entry.node.end;
}

/** `*** glibc detected *** ./a.out: double free or corruption (fasttop): 0x0804b008 ***`, then its stack. */
function isFatal(line: string): boolean {
  return /^\*{3} (?:glibc detected|Error in `)|^={5,} Backtrace: ={5,}$/.test(line.trimEnd());
}
