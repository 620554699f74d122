import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edit, edit, View, viewOffset } from "../../src/text/view.js";

const range = (start: number, end: number) => ({ start: viewOffset(start), end: viewOffset(end) });

/** Edits of a text of a given length, in order and without overlap. */
function editsFor(length: number): fc.Arbitrary<Edit[]> {
  return fc.array(fc.tuple(fc.nat(length), fc.string({ maxLength: 3 })), { maxLength: 8 }).map((cuts) => {
    const sorted = cuts.toSorted(([one], [other]) => one - other);
    return sorted.flatMap(([start, text], index) => {
      if (index % 2 === 1) return [];
      return [edit(start, sorted[index + 1]?.[0] ?? start, text)];
    });
  });
}

const edited = fc
  .string({ maxLength: 60 })
  .chain((raw) => fc.tuple(fc.constant(raw), editsFor(raw.length)))
  .chain(([raw, first]) => {
    const once = View.of(raw).edit(first);
    return fc.tuple(
      fc.constant(raw),
      editsFor(once.text.length).map((second) => once.edit(second)),
    );
  });

describe("a view", () => {
  it("maps the text that is kept to the same characters of the raw text", () => {
    const view = View.of("> #0  main ()\n>     at x.c:3").edit([edit(0, 2, ""), edit(13, 20, " ")]);
    expect(view.text).toBe("#0  main () at x.c:3");
    expect(view.toRaw(range(0, 2))).toEqual({ start: 2, end: 4 });
    expect(view.toRaw(range(4, 20))).toEqual({ start: 6, end: 28 });
  });

  it("maps any position inside a replacement to all that was replaced", () => {
    const view = View.of("a&lt;b").edit([edit(1, 5, "<")]);
    expect(view.toRaw(range(1, 2))).toEqual({ start: 1, end: 5 });
    expect(view.toRaw(range(0, 3))).toEqual({ start: 0, end: 6 });
  });

  it("refuses edits that overlap", () => {
    expect(() => View.of("abcdef").edit([edit(0, 4, ""), edit(2, 5, "")])).toThrow(RangeError);
  });

  it("is tiled by its pieces, whose verbatim ones hold the raw characters and never go back", () => {
    fc.assert(
      fc.property(edited, ([raw, view]) => {
        let at = 0;
        let lastRaw = 0;
        for (const piece of view.pieces) {
          expect(piece.view).toBe(at);
          expect(piece.raw).toBeGreaterThanOrEqual(lastRaw);
          if (piece.verbatim) {
            expect(view.text.slice(at, at + piece.length)).toBe(
              raw.slice(piece.raw, piece.raw + piece.length),
            );
          }
          at += piece.length;
          lastRaw = piece.raw;
        }
        expect(at).toBe(view.text.length);
      }),
    );
  });

  it("keeps a part's raw stretch inside that of the whole", () => {
    fc.assert(
      fc.property(edited, fc.nat(80), fc.nat(80), fc.nat(80), fc.nat(80), ([, view], a, b, c, d) => {
        const [start = 0, from = 0, to = 0, end = 0] = [a, b, c, d]
          .map((n) => n % (view.text.length + 1))
          .toSorted((x, y) => x - y);
        const [outer, inner] = [view.toRaw(range(start, end)), view.toRaw(range(from, to))];
        if (from < to) {
          expect(inner.start).toBeGreaterThanOrEqual(outer.start);
          expect(inner.end).toBeLessThanOrEqual(outer.end);
        }
      }),
    );
  });
});
