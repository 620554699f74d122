const letters: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * The text that stands between the quotes of a C string as gdb prints it, without its escapes: `\"`, `\\`, `\n` and the
 * like, and up to three octal digits for a byte. Never throws.
 */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/(?:\\[0-7]{1,3})+|\\(.)/gs, (written, letter: string | undefined) =>
    letter === undefined ? bytesOf(written) : (letters[letter] ?? letter),
  );
}

/** `\303\251` is `é`: gdb prints the bytes where the terminal's character set has no such character. */
function bytesOf(octals: string): string {
  const bytes = octals.split("\\").slice(1);
  return new TextDecoder().decode(Uint8Array.from(bytes, (digits) => Number.parseInt(digits, 8)));
}
