/** The bytes as words of four, in the machine's own byte order, from the first place on where memory is aligned for it. */
export interface Words {
  /** How many bytes come before the first word. */
  readonly head: number;
  readonly words: Int32Array;
}

/** The words of some bytes; not copied. */
export function wordsOf(bytes: Uint8Array): Words {
  const head = (4 - (bytes.byteOffset % 4)) % 4;
  const count = Math.max(0, bytes.length - head) >>> 2;
  return {
    head,
    words: count === 0 ? new Int32Array() : new Int32Array(bytes.buffer, bytes.byteOffset + head, count),
  };
}

/** What is looked for: a word of four bytes, and whatever belongs to it. */
interface Wanted {
  readonly word: number;
}

/** Stands where two wanted words meet; no phrase has this one. */
const several = -1;

/**
 * A search for words of four bytes: gives each of the `wanted` that stands among some words from the place `start` on, and
 * the place, to `found`. Eight words at once are looked up in a table that stays in the processor's first cache; nearly all
 * the time of a scan is spent here.
 */
export function wordSearch<Item extends Wanted>(
  wanted: Iterable<Item>,
): (words: Int32Array, start: number, found: (item: Item, place: number) => void) => void {
  // Constants of this function, not of the module: bundlers make variables of those, and then the engine checks at each
  // step what they are and how large, which costs a third of the speed.

  /**
   * Spreads four bytes over 15 bits. The multiplier (of MurmurHash3) is one with which hardly any word common in logs and
   * sources meets a wanted one.
   */
  const spread = (word: number): number => Math.imul(word, 0x1b873593) >>> 17;
  const table = new Uint8Array(2 ** 15);
  const only = new Int32Array(2 ** 15);
  const buckets: Item[][] = [[]];
  for (const item of wanted) {
    const place = spread(item.word);
    // Where there are more than 255 places that hold something, some share a bucket.
    if (table[place] === 0) table[place] = buckets.length < 256 ? buckets.push([]) - 1 : 255;
    only[place] = only[place] === 0 || only[place] === item.word ? item.word : several;
    buckets[table[place] ?? 0]?.push(item);
  }
  const bucket = (word: number | undefined): number => table[spread(word ?? 0)] ?? 0;

  /** The next place from which one of eight words may be wanted. */
  const nextEight = (words: Int32Array, start: number): number => {
    let at = start;
    for (const end = words.length - 7; at < end; at += 8) {
      const one = bucket(words[at]) | bucket(words[at + 1]) | bucket(words[at + 2]) | bucket(words[at + 3]);
      const other =
        bucket(words[at + 4]) | bucket(words[at + 5]) | bucket(words[at + 6]) | bucket(words[at + 7]);
      if ((one | other) !== 0) return at;
    }
    return at;
  };

  return (words, start, found) => {
    for (let eight = nextEight(words, start); eight < words.length; eight = nextEight(words, eight + 8)) {
      const end = Math.min(eight + 8, words.length);
      for (let place = eight; place < end; place += 1) {
        const word = words[place] ?? 0;
        const here = only[spread(word)];
        if (here !== word && here !== several) continue;
        for (const item of buckets[bucket(word)] ?? []) if (item.word === word) found(item, place);
      }
    }
  };
}
