import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hang, pad, shorten, shortenMiddle, width, wrap } from "../../src/format/width.js";

describe("shorten", () => {
  test("keeps what fits", () => {
    expect(shorten("reads a flatview", 16)).toBe("reads a flatview");
  });

  test("cuts between words", () => {
    expect(shorten("reads a flatview inside an open transaction", 30)).toBe("reads a flatview inside an…");
  });

  test("cuts a word where a blank would leave too little", () => {
    expect(shorten("a_very_long_name_without_blanks", 10)).toBe("a_very_lo…");
  });

  test("counts columns, not units", () => {
    expect(shorten("例例例例", 6)).toBe("例例…");
    expect(width(shorten("例例例例", 6))).toBe(5);
  });

  test("never takes more than it may", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(width(shorten(text, columns))).toBeLessThanOrEqual(columns);
        expect(width(shortenMiddle(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test("is quick on a name of megabytes", () => {
    const started = performance.now();
    shorten("é".repeat(5_000_000), 100);
    shortenMiddle("é".repeat(5_000_000), 100);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("shortenMiddle", () => {
  test("keeps both ends of a name", () => {
    expect(shortenMiddle("virtio_init_region_cache", 15)).toBe("virtio_…n_cache");
  });
});

describe("pad", () => {
  test("fills up by columns", () => {
    expect(pad("例", 4)).toBe("例  ");
    expect(pad("abcdef", 4)).toBe("abcdef");
  });
});

describe("wrap", () => {
  test("breaks at blanks only and takes line ends for blanks", () => {
    expect(wrap("one two\nthree  four", 9)).toEqual(["one two", "three", "four"]);
  });

  test("gives a longer word a line of its own", () => {
    expect(wrap("a extraordinarily b", 5)).toEqual(["a", "extraordinarily", "b"]);
  });

  test("loses no word", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), fc.integer({ min: 1, max: 90 }), (prose, columns) => {
        expect(wrap(prose, columns).join(" ")).toBe(prose.trim());
      }),
    );
  });

  test("gives no line for no words", () => {
    expect(wrap(" \n ", 10)).toEqual([]);
  });
});

describe("hang", () => {
  test("sets the lines after the first below its words", () => {
    expect(hang("  - ", "one two three four five six", 24)).toEqual([
      "  - one two three four",
      "    five six",
    ]);
  });
});
