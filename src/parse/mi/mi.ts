import type { Diagnostic } from "../../model/report.js";
import type { ReadTrace, Signal } from "../../model/trace.js";
import { unescaped } from "../../text/c-escapes.js";
import type { Line } from "../../text/lines.js";
import { signalName } from "../../text/signals.js";
import { cutDiagnostic } from "../cut.js";
import type { Dialect, Told } from "../dialect.js";
import type { FrameNode } from "../nodes.js";
import type { SourceMap } from "../source-map.js";
import { argumentsOf, frameOfMi, framesOf, type MiFrames, variablesOf } from "./mi-frame.js";
import type { MiResult } from "./mi-nodes.js";
import { type MiCommand, type MiRecord, miEvents, textIn, textOf } from "./mi-record.js";
import { type Asked, cutListMessage, type MiThread } from "./mi-stack.js";
import { MiStop } from "./mi-stop.js";

/**
 * gdb's machine interface, in which front ends talk with gdb: the answers to `-stack-list-frames`,
 * `-stack-list-arguments`, `-stack-list-variables` and `-thread-info`, and the records of stops. Forms: gdb 13.1 and the
 * chapter "GDB/MI" of gdb's manual.
 */
export const mi: Dialect = {
  name: "gdb-mi",
  mark: /[*^](?:done|stopped)[ \t]{0,16},|frame=\{level=/,
  read: (map) => new MiLog(map).read(),
};

/** The commands that results answer, by the name of the result. */
const commandOf: Readonly<Record<string, string>> = {
  stack: "stack-list-frames",
  "stack-args": "stack-list-arguments",
  variables: "stack-list-variables",
  locals: "stack-list-locals",
};

const evaluate = "data-evaluate-expression";

/** Reads the records of a cleaned view in their order. */
class MiLog {
  private stop = new MiStop(null, null);
  private readonly stops = [this.stop];
  private readonly threads = new Map<string, MiThread>();
  /** By their token, or else by their name. */
  private readonly commands = new Map<string, MiCommand>();
  private selected: { readonly thread: string | null; readonly level: number } = { thread: null, level: 0 };
  /** A stack that no visible command asked for took the selected thread for its own: the next one may be another's. */
  private selectionUsed = false;
  /** The program ran since the last stop. */
  private resumed = true;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly taken: Line[] = [];

  constructor(private readonly map: SourceMap) {}

  read(): Told {
    for (const event of miEvents(this.map.view.text)) {
      if (event.kind === "running") this.resumed = true;
      else if (event.kind === "command") this.command(event);
      else if (this.record(event)) this.take(event);
    }
    return { traces: this.traces(), assertions: [], diagnostics: this.diagnostics, taken: this.taken };
  }

  private command(command: MiCommand): void {
    this.commands.set(command.token ?? command.name, command);
    const [word = ""] = command.words;
    if (command.name === "thread-select") this.select(word, 0);
    else if (command.name === "stack-select-frame") this.select(this.selected.thread, Number(word));
    else if (command.name.startsWith("exec-")) this.resumed = true;
  }

  private select(thread: string | null, level: number): void {
    this.selected = { thread, level };
    this.selectionUsed = false;
  }

  /** Takes what a record tells; false where it tells nothing of stacks. */
  private record({ node, base }: MiRecord): boolean {
    const { results, token } = node;
    if (node.class === "*stopped") return this.stopped(results, base);
    if (node.class === "=thread-selected") return this.threadSelected(results);
    if (node.class === null && results[0]?.name === "frame") return this.looseFrames(node, base);
    if (results[0]?.name === "value") return this.printed(results[0], token, base);
    const told = results.filter((result) => this.result(result, token, base));
    const current = textIn(results, "new-thread-id") ?? textIn(results, "current-thread-id");
    if (current !== null) this.select(current, 0);
    return told.length > 0 || current !== null;
  }

  /** Takes one result of a record; false where it is not about stacks. */
  private result(result: MiResult, token: string | null, base: number): boolean {
    switch (result.name) {
      case "stack":
        return this.stack(framesOf(result, base), token);
      case "stack-args": {
        const list = argumentsOf(result, base);
        this.stop.addArguments(list.found, this.asked(result.name, token));
        return this.checked(list);
      }
      case "variables":
      case "locals":
        this.stop.addVariables(variablesOf(result, base), this.asked(result.name, token));
        return true;
      case "threads":
        this.threadInfo(result);
        return true;
      case "frame":
        this.stop.place ??= frameOfMi(result, base);
        return true;
      default:
        return false;
    }
  }

  private stack(list: MiFrames<FrameNode>, token: string | null): boolean {
    this.stop.addStack(list, this.askedStack(token));
    return this.checked(list);
  }

  /** The answer to `-data-evaluate-expression`. */
  private printed(result: MiResult, token: string | null, base: number): boolean {
    const key = token ?? evaluate;
    const command = this.commands.get(key);
    const value = textOf(result);
    if (command?.name !== evaluate || value === null) return false;
    this.commands.delete(key);
    const expression = command.text
      .slice(evaluate.length + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    const span = this.map.span(base + result.start, base + result.end);
    this.stop.addPrint({ name: unescaped(expression), value, span });
    return true;
  }

  /** What a record is about. Without its command nothing tells of which thread it is: front ends ask for several. */
  private asked(result: string, token: string | null): Asked {
    const key = token ?? commandOf[result] ?? "";
    const command = this.commands.get(key);
    this.commands.delete(key);
    if (command === undefined) return { thread: null, level: this.selected.level, command: null };
    const option = (name: string): string | undefined => command.words[command.words.indexOf(name) + 1];
    const thread = command.words.includes("--thread") ? option("--thread") : undefined;
    const level = command.words.includes("--frame") ? Number(option("--frame")) : undefined;
    return {
      thread: thread ?? this.selected.thread,
      level: level ?? (thread === undefined ? this.selected.level : 0),
      command: command.text,
    };
  }

  /** Of the stacks that no command is seen for, the first one after a stop is most likely that of its thread. */
  private askedStack(token: string | null): Asked {
    const asked = this.asked("stack", token);
    if (asked.command !== null || this.selectionUsed) return asked;
    this.selectionUsed = this.selected.thread !== null;
    return { ...asked, thread: this.selected.thread };
  }

  private stopped(results: readonly MiResult[], base: number): boolean {
    const thread = textIn(results, "thread-id");
    const everyThread = textIn(results, "stopped-threads") === "all";
    // Where each thread stops for itself, the others are told of behind the one that got the signal.
    if (!this.resumed && !everyThread && this.stop.signal !== null) return true;
    this.stop = new MiStop(signalOf(results), thread);
    this.stops.push(this.stop);
    this.resumed = false;
    this.select(thread, 0);
    for (const result of results) this.result(result, null, base);
    return true;
  }

  private threadSelected(results: readonly MiResult[]): boolean {
    const frame = results.find(({ name }) => name === "frame")?.value;
    const level = frame?.kind === "group" ? textIn(frame.items, "level") : null;
    this.select(textIn(results, "id"), Number(level ?? 0));
    return true;
  }

  /** Frames whose list has lost its beginning, or goes on behind something unreadable. */
  private looseFrames({ results, start, end }: MiRecord["node"], base: number): boolean {
    const value = { kind: "group", items: results, closed: true } as const;
    const list = framesOf({ start, end, name: "stack", value }, base);
    return this.stop.goOn(list) ? this.checked(list) : this.stack(list, null);
  }

  private threadInfo({ value: list }: MiResult): void {
    for (const { value } of list.kind === "group" ? list.items : []) {
      const id = value.kind === "group" ? textIn(value.items, "id") : null;
      if (id === null || value.kind !== "group") continue;
      const { items } = value;
      this.threads.set(id, { target: textIn(items, "target-id"), name: textIn(items, "name") });
    }
  }

  /** Reports what is cut of a list; false where nothing of it can be read. */
  private checked({ found, cut }: MiFrames<{ readonly level: number }>): boolean {
    const last = found.at(-1)?.level ?? null;
    const level = cut?.level ?? null;
    if (last === null && level === null) return false;
    if (cut !== null) {
      this.diagnostics.push(cutDiagnostic(this.map, cutListMessage(level, last), cut.start, cut.end));
    }
    return true;
  }

  /** The lines of a record are this dialect's. */
  private take({ base, node }: MiRecord): void {
    const { text } = this.map.view;
    const last = this.taken.at(-1);
    if (last !== undefined && base + node.end <= last.end) return;
    const lineEnd = text.indexOf("\n", base + node.end);
    const end = lineEnd === -1 ? text.length : lineEnd;
    if (last !== undefined && base < last.end) this.taken[this.taken.length - 1] = { start: last.start, end };
    else this.taken.push({ start: text.lastIndexOf("\n", base - 1) + 1, end });
  }

  private traces(): ReadTrace[] {
    const found = this.tracesOfStops();
    const place = found.length > 0 || frameLine.test(this.map.view.text) ? undefined : this.lastPlace();
    if (place === undefined) return found;
    place.addPlace();
    return place.traces(this.threads, this.map);
  }

  private tracesOfStops(): ReadTrace[] {
    return this.stops.flatMap((stop) => stop.traces(this.threads, this.map));
  }

  /** The stop that tells most where nobody asked for a stack: that of a signal. */
  private lastPlace(): MiStop | undefined {
    const placed = this.stops.filter(({ place }) => place !== null);
    return placed.findLast(({ signal }) => signal !== null) ?? placed.at(-1);
  }
}

/** A frame that gdb's command line printed. */
const frameLine = /^[ \t]{0,64}(?:\(gdb\) ?)?#\d{1,7}[ \t]{1,8}(?:0x|[^\s(]{1,256} \()/m;

function signalOf(results: readonly MiResult[]): Signal | null {
  const name = textIn(results, "signal-name");
  // Threads that were only made to stop have got "signal 0".
  if (name === null || name === "0") return null;
  return { name: signalName(name) ?? name, description: textIn(results, "signal-meaning") };
}
