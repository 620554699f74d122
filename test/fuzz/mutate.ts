import type { Random } from "./random.js";
import { brackets, words } from "./words.js";

type Mutation = (input: string, other: string, random: Random) => string;

const characters = [
  ..."(){}[]<>\"'`\\,;:=.#@*&|!?+-/%$_ \t\n\r0179afxzAZ",
  "é",
  "\u00a0",
  "\u2026",
  "\u0000",
];

/** The most times that a slice is written. */
const mostTimes = 64;
const deepest = 40;

const mutations: readonly Mutation[] = [replaceCharacter, insertCharacter, removeSlice, insertWord];
const largerMutations: readonly Mutation[] = [
  overwriteWithWord,
  repeatSlice,
  nestSlice,
  crossOver,
  insertOther,
  swapLines,
  flipBit,
];

/**
 * A few small changes to `input`, one upon the other, and never more than `longest` UTF-16 units. `other` is an input that
 * pieces are taken from.
 */
export function mutated(input: string, other: string, longest: number, random: Random): string {
  let changed = input;
  for (let left = 1 + random.below(5); left > 0; left -= 1) {
    const mutate = random.pick(random.oneIn(2) ? mutations : largerMutations);
    changed = mutate(changed, other, random).slice(0, longest);
  }
  return changed;
}

interface Slice {
  readonly before: string;
  readonly slice: string;
  readonly after: string;
}

/** A random slice of `input`, mostly a short one. */
export function sliceOf(input: string, random: Random): Slice {
  const start = random.below(input.length + 1);
  const most = random.oneIn(4) ? input.length - start : Math.min(16, input.length - start);
  const end = start + random.below(most + 1);
  return { before: input.slice(0, start), slice: input.slice(start, end), after: input.slice(end) };
}

function replaceCharacter(input: string, _other: string, random: Random): string {
  const at = random.below(input.length);
  return input.slice(0, at) + random.pick(characters) + input.slice(at + 1);
}

function insertCharacter(input: string, _other: string, random: Random): string {
  const at = random.below(input.length + 1);
  return input.slice(0, at) + random.pick(characters) + input.slice(at);
}

function flipBit(input: string, _other: string, random: Random): string {
  const at = random.below(input.length);
  const flipped = String.fromCharCode((input.charCodeAt(at) || 0) ^ (1 << random.below(8)));
  return input.slice(0, at) + flipped + input.slice(at + 1);
}

function removeSlice(input: string, _other: string, random: Random): string {
  const { before, after } = sliceOf(input, random);
  return before + after;
}

function insertWord(input: string, _other: string, random: Random): string {
  const at = random.below(input.length + 1);
  return input.slice(0, at) + random.pick(words) + input.slice(at);
}

function overwriteWithWord(input: string, _other: string, random: Random): string {
  const { before, after } = sliceOf(input, random);
  return before + random.pick(words) + after;
}

function repeatSlice(input: string, _other: string, random: Random): string {
  const { before, slice, after } = sliceOf(input, random);
  return before + slice.repeat(2 + random.below(random.oneIn(4) ? mostTimes : 3)) + after;
}

function nestSlice(input: string, _other: string, random: Random): string {
  const { before, slice, after } = sliceOf(input, random);
  const [open, close] = random.pick(brackets);
  const depth = 1 + random.below(random.oneIn(4) ? deepest : 3);
  return before + open.repeat(depth) + slice + (random.oneIn(4) ? "" : close.repeat(depth)) + after;
}

function crossOver(input: string, other: string, random: Random): string {
  return input.slice(0, random.below(input.length + 1)) + other.slice(random.below(other.length + 1));
}

function insertOther(input: string, other: string, random: Random): string {
  const at = random.below(input.length + 1);
  return input.slice(0, at) + sliceOf(other, random).slice + input.slice(at);
}

function swapLines(input: string, _other: string, random: Random): string {
  const lines = input.split("\n");
  const [one, other] = [random.below(lines.length), random.below(lines.length)];
  return lines.map((line, at) => (at === one ? lines[other] : at === other ? lines[one] : line)).join("\n");
}
