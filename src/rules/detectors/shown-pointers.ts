import type { Evidence } from "../../model/report.js";
import type { Frame, Variable } from "../../model/trace.js";
import type { Span } from "../../text/span.js";
import { type Place, wordsEvidence } from "../evidence.js";
import { addressIn } from "./pointer.js";

/** A pointer whose value a frame, or somebody who asked for it, shows. */
export interface ShownPointer {
  /** The index of its frame; null for a value that was printed at a frame which nothing tells. */
  readonly frame: number | null;
  readonly name: string;
  /** Its place among the arguments; null for a local and for a printed value. */
  readonly position: number | null;
  readonly address: bigint;
  /** Of an argument only the value at the call is known. */
  readonly atEntry: boolean;
  /** By its name it may be null on purpose. */
  readonly optional: boolean;
  /** By its name it may hold a number, which is no address; some settings of gdb print numbers as it prints pointers. */
  readonly number: boolean;
  readonly span: Span;
}

/** What carries something for a callback: null, or a number in the place of a pointer. */
const payload =
  /^_*(?:opaque|u(?:ser_?)?data|data|\w*_data|cb_?data|priv|private|cookie|closure|args?|key|handle|hwnd)$/i;

/** What else callers leave null by custom: GLib's and QEMU's `errp`, attributes, what is only asked for sometimes. */
const optional =
  /^(?:_*(?:errp?|errors?|err_?(?:msg|str|string)|\w*_errp?|envp?|attrs?|timeout|tv|ts|tz|unused|reserved|dummy|parent|cancellable|destroy|notify|callback|loader)|result|res|ret\w*|out\w*|next|prev)$/i;

const quantity =
  /(?:len|length|size|sz|count|cnt|num|nr|flags?|mode|id|idx|index|off|offset|fd|pid|port|mask|type|code|state|level)s?$/i;

/** The arguments of a frame that are pointers, in their order. Never throws. */
export function pointerArguments(frames: readonly Frame[], index: number): ShownPointer[] {
  return (frames[index]?.arguments ?? []).flatMap((argument, position) => {
    const value = argument.value === null ? argument.entryValue : argument.value;
    const unknown = value?.startsWith("<") === true && argument.entryValue !== null;
    const shown = unknown ? argument.entryValue : value;
    const address = addressIn(shown ?? "");
    if (address === null || argument.name === null) return [];
    const atEntry = argument.value === null || unknown;
    return [{ ...shownAs(argument.name, argument.span), frame: index, position, address, atEntry }];
  });
}

/** The locals of a frame that are pointers. Never throws. */
export function pointerLocals(frames: readonly Frame[], index: number): ShownPointer[] {
  return (frames[index]?.locals ?? []).flatMap((local) => pointerOf(local, index));
}

/** The pointers that somebody printed by their names: `p node`, `p req->conn`. Never throws. */
export function printedPointers(prints: readonly Variable[]): ShownPointer[] {
  return prints
    .filter(({ name }) => /^[A-Za-z_][\w.>-]{0,200}$/.test(name))
    .flatMap((print) => pointerOf(print, null));
}

function pointerOf({ name, value, span }: Variable, frame: number | null): ShownPointer[] {
  const address = addressIn(value);
  return address === null ? [] : [{ ...shownAs(name, span), frame, position: null, address, atEntry: false }];
}

function shownAs(name: string, span: Span): Pick<ShownPointer, "name" | "span" | "optional" | "number"> {
  const carries = payload.test(name);
  return { name, span, optional: carries || optional.test(name), number: carries || quantity.test(name) };
}

/** So many callers hand one pointer on; more are a recursion. */
const mostCallers = 32;

/** The frames further out that show the same null, from the first caller on: it was handed on through them. */
export function passedThrough(frames: readonly Frame[], null_: ShownPointer): ShownPointer[] {
  const passed: ShownPointer[] = [];
  let last = null_;
  while (passed.length < mostCallers && last.frame !== null && last.position !== null) {
    // What has changed since the call was not handed on.
    if (changedSince(frames, last)) break;
    const next = sameIn(frames, last.frame + 1, last);
    if (next === null) break;
    passed.push(next);
    last = next;
  }
  return passed;
}

/** The null of a caller that has the same name, else the same place, else is the only one that is no optional one. */
function sameIn(frames: readonly Frame[], caller: number, callee: ShownPointer): ShownPointer | null {
  if (frames[caller]?.kind !== "normal") return null;
  const { name, position } = callee;
  const plain = plainName(name);
  const nulls = pointerArguments(frames, caller).filter(isNull);
  const named = nulls.find((one) => plainName(one.name) === plain);
  if (named !== undefined) return named;
  const local = pointerLocals(frames, caller).find((one) => isNull(one) && plainName(one.name) === plain);
  if (local !== undefined) return local;
  const needed = callee.optional ? [] : nulls.filter((one) => !one.optional);
  return (
    needed.find((one) => one.position === position) ?? (needed.length === 1 ? (needed[0] ?? null) : null)
  );
}

/** Without the underscores of a C library's own headers: `__dest`. */
function plainName(name: string): string {
  return name.replace(/^_+/, "");
}

export function isNull({ address }: ShownPointer): boolean {
  return address === 0n;
}

/** Whether an argument had another value when its function was called. */
export function changedSince(frames: readonly Frame[], { frame, position, address }: ShownPointer): boolean {
  const atEntry = addressIn(frames[frame ?? -1]?.arguments[position ?? -1]?.entryValue ?? "");
  return atEntry !== null && atEntry !== address;
}

/** `#2 load`, as messages speak of a frame. */
export function frameName(frames: readonly Frame[], index: number): string {
  const frame = frames[index];
  return `#${frame?.level ?? index} ${frame?.function ?? "??"}`;
}

/** The evidence that a shown pointer gives. */
export function pointerEvidence(
  frames: readonly Frame[],
  pointer: ShownPointer,
  message: string,
  place: Place,
): Evidence {
  const level = frames[pointer.frame ?? -1]?.level ?? null;
  return { ...wordsEvidence("value", message, pointer.span, place), level };
}
