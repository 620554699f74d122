import { type Line, linesOf } from "../text/lines.js";
import { type Doubt, type Edit, edit, type View } from "../text/view.js";
import { messageJoint } from "./message-joint.js";

/**
 * The whole message of a failed assertion with its blanks taken out, in every form of section 8 of what gdb prints. Which
 * of its blanks are breaks of a mailer, and where a terminal broke a word, makes no difference then.
 */
const forms: readonly RegExp[] = [
  // qemu: ../softmmu/memory.c:1108: memory_region_transaction_commit: Assertion `a && b' failed.
  /^[^\s:`]{1,256}:(?:[^:`]{1,256}:)?\d{1,7}:[^`]{0,1024}Assertion`.{1,8192}'failed\.$/,
  // server: io.c:88: flush: Unexpected error: Bad file descriptor.
  /^[^\s:]{1,256}:[^:]{1,256}:\d{1,7}:[^`]{1,512}:Unexpectederror:[^.]{1,256}\.$/,
  // Unexpected error in f() at ../x.c:12:
  /^Unexpectederror(?:in[\w.]{1,256}\(\))?at[^:]{1,256}:\d{1,7}:$/,
  // Assertion failed: n > 0 (src/queue.c: queue_pop: 41)
  /^Assertionfailed:.{1,8192}\([^:()]{1,256}:[^:]{1,256}:\d{1,7}\)$/,
  // Assertion failed: (n > 0), function queue_pop, file queue.c, line 41.
  /^Assertionfailed:\(.{1,8192}\),function[^,]{1,512},file[^,]{1,512},line\d{1,7}\.$/,
  // assertion "n > 0" failed: file "queue.c", line 41, function: queue_pop
  /^assertion".{1,8192}"failed:file"[^"]{1,512}",line\d{1,7},function(?:"[^"]{1,512}"|:[\w:~<>]{1,512})$/,
  // bionic/libc/stdio/stdio.cpp:88: fflush: assertion "fp != NULL" failed
  /^[^:"]{1,256}:\d{1,7}:[^"]{0,512}assertion".{1,8192}"failed$/,
  // /usr/include/c++/12/bits/stl_vector.h:1123: f(int) [with T = int]: Assertion '__n < this->size()' failed.
  /^[^:`]{1,256}:\d{1,7}:[^`]{1,1024}Assertion'.{1,8192}'failed\.$/,
  // Bail out! ring:ERROR:../tests/ring.c:57:test_wrap: assertion failed (count == 3): (2 == 3)
  /^(?:Bailout!)?(?:[\w.-]{1,64}:)?ERROR:[^:]{1,256}:\d{1,7}:[^:]{1,256}:assertionfailed(?::\(.{1,8192}\)|\(.{1,8192}\):\(.{1,8192}\))$/,
  /^(?:Bailout!)?(?:[\w.-]{1,64}:)?ERROR:[^:]{1,256}:\d{1,7}:[^:]{1,256}:codeshouldnotbereached$/,
];

/** Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: old_size == 0 */
const openForm = /^Fatalglibcerror:[^:]{1,256}:\d{1,7}\([^()]{1,256}\):assertionfailed:.{1,8192}[\w)"']$/;

/** Nothing but the parentheses tells where such a message ends. */
function isBalanced(message: string): boolean {
  return message.split("(").length === message.split(")").length;
}

/** What every message holds, without its blanks. */
const words =
  /Assertion[`']|Assertionfailed:|assertion"|assertionfailed|Unexpectederror|codeshouldnotbereached/;
/** `qemu: ../softmmu/mem`, `/usr/include/c++/1`: a program and the beginning of a path. */
const openPath = /^(?:[^\s:]{1,256}: |[^\s:]{1,64}:ERROR:)?(?:[^\s:]{0,512}\/[^\s:]{0,512}|\.{1,2})$/;
/** One half of a message's word is left, wherever the line was broken. */
const mayHold = /sser|rtio|nexp|pect|shou|reach/;
/** The first lines of a message may come before its first word, and so many lines after it. */
const [mostBefore, mostAfter] = [3, 6];
/** No line of a wrapped message is longer. */
const longestLine = 1024;

/**
 * Joins the lines of the message of a failed assertion that a mailer or a terminal broke, anywhere: inside its words, its
 * path or its condition. Only a message that is whole then counts.
 */
export function rewrapAssertion(view: View): Edit[] {
  const { text } = view;
  if (!mayHold.test(text)) return [];
  return new Messages(text).edits();
}

class Messages {
  private readonly lines: readonly Line[];
  /** The lines without their blanks; empty where a line is no part of a message. */
  private readonly squeezed: readonly string[];

  constructor(private readonly text: string) {
    this.lines = [...linesOf(text)];
    this.squeezed = this.lines.map(({ start, end }) =>
      end - start > longestLine ? "" : text.slice(start, end).replace(/\s+/g, ""),
    );
  }

  edits(): Edit[] {
    const edits: Edit[] = [];
    let free = 0;
    for (let index = 0; index < this.lines.length; index++) {
      if (!this.isAnchor(index)) continue;
      const last = this.messageAt(index, free);
      if (last === null) continue;
      edits.push(...this.join(this.withPath(last.first, last.last, free), last.last));
      free = last.last + 1;
      index = last.last;
    }
    return edits;
  }

  /** The line holds a message's own word, or its beginning, with the rest of it in the lines below. */
  private isAnchor(index: number): boolean {
    const here = this.squeezed[index] ?? "";
    const word = words.exec(this.squeezed.slice(index, index + 3).join(""));
    return here !== "" && word !== null && word.index < here.length;
  }

  /** The shortest stretch of lines around an anchor that is one whole message. */
  private messageAt(anchor: number, free: number): { first: number; last: number } | null {
    for (let length = 1; length <= mostBefore + mostAfter; length++) {
      const earliest = Math.max(free, anchor - mostBefore, anchor - length + 1);
      for (let first = anchor; first >= earliest; first--) {
        const last = first + length - 1;
        if (last < anchor || last >= this.lines.length || last - anchor > mostAfter) continue;
        if (this.isMessage(first, last)) return { first, last };
      }
    }
    return null;
  }

  /** A message that is whole may still lack the beginning of its path: that stands in lines above, without an end. */
  private withPath(first: number, last: number, free: number): number {
    for (let above = first - 1; above >= Math.max(free, first - mostBefore); above--) {
      if (openPath.test(this.contentOf(above)) && this.isMessage(above, last)) return above;
    }
    return first;
  }

  private isMessage(first: number, last: number): boolean {
    const parts = this.squeezed.slice(first, last + 1);
    if (parts.includes("")) return false;
    const message = parts.join("");
    return forms.some((form) => form.test(message)) || (openForm.test(message) && isBalanced(message));
  }

  private join(first: number, last: number): Edit[] {
    const edits: Edit[] = [];
    let before = this.contentOf(first);
    for (let index = first + 1; index <= last; index++) {
      const words = this.contentOf(index);
      const edit = this.joinLine(index, before, words);
      edits.push(edit);
      before += edit.text + words;
    }
    return edits;
  }

  private joinLine(index: number, before: string, words: string): Edit {
    const [above, line] = [this.lines[index - 1], this.lines[index]];
    if (above === undefined || line === undefined) return edit(0, 0, "");
    const content = this.text.slice(above.start, above.end);
    const from = above.start + content.trimEnd().length;
    const to = line.end - this.text.slice(line.start, line.end).trimStart().length;
    const spaced = from < above.end || to > line.start;
    const joint = spaced ? "blank" : messageJoint(before, words);
    if (joint === "unknown") return edit(from, to, " ", eitherWay);
    return edit(from, to, joint === "blank" ? " " : "");
  }

  private contentOf(index: number): string {
    const line = this.lines[index];
    return line === undefined ? "" : this.text.slice(line.start, line.end).trim();
  }
}

const eitherWay: Doubt = {
  code: "joined-lines",
  message: "two lines of a message were joined with a blank; nothing shows whether one belongs there",
};
