import { beforeAll, describe, expect, it } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { readPlain, readText } from "../../src/read/plain.js";
import { type ReadDocument, readDocument } from "../../src/read-document.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import type { Pack } from "../../src/rules/pack.js";
import { allSamples, inputOf } from "../samples/samples.js";
import { heldCode, packsWithTexts, readHeld, textsOf } from "./held.js";
import { mutationsOf } from "./mutations.js";

const nowhere = { path: null, member: null, messageId: null };
const [runtime] = packs;

/** A text, and what of its findings a test holds: of a sample everything, of an example of a rule which rules speak. */
interface Held {
  readonly document: ReadDocument;
  readonly ofSample: boolean;
}

/** What the tests of samples and of examples would compare. */
function outcomeOf(pack: Pack, { document, ofSample }: Held): string {
  const loaded = runtime === undefined || pack.pack === "runtime" ? [pack] : [runtime, pack];
  const engine = new Engine(loaded.map((one) => compilePack(one, heldCode)));
  const { traces, loose, messages, excerpt } = document;
  const judged = engine.judge(traces, loose, excerpt, messages);
  const rules = judged.findings.map(({ rule }) => rule);
  return JSON.stringify(ofSample ? judged : rules);
}

const samples: Held[] = [];
const examples = new Map<string, Held[]>();

beforeAll(() => {
  for (const sample of allSamples().filter(({ name }) => !name.endsWith("/sixty-threads")))
    samples.push({ document: readDocument(readPlain(inputOf(sample), nowhere)), ofSample: true });
  for (const pack of packsWithTexts())
    for (const text of textsOf(pack)) samples.push({ document: readHeld(text), ofSample: true });
  for (const { pack, rules } of packs) {
    const inputs = Object.values(rules).flatMap((rule) => [...rule.examples.match, ...rule.examples.differ]);
    examples.set(
      pack,
      inputs.map(({ input }) => ({ document: readDocument(readText(input, nowhere)), ofSample: false })),
    );
  }
});

describe("every rule and every source of evidence is held by a test", () => {
  it.each(packs.map((pack) => [pack.pack, pack] as const))("of the pack %s", (name, pack) => {
    const texts = [...(examples.get(name) ?? []), ...samples];
    const before = texts.map((held) => outcomeOf(pack, held));
    const unheld = mutationsOf(pack)
      .filter((mutation) => texts.every((held, index) => outcomeOf(mutation.pack, held) === before[index]))
      .map(({ path }) => path);
    expect(unheld).toEqual([]);
  });
});
