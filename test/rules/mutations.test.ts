import { beforeAll, describe, expect, it } from "vitest";
import { packs } from "../../src/generated/packs.js";
import { readPlain, readText } from "../../src/read/plain.js";
import { type ReadDocument, readDocument } from "../../src/read-document.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import type { Pack } from "../../src/rules/language/pack.js";
import { allSamples, inputOf } from "../samples/samples.js";
import { heldCode, outlineOf, packsWithTexts, readHeld, textsOf } from "./held.js";
import { mutationsOf } from "./mutations.js";

const nowhere = { path: null, member: null, messageId: null };
const [runtime] = packs;
/** Some hundred parts of a pack, each against some hundred texts; in milliseconds, for a machine with other work. */
const longest = 300_000;

/** A text, and what a test compares of what an engine says of it. */
interface Held {
  readonly document: ReadDocument;
  readonly outcome: (engine: Engine, document: ReadDocument) => unknown;
}

function everything(engine: Engine, { traces, loose, messages, excerpt }: ReadDocument) {
  return engine.judge(traces, loose, excerpt, messages);
}

/** Of the example of a rule a test holds which rules speak. */
function rulesThatSpeak(engine: Engine, document: ReadDocument): string[] {
  return everything(engine, document).findings.map(({ rule }) => rule);
}

const compiledRuntime = runtime === undefined ? [] : [compilePack(runtime, heldCode)];

function engineOf(pack: Pack): Engine {
  const compiled = compilePack(pack, heldCode);
  return new Engine(pack.pack === "runtime" ? [compiled] : [...compiledRuntime, compiled]);
}

const samples: Held[] = [];
/** Of each pack its held texts, and the examples of its rules. */
const own = new Map<string, Held[]>();

beforeAll(() => {
  for (const sample of allSamples().filter(({ name }) => !name.endsWith("/sixty-threads")))
    samples.push({ document: readDocument(readPlain(inputOf(sample), nowhere)), outcome: everything });
  const withTexts = packsWithTexts();
  for (const { pack, rules } of packs) {
    const texts = withTexts.includes(pack) ? textsOf(pack) : [];
    const examples = Object.values(rules).flatMap((rule) => [
      ...rule.examples.match,
      ...rule.examples.differ,
    ]);
    own.set(pack, [
      ...texts.map((text) => ({ document: readHeld(text), outcome: outlineOf })),
      ...examples.map(({ input }) => ({
        document: readDocument(readText(input, nowhere)),
        outcome: rulesThatSpeak,
      })),
    ]);
  }
});

describe("every rule and every source of evidence is held by a test", () => {
  it.each(packs.map((pack) => [pack.pack, pack] as const))(
    "of the pack %s",
    (name, pack) => {
      const whole = engineOf(pack);
      const texts = [...(own.get(name) ?? []), ...samples].map(({ document, outcome }) => {
        const before = JSON.stringify(outcome(whole, document));
        return (engine: Engine) => JSON.stringify(outcome(engine, document)) !== before;
      });
      const unheld = mutationsOf(pack).filter((mutation) => {
        const engine = engineOf(mutation.pack);
        const at = texts.findIndex((notices) => notices(engine));
        // The next part is likely to be held by the same text, or by the one behind it.
        texts.unshift(...texts.splice(Math.max(at, 0)));
        return at === -1;
      });
      expect(unheld.map(({ path }) => path)).toEqual([]);
    },
    longest,
  );
});
