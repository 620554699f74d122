import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { packs } from "../../src/generated/packs.js";
import { compilePack } from "../../src/rules/compile.js";
import { Engine } from "../../src/rules/engine.js";
import { expectationPath, heldCode, outlineOf, packsWithTexts, readHeld, textsOf } from "./held.js";

const engine = new Engine(packs.map((pack) => compilePack(pack, heldCode)));

describe.each(packsWithTexts())("the texts that hold the pack %s", (pack) => {
  const expected = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(expectationPath(pack), "utf8")));
  const texts = textsOf(pack);

  it("are those that something is expected of", () => {
    expect(Object.keys(expected)).toEqual(texts.map(({ title }) => title));
  });

  it.each(texts.map((text) => [text.title, text] as const))("%s", (title, text) => {
    expect(outlineOf(engine, readHeld(text))).toEqual(expected[title]);
  });
});
