/**
 * What the lines of a frame so far leave open: a string, parentheses, or the part after the argument list. It knows
 * strings, characters and parentheses and nothing else; the grammar of frames is asked later, over the whole line.
 */
export class OpenFrame {
  /** Inside `"…"`. */
  string = false;
  /** Open parentheses. */
  depth = 0;
  /** Angle brackets that are open in a name of C++ or Rust, before the first parenthesis. */
  angle = 0;
  /** Some parentheses were opened. */
  parenthesised = false;
  /** What follows the last parenthesis that closed (or the `#`), at depth 0: `` at ../hw/virtio/virtio.c:185``. */
  tail = "";
  /** The last of all that was read, at most {@link longestRecent} units. */
  recent = "";

  constructor(readonly level: number) {}

  /** Reads on over `text[start, end)`, put behind what was read by `joiner`. */
  read(text: string, start: number, end: number, joiner: string): void {
    this.recent = `${this.recent}${joiner}${text.slice(Math.max(start, end - longestRecent), end)}`.slice(
      -longestRecent,
    );
    let tailStart = start;
    let tail = this.tail + joiner;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (this.string) {
        if (code === backslash) at++;
        else if (code === doubleQuote) this.string = false;
      } else if (code === doubleQuote) this.string = true;
      else if (code === singleQuote) at += characterLength(text, at) - 1;
      else if (code === open && !belongsToName(text, at)) {
        this.depth++;
        this.parenthesised = true;
      } else if (code === less && !this.parenthesised) this.angle += isOperator(text, at) ? 0 : 1;
      else if (code === greater && this.angle > 0 && !this.parenthesised)
        this.angle -= isArrow(text, at) ? 0 : 1;
      else if (code === close && this.depth > 0 && --this.depth === 0) {
        tail = "";
        tailStart = at + 1;
      }
    }
    this.tail = this.depth > 0 || tail.length > longestTail ? "" : tail + text.slice(tailStart, end);
  }
}

const backslash = 0x5c;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const open = 0x28;
const close = 0x29;
const less = 0x3c;
const greater = 0x3e;
const longestRecent = 512;
/** No path is longer. */
const longestTail = 4096;

/** The length of the character literal at `at` (`'x'`, `'\n'`, `'\033'`), or 1 where a lone `'` stands (a Rust lifetime). */
function characterLength(text: string, at: number): number {
  if (text[at + 1] === "\\") {
    const end = text.indexOf("'", at + 3);
    return end !== -1 && end - at <= 5 ? end - at + 1 : 1;
  }
  return text[at + 2] === "'" ? 3 : 1;
}

/** `(anonymous namespace)::f`, `operator()`: no arguments. Their `)` closes nothing. */
function belongsToName(text: string, at: number): boolean {
  return (
    text.startsWith("(anonymous", at) ||
    (text.startsWith("()", at) && text.slice(Math.max(0, at - 8), at) === "operator")
  );
}

/** `operator<`, `operator<<`: no bracket. */
function isOperator(text: string, at: number): boolean {
  return /operator<?$/.test(text.slice(Math.max(0, at - 9), at));
}

/** `->`, in a type that a name mentions: no bracket. */
function isArrow(text: string, at: number): boolean {
  return text[at - 1] === "-";
}
