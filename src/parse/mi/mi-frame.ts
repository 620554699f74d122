import type { FrameKind } from "../../model/trace.js";
import type { FrameNode, ItemNode, Slice } from "../nodes.js";
import type { MiGroup, MiResult } from "./mi-nodes.js";
import { textIn, textOf } from "./mi-record.js";

/** The frames of one list, or the lists of their arguments, as far as they are whole. */
export interface MiFrames<T> {
  readonly found: readonly T[];
  /** What is cut: a frame, or the list itself, at its end. */
  readonly cut: (Slice & { readonly level: number | null }) | null;
}

/** A local or an argument as `-stack-list-variables` gives it. */
export interface MiVariable extends Slice {
  readonly name: string;
  readonly value: string | null;
  readonly argument: boolean;
}

/** The arguments of one frame of `-stack-list-arguments`. */
export interface MiArguments {
  readonly level: number;
  readonly items: readonly ItemNode[];
}

const kinds: Readonly<Record<string, FrameKind>> = {
  "<signal handler called>": "signal-handler",
  "<function called from gdb>": "inferior-call",
  "<cross-architecture call>": "arch-call",
};

/** The frames of a list, with those that frame filters made children of others, in the order in which gdb printed them. */
export function framesOf(list: MiResult, base: number): MiFrames<FrameNode> {
  return wholeOf(list, base, frameOfMi);
}

/** The arguments of each frame of `-stack-list-arguments`, and of the children of frames. */
export function argumentsOf(list: MiResult, base: number): MiFrames<MiArguments> {
  return wholeOf(list, base, (item, from) => {
    const level = item.value.kind === "group" ? levelIn(item.value) : null;
    return level === null ? null : { level, items: itemsIn(item, from) };
  });
}

/** What `read` makes of the whole frames of a list, and of those inside of them. */
function wholeOf<T>(
  list: MiResult,
  base: number,
  read: (item: MiResult, base: number) => T | null,
): MiFrames<T> {
  const found: T[] = [];
  let cut: MiFrames<T>["cut"] = null;
  for (const item of itemsOf(list)) {
    if (item.value.kind !== "group") continue;
    const frame = item.value.closed ? read(item, base) : null;
    if (frame !== null) found.push(frame);
    const children = item.value.items.find(({ name }) => name === "children");
    const inside = children === undefined ? null : wholeOf(children, base, read);
    for (const child of inside?.found ?? []) found.push(child);
    if (!item.value.closed) cut = inside?.cut ?? cutOf(item, base);
  }
  return { found, cut: cut ?? openEnd(list, base) };
}

function itemsOf({ value }: MiResult): readonly MiResult[] {
  return value.kind === "group" ? value.items : [];
}

/** A frame by its tuple; where that has no level (the place of a stop) it is the innermost. Null where the level is no number. */
export function frameOfMi(frame: MiResult, base: number): FrameNode | null {
  const { start, end, value } = frame;
  if (value.kind !== "group") return null;
  const level = textIn(value.items, "level") === null ? 0 : levelIn(value);
  if (level === null) return null;
  const name = textIn(value.items, "func");
  const kind = (name !== null && kinds[name]) || "normal";
  const line = textIn(value.items, "line");
  return {
    start: base + start,
    end: base + end,
    level,
    address: textIn(value.items, "addr"),
    function: name,
    kind,
    items: itemsIn(frame, base),
    file: textIn(value.items, "file") ?? textIn(value.items, "fullname"),
    line: line === null ? null : wholeNumber(line),
    library: textIn(value.items, "from"),
    cut: false,
  };
}

/** The items of `args=[{name="a",value="1"},…]`, or of `args=[name="a",…]` where no values were asked for. */
function itemsIn(frame: MiResult, base: number): ItemNode[] {
  const joined: ItemNode[] = [];
  const list = itemsOf(frame).find(({ name }) => name === "args");
  for (const { name, value, start, end } of list === undefined ? [] : variablesOf(list, base)) {
    const own = name.endsWith(entryMark) ? name.slice(0, -entryMark.length) : null;
    const before = joined.at(-1);
    if (own === null) joined.push({ start, end, name, value, entryValue: null });
    else if (before !== undefined && before.name === own && before.entryValue === null)
      joined[joined.length - 1] = { ...before, end, entryValue: value };
    else joined.push({ start, end, name: own, value: null, entryValue: value });
  }
  return joined;
}

/** `signo@entry` is the value that `signo` had when its function was called: gdb/MI gives it an item of its own. */
const entryMark = "@entry";

/** The variables of a list; those that are not whole are left out. */
export function variablesOf(list: MiResult, base: number): MiVariable[] {
  return itemsOf(list).flatMap((item): MiVariable[] => {
    const place = { start: base + item.start, end: base + item.end };
    if (item.value.kind === "text") {
      const name = item.name === "name" ? textOf(item) : null;
      return name === null ? [] : [{ ...place, name, value: null, argument: false }];
    }
    const name = item.value.closed ? textIn(item.value.items, "name") : null;
    if (name === null) return [];
    const { items } = item.value;
    return [{ ...place, name, value: textIn(items, "value"), argument: textIn(items, "arg") === "1" }];
  });
}

function cutOf({ start, end, value }: MiResult, base: number): MiFrames<never>["cut"] {
  const level = value.kind === "group" ? levelIn(value) : null;
  return { start: base + start, end: base + end, level };
}

/** The end of a list that is cut between two frames. */
function openEnd(list: MiResult, base: number): MiFrames<never>["cut"] {
  if (list.value.kind !== "group" || list.value.closed) return null;
  const start = itemsOf(list).at(-1)?.start ?? list.start;
  return { start: base + start, end: base + list.end, level: null };
}

function levelIn({ items }: MiGroup): number | null {
  const text = textIn(items, "level");
  return text === null ? null : wholeNumber(text);
}

/** Null for what is no number, and for one with more digits than a number can hold. */
function wholeNumber(text: string): number | null {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}
