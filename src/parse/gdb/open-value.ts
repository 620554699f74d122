const openers = "{([";
const closers = "})]";
/** `'x'`, `'\n'`, `'\033'`: brackets in it are none. */
const character = /'(?:[^'\\]|\\[0-7]{1,3}|\\.)'/y;
/** Nothing else opens or closes anything. */
const signs = /["'{}()[\]]/;

/** What the text of a value that was read so far leaves open. Takes time in proportion to the text. */
export class OpenValue {
  private depth = 0;
  /** Inside of `"…"`. */
  string = false;

  get open(): boolean {
    return this.string || this.depth > 0;
  }

  copy(): OpenValue {
    const copy = new OpenValue();
    copy.depth = this.depth;
    copy.string = this.string;
    return copy;
  }

  /** Reads on. */
  read(text: string): this {
    if (!this.string && !signs.test(text)) return this;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] ?? "";
      if (this.string) {
        if (sign === "\\") at++;
        else if (sign === '"') this.string = false;
      } else if (sign === '"') this.string = true;
      else if (sign === "'") at += lengthOfCharacter(text, at) - 1;
      else if (openers.includes(sign)) this.depth++;
      else if (closers.includes(sign)) this.depth = Math.max(0, this.depth - 1);
    }
    return this;
  }
}

/** A lone `'` is the start of a Rust lifetime. */
function lengthOfCharacter(text: string, at: number): number {
  character.lastIndex = at;
  return character.exec(text)?.[0].length ?? 1;
}
