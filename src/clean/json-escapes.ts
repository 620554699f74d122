const letters: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\n", t: "\t" };
const escapes = /((?:\\x[\da-f]{2})+)|\\(?:u([\da-f]{4})|(.))/gi;

/**
 * One level of the escapes of a string of JSON, or of Python, which writes bytes as `\xe2\x80\x98`. A carriage return is a
 * line end here. Throws nothing.
 */
export function unescapedJson(written: string): string {
  return written.replace(
    escapes,
    (_, bytes: string | undefined, code: string | undefined, letter: string) => {
      if (bytes !== undefined) return bytesOf(bytes);
      return code === undefined
        ? (letters[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(code, 16));
    },
  );
}

function bytesOf(written: string): string {
  const bytes = written.split(/\\x/i).slice(1);
  return new TextDecoder().decode(Uint8Array.from(bytes, (digits) => Number.parseInt(digits, 16)));
}
