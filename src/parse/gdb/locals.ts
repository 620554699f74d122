import type { Variable } from "../../model/trace.js";
import { complaint } from "../../text/complaint.js";
import type { SourceMap } from "../source-map.js";
import { OpenValue } from "./open-value.js";

/**
 * `        ret = <optimized out>`: gdb indents a local of `bt full` by eight blanks, by four more for each frame that it is
 * elided into; some front ends by a tab.
 */
const local = /^( {8}(?: {4}){0,4}|\t)([^\s={}()[\],"][^={}"]*?) =(?: +(.*))?$/;
/** Pretty-printed values go on deeper, or close at the local's own depth. */
const deeper = /^(?:(?: {8}|\t)[ \t]|[ \t]*[})\]]+,?$)/;
/** A failing pretty printer leaves the brackets open that it opened. */
const failed = /\{<error reading variable[^{}]*>$/;
/** These begin something else, whatever a value leaves open. */
const boundary =
  /^(?:Thread \d|\[[A-Z]|Backtrace stopped|\(More stack|No (?:locals|symbol)|PC unavailable|Program |Core was |Coroutine at |\$\d|(?:0x[\da-f]+\t)?\d+\t|Quit|```)/;
/** A piece of a value whose brackets are open. */
const piece = /[={}()[\]<>",]|^\s*-?\d/;
/** The start of a value. */
const begins = /^(?:[{"&@]|0x)/;
/** A mailer breaks no value into more lines. */
const mostBroken = 100;

interface Local {
  readonly name: string;
  readonly start: number;
  end: number;
  value: string;
  /** What was complained of in its place, where nothing else is there. */
  complaint: string;
  /** The last line ended in a complaint. */
  interrupted: boolean;
  /** What `value` leaves open; null until somebody asks. */
  rest: OpenValue | null;
  /** Lines at the margin. */
  broken: number;
}

/** Whether a line is nothing but what gdb complains of while it prints values. */
export function isComplaint(line: string): boolean {
  return line.search(complaint) === 0;
}

/** The locals that `bt full` prints below one frame. */
export class Locals {
  private readonly found: Local[] = [];
  /** That of the first local: what stands deeper is part of a value. */
  private indent: string | null = null;

  constructor(private readonly map: SourceMap) {}

  /** Something was complained of where the last line ends. */
  get interrupted(): boolean {
    return this.found.at(-1)?.interrupted === true;
  }

  /** Takes a line of the view that begins at `start`; false where it is none of a frame's locals. */
  take(line: string, start: number): boolean {
    if (/^[ \t]*No locals\./.test(line)) return true;
    const match = local.exec(line);
    const indent = match?.[1] ?? null;
    if (match !== null && indent === (this.indent ?? indent)) {
      this.indent = indent;
      this.add(match[2] ?? "", match[3] ?? "", start, line);
      return true;
    }
    const last = this.found.at(-1);
    if (last === undefined || !(deeper.test(line) || goesOn(last, line))) return false;
    append(last, line.trim());
    last.end = start + line.trimEnd().length;
    return true;
  }

  variables(): Variable[] {
    return this.found.map(({ name, value, complaint: instead, start, end }) => ({
      name,
      value: value === "" ? instead : value,
      span: this.map.span(start, end),
    }));
  }

  private add(name: string, value: string, start: number, line: string): void {
    const found = {
      name,
      value: "",
      complaint: "",
      interrupted: true,
      rest: null,
      broken: 0,
      start: start + line.length - line.trimStart().length,
      end: start + line.trimEnd().length,
    };
    append(found, value.trimEnd());
    this.found.push(found);
  }
}

/** Whether a line at the margin is a piece of the value above it: a mailer or a complaint broke it. */
function goesOn(last: Local, line: string): boolean {
  if (last.broken >= mostBroken || boundary.test(line)) return false;
  const rest = openRest(last);
  const taken = rest.open
    ? rest.string || piece.test(line)
    : last.value === "" && (begins.test(line) || (last.complaint !== "" && isComplaint(line)));
  if (taken) last.broken++;
  return taken;
}

function openRest(last: Local): OpenValue {
  last.rest ??= failed.test(last.value) ? new OpenValue() : new OpenValue().read(last.value);
  return last.rest;
}

/** Puts a line of a value behind those before it, without what was complained of in its midst. */
function append(last: Local, line: string): void {
  const value = withoutComplaint(last, line);
  const text = last.interrupted || last.value === "" || value === "" ? value : ` ${value}`;
  last.value += text;
  last.rest?.read(text);
  last.interrupted = value !== line;
}

function withoutComplaint(last: Local, line: string): string {
  const at = line.search(complaint);
  if (at === -1) return line;
  if (openRest(last).copy().read(line.slice(0, at)).string) return line;
  last.complaint ||= line.slice(at);
  return line.slice(0, at);
}
