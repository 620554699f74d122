import type { Frame, ReadTrace, Signal } from "../../model/trace.js";
import { type Line, linesOf } from "../../text/lines.js";
import { signalName } from "../../text/signals.js";
import type { Dialect, Told } from "../dialect.js";
import type { SourceMap } from "../source-map.js";
import { foreignFrame, foreignThread, foreignTrace } from "./foreign.js";

/**
 * The stack that ABRT writes into a bug report: gdb's, shortened to names and places, often below `Truncated backtrace:`. It
 * holds the thread that crashed alone.
 */
export const abrt: Dialect = {
  name: "gdb",
  mark: /Thread no\. \d{1,7} \(\d{1,7} frame/,
  read: (map) => new Abrt(map).read(),
};

const heading = /^[ \t]*Thread no\. (\d{1,7}) \(\d{1,7} frames?\)[ \t]*$/;
const frameStart = /^[ \t]*#(\d{1,7})[ \t]+(?=\S)/;
/** gdb's own frames show an address or arguments. */
const ofGdb = /^0x[0-9a-f]| \(/;
const place = /^(\S.*?):(\d{1,9})$/;
const sharedLibrary = /\.so(?:\.[^/]*)?$/;
const killed = /\bkilled by (?:signal )?(SIG[A-Z0-9]{1,12}|\d{1,2}\b)/;
const commandLine = /^[ \t]*cmdline:[ \t]+(\S.*)$/;
/** No line of a report that tells something is longer. */
const longest = 8192;
const signalHandler = "<signal handler called>";

interface Stack {
  readonly number: string;
  readonly start: number;
  readonly place: { readonly start: number; end: number };
  readonly frames: Frame[];
}

class Abrt {
  private readonly traces: ReadTrace[] = [];
  private readonly taken: Line[] = [];
  private readonly text: string;
  private stack: Stack | null = null;
  /** What the fields of the report say of the process. */
  private signal: Signal | null = null;
  private program: string | null = null;

  constructor(private readonly map: SourceMap) {
    this.text = map.view.text;
  }

  read(): Told {
    for (const line of linesOf(this.text)) {
      if (line.end - line.start <= longest) this.line(this.text.slice(line.start, line.end), line);
      else this.endStack();
    }
    this.endStack();
    return { traces: this.traces, assertions: [], diagnostics: [], taken: this.taken };
  }

  private line(content: string, line: Line): void {
    const number = heading.exec(content)?.[1];
    if (number !== undefined) this.begin(number, content, line);
    else if (this.stack === null) this.field(content);
    else if (!this.frame(this.stack, content, line) && content.trim() !== "") this.endStack();
  }

  private begin(number: string, content: string, line: Line): void {
    this.endStack();
    const start = line.start + content.indexOf("Thread");
    this.stack = { number, start, place: { ...line }, frames: [] };
  }

  private frame({ frames, place: whole }: Stack, content: string, line: Line): boolean {
    const [indent, digits] = frameStart.exec(content) ?? [];
    const words = content.slice(indent?.length ?? 0).trimEnd();
    const level = Number(digits);
    if (indent === undefined || ofGdb.test(words) || level <= (frames.at(-1)?.level ?? -1)) return false;
    const start = line.start + content.indexOf("#");
    const span = this.map.span(start, line.start + content.trimEnd().length);
    frames.push(foreignFrame({ level, ...knownFrom(words), span }));
    whole.end = line.end;
    return true;
  }

  private field(content: string): void {
    const word = killed.exec(content)?.[1];
    if (word !== undefined) this.signal = { name: signalName(word) ?? word, description: null };
    this.program = commandLine.exec(content)?.[1]?.trimEnd() ?? this.program;
  }

  private endStack(): void {
    const { stack, signal, program } = this;
    this.stack = null;
    const last = stack?.frames.at(-1);
    if (stack === null || last === undefined) return;
    const { number, frames, place: whole } = stack;
    const words = this.text.slice(whole.start, whole.end).trimEnd();
    const span = this.map.span(stack.start, whole.start + words.length);
    const thread = foreignThread({ index: 0, number, crashed: true, frames, span });
    this.traces.push(foreignTrace({ dialect: "gdb", program, signal, threads: [thread], span }));
    this.taken.push({ ...whole });
    this.signal = null;
    this.program = null;
  }
}

/** `main at a.c:9`, `gtk_main at /lib64/libgtk-3.so.0`, `main`, `??`, `<signal handler called>` */
function knownFrom(words: string): Partial<Frame> {
  if (words === signalHandler) return { kind: "signal-handler" };
  const at = words.lastIndexOf(" at ");
  const name = (at === -1 ? words : words.slice(0, at)).trim();
  const known = name.startsWith("??") ? null : name;
  if (at === -1) return { function: known };
  const where = words.slice(at + " at ".length).trim();
  const [, file = where, line] = place.exec(where) ?? [];
  if (line === undefined && sharedLibrary.test(where)) return { function: known, library: where };
  return { function: known, location: { file, line: line === undefined ? null : Number(line) } };
}
