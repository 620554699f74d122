import type { Frame, ReadTrace } from "../../model/trace.js";
import { type Line, linesOf } from "../../text/lines.js";
import type { Dialect, Told } from "../dialect.js";
import type { SourceMap } from "../source-map.js";
import { foreignFrame, foreignThread, foreignTrace, toldOf } from "./foreign.js";
import { mostEmpty } from "./foreign-lines.js";
import { farthestDelivery, lookAround, signalIn } from "./glibc-signal.js";

/**
 * What the signal handlers and failed checks of glog and Abseil print: a stack of addresses and names, made like glibc's and
 * told by lines like `*** SIGSEGV (@0x0) received by PID 4711 (TID 0x7f1f10f0e740) from PID 0; stack trace: ***`.
 */
export const glog: Dialect = {
  name: "glibc",
  mark: /@[ \t]{1,16}0x[0-9a-f]/,
  read: (map) => new Glog(map).read(),
};

/** `    @     0x557b9a2e2f16  main`; below a heading with the prefix of a log in front. */
const frameStart = /^(.{0,256}?(?:^|[ \t]))@[ \t]{1,16}(0x[0-9a-f]{1,16})(?=[ \t]|$)/;
/** `PC: @     0x557b9a2e2f16  main` tells where the signal came; it is no frame. */
const counter = /\bPC: $/;
const heading = /\*{3} .{0,512}\bstack trace: \*{3}|\*{3} Aborted at \d|\*{3} SIG[A-Z0-9]{1,12} received /;
const failedCheck = /\*{3} Check failure stack trace: \*{3}/;
const threadId = /\(TID (\d{1,10})\)/;
/** Abseil tells the frame's size, or that it does not know it, in front of the name. */
const frameSize = /^(?:\d{1,9}|\(unknown\))[ \t]{2,}(?=\S)/;
const offset = / \+ (?:0x[0-9a-f]{1,16}|\d{1,9})$/;
/** Names of generic functions are long; the bound keeps a hostile line cheap. */
const longest = 16384;

interface Entry {
  readonly address: string;
  readonly function: string | null;
  /** From the `@` to the end of the name, in the view. */
  readonly words: Line;
  readonly line: Line;
}

interface List {
  readonly entries: Entry[];
  /** What stands above it. */
  readonly above: readonly string[];
  /** The program counter when the signal came. */
  readonly pc: string | null;
}

class Glog {
  private readonly lists: List[] = [];
  private list: List | null = null;
  private above: string[] = [];
  private pc: string | null = null;
  /** How many empty lines came since the last entry. */
  private empty = 0;

  constructor(private readonly map: SourceMap) {}

  read(): Told {
    const { text } = this.map.view;
    for (const line of linesOf(text)) this.line(text.slice(line.start, line.end), line);
    return toldOf(this.lists.filter(isStack), (list) => this.traceOf(list));
  }

  private line(content: string, line: Line): void {
    const [start, lead = "", address] = content.length > longest ? [] : (frameStart.exec(content) ?? []);
    if (start === undefined || address === undefined) this.other(content);
    else if (counter.test(lead)) this.pc = address;
    else {
      const entry = entryOf(content, line, lead.length, start.length, address);
      if (this.list !== null || lead.trim() === "" || this.above.some(isHeading)) this.put(entry);
    }
  }

  private put(entry: Entry): void {
    this.list ??= this.begin();
    this.list.entries.push(entry);
    this.empty = 0;
  }

  private begin(): List {
    const list = { entries: [], above: this.above, pc: this.pc };
    this.lists.push(list);
    this.above = [];
    this.pc = null;
    return list;
  }

  private other(content: string): void {
    if (content.trim() === "" && this.list !== null && ++this.empty <= mostEmpty) return;
    this.list = null;
    this.empty = 0;
    this.above.push(content.slice(0, longest));
    if (this.above.length > lookAround) this.above.shift();
  }

  private traceOf({ entries, above, pc }: List): ReadTrace {
    const frames = entries.map((entry, level) => this.frameOf(entry, level));
    const interrupted = entries.findIndex(({ address }) => address === pc);
    const delivery = interrupted > farthestDelivery ? undefined : frames[interrupted - 1];
    if (delivery !== undefined && delivery.function === null) delivery.kind = "signal-handler";
    const aborted = above.some((line) => failedCheck.test(line));
    const signal = signalIn(above) ?? (aborted ? { name: "SIGABRT", description: null } : null);
    const span = this.map.span(entries[0]?.words.start ?? 0, entries.at(-1)?.words.end ?? 0);
    const lwp = above.flatMap((line) => threadId.exec(line)?.[1] ?? []).at(-1);
    const thread = foreignThread({
      index: 0,
      lwp: lwp === undefined ? null : Number(lwp),
      crashed: signal !== null || above.some(isHeading),
      frames,
      span,
    });
    return foreignTrace({ dialect: "glibc", signal, threads: [thread], span });
  }

  private frameOf({ address, function: name, words }: Entry, level: number): Frame {
    return foreignFrame({ level, address, function: name, span: this.map.span(words.start, words.end) });
  }
}

/** @param at where the `@` stands in the line; `end` is behind the address */
function entryOf(content: string, line: Line, at: number, end: number, address: string): Entry {
  const rest = content.slice(end).trim().replace(frameSize, "").replace(offset, "");
  return {
    address,
    function: rest === "" || rest === "(unknown)" ? null : rest,
    words: { start: line.start + at, end: line.start + content.trimEnd().length },
    line,
  };
}

function isHeading(line: string): boolean {
  return heading.test(line);
}

/** A lone line may be anything; addresses alone are a stack below a heading. */
function isStack({ entries, above }: List): boolean {
  if (above.some(isHeading)) return true;
  return entries.length > 1 && entries.some(({ function: name }) => name !== null);
}
