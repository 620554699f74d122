import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze, type Document, packs, readPlain, tool } from "../../src/index.js";
import { type Check, countedTraces, framesOf, type Label, otherTraces } from "./label.js";

export interface Share {
  readonly right: number;
  readonly of: number;
}

/** A text that was not read as its label says, and in what. */
export interface Failure {
  readonly file: string;
  /** Traces, threads and frames are all right. */
  readonly counts: boolean;
  readonly wrong: readonly string[];
}

export interface Score {
  readonly texts: number;
  readonly ambiguous: number;
  /** The texts whose traces, threads and frames are all right. */
  readonly counts: Share;
  readonly fields: Readonly<Record<string, Share>>;
  /** What was read out of texts that hold no frame. */
  readonly falseFrames: { readonly frames: number; readonly texts: number };
  /** Frames of other tools' stacks, in all texts: read under the tool's own name, beside the lines that look like frames. */
  readonly others: { readonly frames: number; readonly lookalikes: number };
  /** The share of texts with all counts right, of each trait. */
  readonly traits: Readonly<Record<string, Share>>;
  readonly failures: readonly Failure[];
  /** Each mark that was missed, in words. Empty where all are met. */
  readonly missed: readonly string[];
}

/** The shares that have to be reached, in per cent; and no frame in a text that holds none. */
const marks = { counts: 95, field: 90 } as const;

interface Result {
  readonly label: Label;
  readonly counts: readonly Check[];
  readonly fields: readonly Check[];
  readonly frames: number;
  readonly others: number;
}

/** Reads every text of `folder` as a user of the library would, and compares what comes out with its label. */
export function scoreOf(folder: string, labels: readonly Label[]): Score {
  const scored = labels.filter(({ ambiguous }) => !ambiguous);
  const results = scored.map((label) => resultOf(label, readFileSync(join(folder, label.file))));
  const none = results.filter(({ label }) => label.holdsNone);
  const score = {
    texts: scored.length,
    ambiguous: labels.length - scored.length,
    counts: shareOf(results.map(isCounted)),
    fields: sharesOf(
      results
        .flatMap(({ counts, fields }) => [...counts, ...fields])
        .map(({ field, right }) => [field, right]),
    ),
    falseFrames: { frames: total(none.map(({ frames }) => frames)), texts: none.length },
    others: {
      frames: total(results.map(({ others }) => others)),
      lookalikes: total(scored.map(({ lookalikes }) => lookalikes)),
    },
    traits: sharesOf(
      results.flatMap((result) => result.label.traits.map((trait) => [trait, isCounted(result)] as const)),
    ),
    failures: results.flatMap(failureOf),
  };
  return { ...score, missed: missedBy(score) };
}

function resultOf(label: Label, bytes: Uint8Array): Result {
  const document = documentOf(bytes, label.file);
  return {
    label,
    counts: label.counts(document),
    fields: label.fields(document),
    frames: framesOf(countedTraces(document)).length,
    others: framesOf(otherTraces(document)).length,
  };
}

function documentOf(bytes: Uint8Array, path: string): Document {
  const input = readPlain(bytes, { path, member: null, messageId: null });
  const [document] = analyze([input], packs, tool).documents;
  if (document === undefined) throw new Error(`${path}: no document`);
  return document;
}

function isCounted({ counts }: Result): boolean {
  return counts.every(({ right }) => right);
}

function failureOf(result: Result): Failure[] {
  const wrong = [...result.counts, ...result.fields].filter(({ right }) => !right);
  if (wrong.length === 0) return [];
  return [
    {
      file: result.label.file,
      counts: isCounted(result),
      wrong: wrong.map(({ field, got, wanted }) => `${field}: ${got} instead of ${wanted}`),
    },
  ];
}

function missedBy({ counts, fields, falseFrames }: Omit<Score, "missed">): string[] {
  const missed: string[] = [];
  const demand = (name: string, share: Share, mark: number): void => {
    if (percent(share) < mark) missed.push(`${name}: ${percent(share).toFixed(1)} % is below ${mark} %`);
  };
  demand("traces, threads and frames", counts, marks.counts);
  for (const [name, share] of Object.entries(fields)) demand(name, share, marks.field);
  if (falseFrames.frames > 0) missed.push(`${falseFrames.frames} frames in texts that hold none`);
  return missed;
}

/** Of 100; nothing asked is all right. */
export function percent({ right, of }: Share): number {
  return of === 0 ? 100 : (100 * right) / of;
}

function shareOf(answers: readonly boolean[]): Share {
  return { right: answers.filter((right) => right).length, of: answers.length };
}

function sharesOf(answers: readonly (readonly [string, boolean])[]): Record<string, Share> {
  const shares: Record<string, Share> = {};
  for (const [name, isRight] of answers) {
    const { right, of } = shares[name] ?? { right: 0, of: 0 };
    shares[name] = { right: right + Number(isRight), of: of + 1 };
  }
  return shares;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
