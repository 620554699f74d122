import { reader } from "../../generated/mi.js";
import { unescaped } from "../../text/c-escapes.js";
import type { MiRecordNode, MiResult } from "./mi-nodes.js";

const readRecord = reader({ startRule: "Record" });

/** A command about threads and stacks, as a front end wrote it into its log or a user typed it. */
export interface MiCommand {
  readonly kind: "command";
  readonly token: string | null;
  /** `stack-list-frames` */
  readonly name: string;
  readonly words: readonly string[];
  /** Without its token. */
  readonly text: string;
}

/** An output record; `base` is where it begins in the text (UTF-16 units), which its nodes count from. */
export interface MiRecord {
  readonly kind: "record";
  readonly base: number;
  readonly node: MiRecordNode;
}

/**
 * Where something begins that tells of stacks: an answer, a stop, a selected thread; a list of frames whose beginning is
 * lost; the program runs on; or a command, which stands alone, behind a prompt or behind what a front end's log puts in front.
 */
const beginning =
  /\d{0,9}[*^](?:done|stopped)[ \t]{0,16},|=thread-selected,|([*^]running)\b|(?<![\w-])(?:stack(?:-args)?=\[\s{0,16})?frame=\{level=|(?:^[ \t]{0,16}|\(gdb\) ?|<-|-> ?|[:"] ?)(\d{0,9})-((?:thread|stack|exec|data-evaluate)-[a-z-]{1,40})( "(?:[^"\\\n]|\\.){1,200}"|[^\n"\\]{0,200})/gm;

/** Everything in a text that tells of stacks, in order. Linear in its length; throws nothing. */
export function* miEvents(text: string): Generator<MiCommand | MiRecord | { readonly kind: "running" }> {
  const next = new RegExp(beginning);
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [, running, token, name, words] = match;
    if (running !== undefined) yield { kind: "running" };
    else if (name !== undefined) yield commandOf(token ?? "", name, words ?? "");
    else {
      const node = readRecord(text.slice(match.index));
      if (node === null) continue;
      next.lastIndex = Math.max(next.lastIndex, match.index + node.end);
      yield { kind: "record", base: match.index, node };
    }
  }
}

function commandOf(token: string, name: string, words: string): MiCommand {
  const text = `-${name}${words}`.trimEnd();
  return {
    kind: "command",
    token: token === "" ? null : token,
    name,
    words: words.split(/\s+/).filter((word) => word !== ""),
    text,
  };
}

/** The text that a result has under `name`, on one line and without escapes; null where it has none, or its end is cut off. */
export function textIn(items: readonly MiResult[], name: string): string | null {
  const item = items.find((candidate) => candidate.name === name);
  return item === undefined ? null : textOf(item);
}

/** The text of a result, on one line and without escapes; null where it is none, or its end is cut off. */
export function textOf({ value }: MiResult): string | null {
  if (value.kind === "group" || !value.closed) return null;
  const text = unescaped(value.raw);
  return text.includes("\n") ? text.replace(/[ \t]*\n\s*/g, " ") : text;
}
