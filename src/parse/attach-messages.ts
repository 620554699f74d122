import type { Frame, Message, ReadThread, ReadTrace } from "../model/trace.js";
import { byPlace, type Span } from "../text/span.js";
import type { DeathMessage } from "./death-messages.js";
import type { DeathKind } from "./death-nodes.js";
import { bareName, callerOfDying, isDying } from "./dying-frames.js";
import { cString } from "./value.js";

/** The traces of a whole document, each with what the program said of its death, and what was said of no death that is shown. */
export interface AttachedMessages {
  readonly traces: readonly ReadTrace[];
  /** For each death what was said of it. */
  readonly loose: readonly (readonly Message[])[];
}

/** Messages of one death: they stand close together, and all but the first go on with what that began. */
interface Words {
  readonly kind: DeathKind;
  /** Of the first of them. */
  readonly span: Span;
  readonly messages: DeathMessage[];
}

/**
 * Gives each trace of a program that ended itself what the program said of that. The frames tell who spoke
 * (`malloc_printerr`, `std::terminate`); the nearest of its messages above the trace is the one, or the only one of the
 * text below it. One message tells of one death, however often its stack was printed.
 */
export function attachMessages(
  traces: readonly ReadTrace[],
  messages: readonly DeathMessage[],
): AttachedMessages {
  if (messages.length === 0) return { traces, loose: [] };
  const deaths = new Deaths(wordsOf(messages));
  const attached = traces.map((trace): ReadTrace => {
    const said = deaths.wordsFor(trace);
    return said === null ? trace : { ...trace, messages: [...trace.messages, ...said.messages.map(plain)] };
  });
  return { traces: attached, loose: deaths.loose() };
}

function plain({ text, span }: DeathMessage): Message {
  return { text, span };
}

/** What is said behind something else: how the library under it, or the same one, then gave up. */
const goesOn =
  /^(?:terminate called (?:without|recursively)|fatal runtime error: |thread (?:panicked|caused) )|^thread '.* panicked at .*: panic in a (?:function|destructor) /;
/** So many lines are between the two at the most: Rust may print a stack there. */
const [mostBetween, mostWithStack] = [4, 64];

function wordsOf(messages: readonly DeathMessage[]): Words[] {
  const found: Words[] = [];
  for (const message of messages) {
    const last = found.at(-1);
    const before = last?.messages.at(-1);
    if (last !== undefined && before !== undefined && follows(message, before)) last.messages.push(message);
    else found.push({ kind: message.kind, span: message.span, messages: [message] });
  }
  return found;
}

function follows(message: DeathMessage, before: DeathMessage): boolean {
  if (!goesOn.test(message.text) || message.text === before.text) return false;
  const apart = message.span.start.line - before.span.end.line;
  const related =
    message.kind === before.kind || (message.kind === "rust-abort" && before.kind === "rust-panic");
  return related && apart <= (message.kind === "terminate" ? mostBetween : mostWithStack);
}

/** The frames that print the messages of each kind, by their bare names. */
const speakers: Readonly<Record<DeathKind, RegExp>> = {
  malloc:
    /^(?:malloc_printerr\w*|(?:_int_|__libc_)?(?:free|malloc|realloc|calloc|memalign)\w*|cfree|munmap_chunk|tcache_\w+)$/,
  detected: /^(?:_*fortify_fail\w*|_*stack_chk_fail\w*|_*chk_fail\w*|_*\w+_chk)$/,
  libc: /^_*libc_(?:fatal|message)|^futex_fatal_error$/,
  terminate: /\bterminate$|_terminate_handler$|^_*cxa_|^abort_message$/,
  "glib-error": /^_?g_log\w*$/,
  "glib-log": /^_?g_log\w*$|^spice_logv?$/,
  "glib-thread": /^g_(?:thread_abort|mutex|rec_mutex|rw_lock|cond|private|thread)\w*$/,
  "rust-panic": /\brust_panic|\bpanick?|rust_begin_unwind$/,
  "rust-abort": /\brust_|\bpanick?|^std::(?:sys|process|alloc|rt)\b|abort_internal$|^rt::/,
  coroutine: /coroutine_enter|co_enter|co_schedule|coroutine_yield/,
};
const kinds: readonly DeathKind[] = [
  "malloc",
  "detected",
  "libc",
  "terminate",
  "glib-error",
  "glib-log",
  "glib-thread",
  "rust-panic",
  "rust-abort",
  "coroutine",
];

/** By what ends a program that ends itself: `abort`, or an instruction that traps. */
const ownEnds: ReadonlySet<string> = new Set(["SIGABRT", "SIGTRAP", "SIGILL"]);

/** So many frames, from the innermost on, tell one death from another. */
const mostFrames = 64;

class Deaths {
  /** The words of each kind, in the order of the text. */
  private readonly byKind: ReadonlyMap<DeathKind, readonly Words[]>;
  /** Those that a trace was given, with the innermost frames of its stack. */
  private readonly taken = new Map<Words, readonly Frame[]>();

  constructor(private readonly all: readonly Words[]) {
    this.byKind = new Map(kinds.map((kind) => [kind, all.filter((words) => words.kind === kind)]));
  }

  wordsFor(trace: ReadTrace): Words | null {
    const frames = deadThread(trace)?.frames.slice(0, mostFrames);
    if (frames === undefined) return null;
    const words = this.inside(trace) ?? this.beside(trace, frames);
    if (words === null || !this.isFree(words, frames)) return null;
    if (!this.taken.has(words)) this.taken.set(words, frames);
    return words;
  }

  /** What no trace shows; what lets the program go on counts only beside a stack. The same said again is one. */
  loose(): Message[][] {
    const left = this.all.filter((words) => !this.taken.has(words) && words.kind !== "glib-log");
    const unlike = new Map(left.toReversed().map((words) => [words.messages[0]?.text, words]));
    return [...unlike.values()].toSorted(byPlace).map(({ messages }) => messages.map(plain));
  }

  /** Of a tool that prints its own message above its frames. */
  private inside({ span, dialect }: ReadTrace): Words | null {
    if (dialect !== "rust-panic") return null;
    const words = this.nearestBefore("rust-panic", span.end.offset);
    return words !== null && words.span.start.offset >= span.start.offset ? words : null;
  }

  private beside({ span, assertion, dialect }: ReadTrace, frames: readonly Frame[]): Words | null {
    if (assertion !== null && (assertion.expression !== null || assertion.function !== null)) return null;
    const fitting = kindsOf(frames, dialect);
    const above = fitting.flatMap((kind) => this.nearestBefore(kind, span.start.offset) ?? []);
    const words = above.toSorted(byPlace).at(-1) ?? this.onlyOf(fitting);
    return words !== null && agrees(words, frames) ? words : null;
  }

  private onlyOf(fitting: readonly DeathKind[]): Words | null {
    const lists = fitting.map((kind) => this.byKind.get(kind) ?? []).filter((list) => list.length > 0);
    const [list] = lists;
    const only = lists.length === 1 && list?.length === 1 ? list[0] : undefined;
    return only === undefined || only.kind === "glib-log" ? null : only;
  }

  private nearestBefore(kind: DeathKind, offset: number): Words | null {
    const list = this.byKind.get(kind) ?? [];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const words = list[middle];
      if (words !== undefined && words.span.start.offset < offset) low = middle + 1;
      else high = middle;
    }
    return list[low - 1] ?? null;
  }

  /** Nobody else's, or the same death's, whose stack was printed once more. */
  private isFree(words: Words, frames: readonly Frame[]): boolean {
    const owner = this.taken.get(words);
    return owner === undefined || isSame(owner, frames);
  }
}

/** The thread that ended the process, where a trace shows one. */
function deadThread({ threads, signal }: ReadTrace): ReadThread | null {
  if (signal !== null && !ownEnds.has(signal.name)) return null;
  const dying = threads.find(({ frames }) => frames.some(isDying));
  return dying ?? threads.find(({ crashed }) => crashed && signal !== null) ?? null;
}

/** The kinds of messages that can be those of a stack: it shows who spoke, or hides all names from `abort` on. */
function kindsOf(frames: readonly Frame[], dialect: ReadTrace["dialect"]): DeathKind[] {
  const names = frames.flatMap(({ function: name }) => bareName(name) ?? []);
  const shown = kinds.filter((kind) => names.some((name) => speakers[kind].test(name)));
  if (shown.length > 0) return shown;
  const dying = frames.some(isDying);
  // Old releases of glibc print a list of addresses below their own message.
  if (dialect === "glibc" && !dying) return frames[0]?.function === null ? ["malloc", "detected"] : [];
  const caller = callerOfDying(frames);
  return caller !== undefined && caller.function === null ? kinds.filter((kind) => kind !== "glib-log") : [];
}

/** The text that the C library's own frames were given is that of the message, where it is shown. */
function agrees({ messages }: Words, frames: readonly Frame[]): boolean {
  const given = frames
    .filter(({ function: name }) => handsOn.test(bareName(name) ?? ""))
    .flatMap(({ arguments: items }) => items)
    .flatMap(({ value, entryValue }) => cString(value ?? entryValue ?? "")?.text ?? []);
  return given.every((text) => messages.some((message) => message.text.includes(text.trim())));
}

const handsOn = /^(?:malloc_printerr\w*|_*fortify_fail\w*)$/;

/** Where both show a frame of one level, it is the same. */
function isSame(one: readonly Frame[], other: readonly Frame[]): boolean {
  const known = new Map(one.map((frame) => [frame.level, frame]));
  return other.every((frame) => {
    const twin = known.get(frame.level);
    return twin === undefined || (twin.function === frame.function && twin.address === frame.address);
  });
}
