import { frameReach, mayBeFrame, type Phrase, phrases, probeLength, type Reach } from "./needles.js";

/** A stretch of bytes that may hold something. */
export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** A line longer than {@link longestLine} was cut: the range begins or ends inside it. */
  readonly cutsLine: boolean;
}

/** Lines up to this many bytes are kept whole; of a longer one no more than this is looked at. */
export const longestLine = 1024 * 1024;

/** No range is larger, so that none becomes a string that the engine cannot hold. */
const largestRange = 128 * 1024 * 1024;

/**
 * The stretches of an ASCII-compatible text (UTF-8, Latin-1) around everything that looks like a frame, a report of gdb or
 * a message of a dying program: whole lines (but see {@link ByteRange.cutsLine}), in order, not touching one another
 * unless a larger stretch was divided at a line end. Offsets count bytes. Linear in the size of `bytes`; throws nothing.
 */
export function sieve(bytes: Uint8Array): ByteRange[] {
  return wholeLines(bytes, stretches(bytes)).flatMap((stretch) => bounded(bytes, stretch));
}

interface Probe {
  readonly phrase: Phrase;
  readonly bytes: Uint8Array;
  /** Where in the phrase the word begins. */
  readonly offset: number;
  readonly word: number;
}

/** Spreads four bytes over 13 bits. The multiplier is Knuth's: the golden ratio of 2^32, as a prime. */
const hash = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 19;

/**
 * Wherever a phrase begins, one aligned word of four bytes lies within its first {@link probeLength}. So the sieve looks
 * at whole words only, each looked up in a small table: at 3 GB/s, where a byte at a time makes 1 GB/s.
 */
const probes: readonly Probe[] = phrases.flatMap((phrase) => {
  const bytes = new TextEncoder().encode(phrase.text);
  return Array.from({ length: probeLength - 3 }, (_, offset) => {
    // In the machine's own byte order, as the words of the input will be.
    const [word = 0] = new Int32Array(bytes.slice(offset, offset + 4).buffer);
    return { phrase, bytes, offset, word };
  });
});

/** For each hash 0, or the number of the bucket with the probes that have it. Stays in the processor's first cache. */
const bucketOf = new Uint8Array(2 ** 13);
const buckets: Probe[][] = [[]];
for (const probe of probes) {
  const bucket = bucketOf[hash(probe.word)] ?? 0;
  if (bucket === 0) bucketOf[hash(probe.word)] = buckets.push([probe]) - 1;
  else buckets[bucket]?.push(probe);
}

interface Stretch {
  start: number;
  end: number;
  cutsStart: boolean;
  cutsEnd: boolean;
}

/** Everything within reach of a hit, not yet whole lines. */
function stretches(bytes: Uint8Array): Stretch[] {
  const found: Stretch[] = [];
  const head = Math.min((4 - (bytes.byteOffset % 4)) % 4, bytes.length);
  const words = wordsOf(bytes, head);
  addFrames(found, bytes, 0, head);
  for (let index = nextWord(words, 0); index < words.length; index = nextWord(words, index + 1)) {
    addHits(found, bytes, words[index] ?? 0, head + index * 4);
  }
  addFrames(found, bytes, head + words.length * 4, bytes.length);
  return found;
}

/** The whole words from `head` on, where they are aligned; none where the buffer ends before. */
function wordsOf(bytes: Uint8Array, head: number): Int32Array {
  const count = (bytes.length - head) >>> 2;
  return count === 0 ? new Int32Array() : new Int32Array(bytes.buffer, bytes.byteOffset + head, count);
}

/**
 * The next word, from the one at `from`, that has a `#` in it or may belong to a phrase; their number where there is
 * none. Nearly all the time is spent here.
 */
function nextWord(words: Int32Array, from: number): number {
  const table = bucketOf;
  for (let index = from; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    if (hashesIn(word) !== 0 || table[hash(word)] !== 0) return index;
  }
  return words.length;
}

/** Not 0 where one of the four bytes is a `#` (0x23): the usual test for a zero byte, on the difference. */
function hashesIn(word: number): number {
  const difference = word ^ 0x23232323;
  return (difference - 0x01010101) & ~difference & 0x80808080;
}

/** Adds what the word at byte `at` belongs to. */
function addHits(found: Stretch[], bytes: Uint8Array, word: number, at: number): void {
  const bucket = bucketOf[hash(word)] ?? 0;
  if (bucket !== 0) {
    const phrase = phraseAround(bytes, buckets[bucket] ?? [], word, at);
    if (phrase !== null) add(found, bytes, at, phrase.reach);
  }
  if (hashesIn(word) !== 0) addFrames(found, bytes, at, at + 4);
}

function addFrames(found: Stretch[], bytes: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === 35 && mayBeFrame(bytes, at)) add(found, bytes, at, frameReach);
  }
}

function add(found: Stretch[], bytes: Uint8Array, at: number, reach: Reach): void {
  const start = Math.max(0, at - reach.before);
  const end = Math.min(bytes.length, at + reach.after);
  const last = found.at(-1);
  if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
  else found.push({ start, end, cutsStart: false, cutsEnd: false });
}

function phraseAround(bytes: Uint8Array, bucket: readonly Probe[], word: number, at: number): Phrase | null {
  for (const probe of bucket) {
    if (probe.word === word && stands(bytes, probe, at - probe.offset)) return probe.phrase;
  }
  return null;
}

function stands(bytes: Uint8Array, { phrase, bytes: expected }: Probe, start: number): boolean {
  if (start < 0) return false;
  for (let index = 0; index < expected.length; index += 1) {
    if (bytes[start + index] !== expected[index]) return false;
  }
  return phrase.confirmed?.(bytes, start + expected.length) ?? true;
}

/** Whether a line begins at `at`: after `\n`, `\r\n` or a lone `\r`. */
function beginsLine(bytes: Uint8Array, at: number): boolean {
  if (at <= 0) return true;
  const before = bytes[at - 1];
  return before === 10 || (before === 13 && bytes[at] !== 10);
}

/**
 * Grows each stretch to whole lines, and joins those that meet. What lies between two stretches is walked at most
 * once from either side, so an endless line costs no more than its length.
 */
function wholeLines(bytes: Uint8Array, found: readonly Stretch[]): Stretch[] {
  const grown: Stretch[] = [];
  for (const [index, stretch] of found.entries()) {
    const last = grown.at(-1);
    const floor = Math.max(last?.end ?? 0, stretch.start - longestLine);
    let start = stretch.start;
    while (start > floor && !beginsLine(bytes, start)) start -= 1;
    const ceiling = Math.min(found[index + 1]?.start ?? bytes.length, stretch.end + longestLine);
    let end = stretch.end;
    while (end < ceiling && !beginsLine(bytes, end)) end += 1;
    const cutsEnd = end < bytes.length && !beginsLine(bytes, end);
    if (cutsEnd && end === stretch.end + longestLine) end = characterStart(bytes, stretch.end);
    if (last !== undefined && start <= last.end) {
      last.end = end;
      last.cutsEnd = cutsEnd;
      continue;
    }
    const cutsStart = !beginsLine(bytes, start);
    if (cutsStart) start = characterStart(bytes, stretch.start);
    grown.push({ start, end, cutsStart, cutsEnd });
  }
  return grown;
}

/**
 * `at`, or up to three bytes before it, where no UTF-8 character is cut: text divided there decodes as it does in one
 * piece, well-formed or not.
 */
function characterStart(bytes: Uint8Array, at: number): number {
  for (let start = at; start > at - 4 && start >= 0; start -= 1) {
    const byte = bytes[start];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return start;
  }
  return at;
}

/** Divides a stretch that is too large at a line end, and leaves out the rest of lines that are too long. */
function bounded(bytes: Uint8Array, stretch: Stretch): ByteRange[] {
  const ranges: ByteRange[] = [];
  let start = stretch.start;
  let cutsStart = stretch.cutsStart;
  const range = (end: number, cutsEnd: boolean, next: number): void => {
    if (start < end) ranges.push({ start, end, cutsLine: cutsStart || cutsEnd });
    start = next;
    cutsStart = false;
  };
  let line = start;
  while (stretch.end - start > longestLine && line < stretch.end) {
    let next = line + 1;
    while (next < stretch.end && !beginsLine(bytes, next)) next += 1;
    if (next - line > longestLine) range(characterStart(bytes, line + longestLine), true, next);
    else if (next - start > largestRange) range(line, false, line);
    line = next;
  }
  range(stretch.end, stretch.cutsEnd, stretch.end);
  return ranges;
}
