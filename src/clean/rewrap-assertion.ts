import { type Line, linesOf } from "../text/lines.js";
import type { Doubt, Edit, View } from "../text/view.js";
import { joinLines } from "./join-lines.js";
import { messageJoint } from "./message-joint.js";

/** The message of a failed assertion, in one of the forms of section 8 of what gdb prints. */
interface Form {
  /** What it holds, and what it ends with: a look at those spares most stretches the whole. */
  readonly words: string;
  readonly end: RegExp;
  /**
   * The whole of it with its blanks taken out. Which of its blanks are breaks of a mailer, and where a terminal broke a
   * word, makes no difference then.
   */
  readonly whole: RegExp;
}

const forms: readonly Form[] = [
  // qemu: ../softmmu/memory.c:1108: memory_region_transaction_commit: Assertion `a && b' failed.
  {
    words: "Assertion`",
    end: /'failed\.$/,
    whole: /^[^\s:`]{1,256}:(?:[^:`]{1,256}:)?\d{1,7}:[^`]{0,1024}Assertion`.{1,8192}'failed\.$/,
  },
  // server: io.c:88: flush: Unexpected error: Bad file descriptor.
  {
    words: "Unexpectederror:",
    end: /\.$/,
    whole: /^[^\s:]{1,256}:[^:]{1,256}:\d{1,7}:[^`]{1,512}:Unexpectederror:[^.]{1,256}\.$/,
  },
  // Unexpected error in f() at ../x.c:12:
  {
    words: "Unexpectederror",
    end: /\d:$/,
    whole: /^Unexpectederror(?:in[\w.]{1,256}\(\))?at[^:]{1,256}:\d{1,7}:$/,
  },
  // Assertion failed: n > 0 (src/queue.c: queue_pop: 41)
  {
    words: "Assertionfailed:",
    end: /\d\)$/,
    whole: /^Assertionfailed:.{1,8192}\([^:()]{1,256}:[^:]{1,256}:\d{1,7}\)$/,
  },
  // Assertion failed: (n > 0), function queue_pop, file queue.c, line 41.
  {
    words: "Assertionfailed:(",
    end: /\d\.$/,
    whole: /^Assertionfailed:\(.{1,8192}\),function[^,]{1,512},file[^,]{1,512},line\d{1,7}\.$/,
  },
  // assertion "n > 0" failed: file "queue.c", line 41, function: queue_pop
  {
    words: '"failed:file"',
    end: /["\w:~<>]$/,
    whole:
      /^assertion".{1,8192}"failed:file"[^"]{1,512}",line\d{1,7},function(?:"[^"]{1,512}"|:[\w:~<>]{1,512})$/,
  },
  // bionic/libc/stdio/stdio.cpp:88: fflush: assertion "fp != NULL" failed
  {
    words: 'assertion"',
    end: /"failed$/,
    whole: /^[^:"]{1,256}:\d{1,7}:[^"]{0,512}assertion".{1,8192}"failed$/,
  },
  // /usr/include/c++/12/bits/stl_vector.h:1123: f(int) [with T = int]: Assertion '__n < this->size()' failed.
  {
    words: "Assertion'",
    end: /'failed\.$/,
    whole: /^[^:`]{1,256}:\d{1,7}:[^`]{1,1024}Assertion'.{1,8192}'failed\.$/,
  },
  // Bail out! ring:ERROR:../tests/ring.c:57:test_wrap: assertion failed (count == 3): (2 == 3)
  {
    words: "ERROR:",
    end: /\)$/,
    whole:
      /^(?:Bailout!)?(?:[\w.-]{1,64}:)?ERROR:[^:]{1,256}:\d{1,7}:[^:]{1,256}:assertionfailed(?::\(.{1,8192}\)|\(.{1,8192}\):\(.{1,8192}\))$/,
  },
  {
    words: "codeshouldnotbereached",
    end: /reached$/,
    whole: /^(?:Bailout!)?(?:[\w.-]{1,64}:)?ERROR:[^:]{1,256}:\d{1,7}:[^:]{1,256}:codeshouldnotbereached$/,
  },
  // Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: old_size == 0
  {
    words: "Fatalglibcerror:",
    end: /[\w)"']$/,
    whole: /^Fatalglibcerror:[^:]{1,256}:\d{1,7}\([^()]{1,256}\):assertionfailed:.{1,8192}[\w)"']$/,
  },
];
/** No form needs more of a message to tell its end. */
const longestEnd = 8;

/** The forms that something in a stretch of lines may have. */
function formsIn(stretch: string): readonly Form[] {
  return forms.filter(({ words }) => stretch.includes(words));
}

function isWhole(message: string, possible: readonly Form[]): boolean {
  const end = message.slice(-longestEnd);
  return possible.some((form) => form.end.test(end) && form.whole.test(message) && isClosed(message));
}

/** Nothing but the parentheses tells where a message of glibc's own ends. */
function isClosed(message: string): boolean {
  return !message.startsWith("Fatal") || message.split("(").length === message.split(")").length;
}

/** What every message holds, without its blanks. */
const words =
  /Assertion[`']|Assertionfailed:|assertion"|assertionfailed|Unexpectederror|codeshouldnotbereached/;
/** `qemu: ../softmmu/mem`, `/usr/include/c++/1`: a program and the beginning of a path. */
const openPath = /^(?:[^\s:]{1,256}: |[^\s:]{1,64}:ERROR:)?(?:[^\s:]{0,512}\/[^\s:]{0,512}|\.{1,2})$/;
/** One half of a message's word is left, wherever the line was broken. */
const mayHold = /sser|rtio|nexp|pect|shou|reach/g;
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
  if (text.search(mayHold) === -1) return [];
  return new Messages(text).edits();
}

class Messages {
  private readonly lines: readonly Line[];
  /** What {@link squeezedAt} was asked for. */
  private readonly squeezed = new Map<number, string>();

  constructor(private readonly text: string) {
    this.lines = [...linesOf(text)];
  }

  edits(): Edit[] {
    const edits: Edit[] = [];
    let free = 0;
    for (let index = this.nextHeld(0); index < this.lines.length; index = this.nextHeld(index + 1)) {
      if (!this.isAnchor(index)) continue;
      const last = this.messageAt(index, free);
      if (last === null) continue;
      for (const one of this.join(this.withPath(last.first, last.last, free), last.last)) edits.push(one);
      free = last.last + 1;
      index = last.last;
    }
    return edits;
  }

  /** Where the next half of a word is; asked for once for all the lines up to there. */
  private half = -1;

  /** The first line from `index` on that has half of a word in it or in one of the two below. */
  private nextHeld(index: number): number {
    const line = this.lines[index];
    if (line === undefined) return this.lines.length;
    if (this.half < line.start) {
      mayHold.lastIndex = line.start;
      this.half = mayHold.exec(this.text)?.index ?? Number.POSITIVE_INFINITY;
    }
    if (this.half === Number.POSITIVE_INFINITY) return this.lines.length;
    let held = index;
    while ((this.lines[held + 2]?.end ?? Number.POSITIVE_INFINITY) < this.half) held++;
    return held;
  }

  /** A line without its blanks; empty where it is no part of a message. */
  private squeezedAt(index: number): string {
    const known = this.squeezed.get(index);
    if (known !== undefined) return known;
    const line = this.lines[index];
    const long = line === undefined || line.end - line.start > longestLine;
    const squeezed = long ? "" : this.text.slice(line.start, line.end).replace(/\s+/g, "");
    this.squeezed.set(index, squeezed);
    return squeezed;
  }

  /** The line holds a message's own word, or its beginning, with the rest of it in the lines below. */
  private isAnchor(index: number): boolean {
    const here = this.squeezedAt(index);
    if (here === "") return false;
    const word = words.exec(here + this.squeezedAt(index + 1) + this.squeezedAt(index + 2));
    return word !== null && word.index < here.length;
  }

  /** The shortest stretch of lines around an anchor that is one whole message. */
  private messageAt(anchor: number, free: number): { first: number; last: number } | null {
    const below = this.partsBelow(anchor);
    const possible = formsIn(this.partAbove(anchor) + (below.at(-1) ?? ""));
    if (possible.length === 0) return null;
    for (let length = 1; length <= mostBefore + mostAfter; length++) {
      const earliest = Math.max(free, anchor - mostBefore, anchor - length + 1);
      let above = "";
      for (let first = anchor; first >= earliest; first--) {
        const part = this.squeezedAt(first);
        if (part === "") break;
        if (first < anchor) above = part + above;
        const last = first + length - 1;
        const rest = below[last - anchor];
        if (rest === undefined || !isWhole(above + rest, possible)) continue;
        return this.isAnothers(anchor, last) ? null : { first, last };
      }
    }
    return null;
  }

  /** The lines below are whole without the anchor: that only tells of the message. */
  private isAnothers(anchor: number, last: number): boolean {
    for (let first = anchor + 1; first <= last; first++) if (this.isMessage(first, last)) return true;
    return false;
  }

  private partAbove(anchor: number): string {
    let above = "";
    for (let index = anchor - 1; index >= anchor - mostBefore; index--)
      above = this.squeezedAt(index) + above;
    return above;
  }

  /** The anchor, the anchor and the line below it, and so on up to an empty line. */
  private partsBelow(anchor: number): string[] {
    const parts: string[] = [];
    let joined = "";
    for (let index = anchor; index <= anchor + mostAfter; index++) {
      const part = this.squeezedAt(index);
      if (part === "") break;
      joined += part;
      parts.push(joined);
    }
    return parts;
  }

  /** A message that is whole may still lack the beginning of its path: that stands in lines above, without an end. */
  private withPath(first: number, last: number, free: number): number {
    for (let above = first - 1; above >= Math.max(free, first - mostBefore); above--) {
      if (openPath.test(this.contentOf(above)) && this.isMessage(above, last)) return above;
    }
    return first;
  }

  private isMessage(first: number, last: number): boolean {
    let message = "";
    for (let index = first; index <= last; index++) {
      const part = this.squeezedAt(index);
      if (part === "") return false;
      message += part;
    }
    return isWhole(message, formsIn(message));
  }

  private join(first: number, last: number): Edit[] {
    const edits: Edit[] = [];
    let before = this.contentOf(first);
    for (let index = first + 1; index <= last; index++) {
      const [above, line] = [this.lines[index - 1], this.lines[index]];
      if (above === undefined || line === undefined) break;
      const soFar = before;
      const one = joinLines(this.text, above, line, (_, words) => messageJoint(soFar, words), eitherWay);
      edits.push(one);
      before += one.text + this.contentOf(index);
    }
    return edits;
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
