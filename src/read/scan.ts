import {
  frameReach,
  isDigit,
  levelAt,
  mayBeFrame,
  type Phrase,
  phrases,
  probeLength,
  type Reach,
} from "./needles.js";
import { wordSearch, wordsOf } from "./words.js";

/** A place where a frame or a phrase begins. */
export interface Hit {
  readonly at: number;
  readonly reach: Reach;
  /** Of a frame. */
  readonly level: number | null;
  /** Of a thread's header. */
  readonly thread: number | null;
}

interface Probe {
  readonly phrase: Phrase;
  readonly text: Uint8Array;
  /** Where in the phrase the word begins. */
  readonly offset: number;
  readonly word: number;
}

const hashSign = 35;
const encoder = new TextEncoder();

const plainPhrases = phrases.filter(({ text }) => !text.includes("#"));

/** The others, and where in each the `#` is; a level follows it. */
const hashPhrases = phrases
  .map((phrase) => ({ phrase, text: encoder.encode(phrase.text), offset: phrase.text.indexOf("#") }))
  .filter(({ offset }) => offset >= 0);

/**
 * Wherever the characters stand that a phrase is found by, one aligned word of four bytes lies within them. So only whole
 * words are looked at: at 4 GB/s, where a byte at a time makes 1 GB/s.
 */
const probes: readonly Probe[] = plainPhrases.flatMap((phrase) => {
  const [first = phrase.text.slice(0, probeLength), ...others] = phrase.probes ?? [];
  const start = Math.max(0, phrase.text.indexOf(first));
  const words = [first, ...others].flatMap((characters) => wordsWithin(encoder.encode(characters), start));
  const unlike = new Map(words.map((entry) => [`${entry.offset} ${entry.word}`, entry]));
  return [...unlike.values()].map((entry) => ({ phrase, text: encoder.encode(phrase.text), ...entry }));
});

function wordsWithin(characters: Uint8Array, start: number): Pick<Probe, "offset" | "word">[] {
  return Array.from({ length: probeLength - 3 }, (_, offset) => {
    // In the machine's own byte order, as the words of the input will be.
    const [word = 0] = new Int32Array(characters.slice(offset, offset + 4).buffer);
    return { offset: start + offset, word };
  });
}

const furthestProbe = Math.max(...probes.map(({ offset }) => offset));

const searchProbes = wordSearch(probes);

/**
 * All frames and phrases that begin in `bytes` at `from` or later, before `to`, in order. Reads {@link context} around.
 * The same bytes give the same hits however they are divided among calls. Linear; throws nothing.
 */
export function scan(bytes: Uint8Array, from: number, to: number): Hit[] {
  const hits: Hit[] = [];
  addPhrases(hits, bytes, from, to);
  const found = hits.length;
  addHashes(hits, bytes, from, to);
  return found === 0 ? hits : hits.sort((one, other) => one.at - other.at);
}

function addPhrases(hits: Hit[], bytes: Uint8Array, from: number, to: number): void {
  const { head, words: all } = wordsOf(bytes);
  const words = all.subarray(0, Math.max(0, to + furthestProbe + 4 - head) >> 2);
  const first = Math.max(0, Math.ceil((from - head) / 4));
  searchProbes(words, first, ({ phrase, text, offset }, place) => {
    const at = head + place * 4 - offset;
    if (at >= from && at < to && stands(bytes, phrase, text, at)) hits.push(phraseHit(bytes, phrase, at));
  });
}

function stands(bytes: Uint8Array, phrase: Phrase, text: Uint8Array, start: number): boolean {
  if (start < 0) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text[index]) return false;
  }
  return phrase.confirmed?.(bytes, start + text.length) ?? true;
}

function phraseHit(bytes: Uint8Array, { text, reach, thread }: Phrase, at: number): Hit {
  return { at, reach, level: null, thread: thread?.(bytes, at + text.length) ?? null };
}

/** What is found by its `#`. */
function addHashes(hits: Hit[], bytes: Uint8Array, from: number, to: number): void {
  const part = bytes.subarray(0, to);
  for (let at = nextHash(part, from); at < to; at = nextHash(part, at + 1)) {
    if (!mayBeLevel(bytes, at + 1)) continue;
    if (mayBeFrame(bytes, at)) {
      hits.push({ at, reach: frameReach, level: levelAt(bytes, at), thread: null });
      continue;
    }
    for (const { phrase, text, offset } of hashPhrases) {
      if (stands(bytes, phrase, text, at - offset)) hits.push(phraseHit(bytes, phrase, at));
    }
  }
}

/** Whether a level may begin at `at`, or behind one byte that parts it from its `#` (a blank, or the backspace of one struck twice). */
function mayBeLevel(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return isDigit(byte) || byte === 8 || (byte === 32 && isDigit(bytes[at + 1]));
}

/** How far the next `#` is looked for by hand: what the engine has for it (in a Buffer) is faster, but slow to begin. */
const near = 8;

/** The next `#` from `from` on; the length where there is none. */
function nextHash(bytes: Uint8Array, from: number): number {
  const close = Math.min(from + near, bytes.length);
  for (let at = from; at < close; at += 1) {
    if (bytes[at] === hashSign) return at;
  }
  const far = close < bytes.length ? bytes.indexOf(hashSign, close) : -1;
  return far === -1 ? bytes.length : far;
}
