import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordSearch, wordsOf } from "../../src/read/words.js";

describe("a search for words", () => {
  it("finds all that are wanted and no others, also where there are more than the table has numbers for", () => {
    const word = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 600 }),
        fc.array(word, { maxLength: 60 }),
        fc.nat(70),
        (wanted, others, start) => {
          const words = Int32Array.from([...others, ...wanted, ...others]);
          const found: [number, number][] = [];
          wordSearch(wanted.map((value) => ({ word: value })))(words, start, (item, place) =>
            found.push([item.word, place]),
          );
          const expected = [...words.entries()]
            .filter(([place]) => place >= start)
            .flatMap(([place, value]) => wanted.filter((one) => one === value).map((one) => [one, place]));
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes bytes for words from the first place on where memory is aligned", () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => index);
    for (let shift = 0; shift < 8; shift += 1) {
      const { head, words } = wordsOf(bytes.subarray(shift));
      expect((shift + head) % 4).toBe(0);
      expect(Buffer.from(words.buffer, words.byteOffset, words.byteLength)).toEqual(
        Buffer.from(bytes.subarray(shift + head, shift + head + words.length * 4)),
      );
    }
    expect(wordsOf(bytes.subarray(1, 3)).words).toHaveLength(0);
  });
});
