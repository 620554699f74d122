/** How the bytes of a text stand for its characters, and how many of them at its beginning are a byte order mark. */
export interface Encoding {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  readonly mark: number;
}

/** From so many bytes at the beginning of a text it is told how it is encoded. */
export const sampleSize = 4096;

/** Fewer characters are not enough to take NULs for a sign of UTF-16. */
const fewest = 8;

/**
 * How a text is encoded that begins with `sample`: as its byte order mark says; without one UTF-16 where its NULs show that;
 * else UTF-8. Throws nothing.
 */
export function encodingOf(sample: Uint8Array): Encoding {
  const [first, second, third] = sample;
  if (first === 0xff && second === 0xfe) return { name: "utf-16le", mark: 2 };
  if (first === 0xfe && second === 0xff) return { name: "utf-16be", mark: 2 };
  if (first === 0xef && second === 0xbb && third === 0xbf) return { name: "utf-8", mark: 3 };
  if (isUtf16(sample, 1)) return { name: "utf-16le", mark: 0 };
  if (isUtf16(sample, 0)) return { name: "utf-16be", mark: 0 };
  return { name: "utf-8", mark: 0 };
}

/**
 * Whether three quarters of the units or more are ASCII, and none of the others is what no text has: a NUL or a control
 * character. In a binary file with NULs such units come soon.
 * @param high which byte of each unit is its upper one
 */
function isUtf16(sample: Uint8Array, high: 0 | 1): boolean {
  const units = sample.length >>> 1;
  let ascii = 0;
  for (let unit = 0; unit < units; unit += 1) {
    if (sample[unit * 2 + high] !== 0) continue;
    const low = sample[unit * 2 + 1 - high] ?? 0;
    if (!isText(low)) return false;
    if (low < 0x7f) ascii += 1;
  }
  return units >= fewest && ascii * 4 >= units * 3;
}

/** Whether the character is printed or moves the cursor: also what terminals are told (bell, backspace, escape). */
function isText(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 7 && code <= 13) || code === 27 || code >= 0xa0;
}
